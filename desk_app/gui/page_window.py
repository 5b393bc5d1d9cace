"""What pages, and whatever leads to them, ask of the window they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.centre import Centre
from desk_app.domain.clock import Clock
from desk_app.domain.completeness import Question
from desk_app.domain.errors import WorldError
from desk_app.domain.intake_line import IntakeLine
from desk_app.gui.cover_switch import CoverSwitch
from desk_app.gui.store_watch import StoreWatch
from desk_app.gui.theme import Appearance
from desk_app.gui.worker import Worker

if TYPE_CHECKING:
    from desk_app.presenters.choices import Choices


class Window(Protocol):
    """The window of the desk."""

    stack: QStackedWidget
    worker: Worker
    clock: Clock
    centre: Centre
    appearance: Appearance
    store_watch: StoreWatch
    cover: CoverSwitch
    choices: Choices
    step: int
    """Counts how often somebody went somewhere."""

    @property
    def lock_asked(self) -> SignalInstance: ...

    def go(self, place: str) -> None: ...

    def back(self) -> None: ...

    def search(self) -> None: ...

    def ask_intake(self) -> None: ...

    def new_intake(self, typed: str | IntakeLine = "") -> None: ...

    def open_intake(self, household: UUID, question: Question | None = None) -> None: ...

    def open_family(self, household: UUID, person: UUID | None = None) -> None: ...

    def open_compare(self, one: UUID, other: UUID) -> None: ...

    def show_page(self, page: QWidget, place: str) -> None: ...

    def take_step(self) -> int: ...

    def tell_failed(self, error: WorldError) -> None: ...
