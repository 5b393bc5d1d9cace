"""Offers out into a file and in from one: what the preview says of each, and what is ticked there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desk_app.casework import offer_exchange
from desk_app.casework.desk import Work
from desk_app.casework.lists import Exported
from desk_app.casework.offer_exchange import ReadIn
from desk_app.casework.offer_exchange_match import Plan, State
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.offer_exchange import Arrived, FileKind, LeftOut
from desk_app.i18n import _, ngettext
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.runner import Runner

_LONGEST = 160
"""Characters of a fact in the preview; the rest can be read once it is in the directory."""
_ORDER = (State.CHANGED, State.NEW, State.REMOVED, State.SAME)


@dataclass(frozen=True, slots=True)
class Line:
    """One offer of the file. ``key`` is its place there, negative for what was left out; ``told`` says it briefly,
    ``details`` at length. ``ticked`` is whether it is taken over unless somebody says otherwise."""

    key: int
    title: str
    state: State | None
    told: str
    details: tuple[str, ...]
    ticked: bool
    alike: bool = False

    @property
    def label(self) -> str:
        return self.state.label if self.state is not None else _("nicht verstanden")

    @property
    def can_be_taken(self) -> bool:
        return self.state not in (None, State.SAME)


class ExchangeView(Protocol):
    """``show_busy`` with ``None`` says that nothing is running any more."""

    def show_busy(self, job: ImportJob | None) -> None: ...

    def show_preview(self, lines: tuple[Line, ...], words: str) -> None: ...

    def show_taken(self, done: ReadIn) -> None: ...

    def show_exported(self, done: Exported) -> None: ...

    def show_exchange_failed(self, message: str) -> None: ...


class OfferExchange:
    """One file at a time; nothing is written before ``take_over``."""

    def __init__(self, view: ExchangeView, runner: Runner) -> None:
        self._view, self._runner = view, runner
        self._arrived: Arrived | None = None
        self._apart: frozenset[int] = frozenset()

    def export(self, kind: FileKind, folder: Path) -> None:
        self._runner.run(lambda work: offer_exchange.export(work, kind, folder), self._view.show_exported, self._failed)

    def open(self, path: Path) -> None:
        """Read a file and compare it with the directory."""
        job = ImportJob(_("Die Datei wird gelesen"))

        def read(work: Work) -> tuple[Arrived, tuple[Plan, ...]]:
            found = offer_exchange.read(work, path, job.told)
            return found, offer_exchange.preview(work, found)

        self._view.show_busy(job)
        self._runner.run(read, self._opened, self._failed)

    def set_apart(self, place: int) -> None:
        """Somebody says that this offer is another one than the directory has under its title."""
        found = self._arrived
        if found is None:
            return
        self._apart |= {place}
        apart = self._apart
        self._runner.run(
            lambda work: offer_exchange.preview(work, found, apart),
            lambda plans: self._show(found, plans),
            self._failed,
        )

    def take_over(self, chosen: Iterable[int]) -> None:
        """Write what is ticked, compared anew."""
        found, apart, places = self._arrived, self._apart, frozenset(chosen)
        if found is None:
            return
        job = ImportJob(_("Die Angebote werden übernommen"))
        self._view.show_busy(job)
        self._runner.run(
            lambda work: offer_exchange.take_over(work, found, places, apart, job.told), self._taken, self._failed
        )

    def forget(self) -> None:
        """Nobody looks at the file any more."""
        self._arrived, self._apart = None, frozenset()

    def _opened(self, found: tuple[Arrived, tuple[Plan, ...]]) -> None:
        self._view.show_busy(None)
        self._arrived, self._apart = found[0], frozenset()
        self._show(*found)

    def _show(self, found: Arrived, plans: tuple[Plan, ...]) -> None:
        ordered = sorted(plans, key=lambda plan: (_ORDER.index(plan.state), plan.place))
        lines = (*map(_line, ordered), *(_left_line(n, each) for n, each in enumerate(found.left_out, 1)))
        self._view.show_preview(lines, _summary(found, plans))

    def _taken(self, done: ReadIn) -> None:
        self._view.show_busy(None)
        self.forget()
        self._view.show_taken(done)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(None)
        self._view.show_exchange_failed(error.message)


def _summary(found: Arrived, plans: tuple[Plan, ...]) -> str:
    """ "HSDS-JSON vom 26.11.2026: 3 neu, 2 geändert, 27 unverändert, 1 nicht verstanden"."""
    kind = found.kind.label
    head = _("{file} vom {day}").format(file=kind, day=show_day(found.as_of)) if found.as_of else kind
    counts = [(sum(plan.state is state for plan in plans), state.label) for state in State]
    counts.append((len(found.left_out), _("nicht verstanden")))
    told = ", ".join(f"{count} {label}" for count, label in counts if count)
    return f"{head}: {told}"


def _line(plan: Plan) -> Line:
    details = [_change(each.label, each.before, each.after) for each in plan.changes]
    if plan.state is State.NEW:
        details = [text for text in (plan.offer.brief or plan.offer.text, *_records(plan)) if text]
    if plan.state is State.REMOVED:
        details.insert(0, _("Dieses Angebot wurde hier herausgenommen. Angehakt kommt es zurück."))
    if plan.alike and plan.before is not None:
        words = _("Titel und Träger sind gleich, die Kennung nicht: gilt als dasselbe wie „{offer}“.")
        details.insert(0, words.format(offer=plan.before.title))
    labels = ", ".join(dict.fromkeys(each.label for each in plan.changes))
    return Line(
        plan.place, plan.came.offer.title, plan.state, labels if plan.before is not None else plan.offer.brief,
        (*map(_short, details), *plan.came.remarks), plan.preset, plan.alike,
    )  # fmt: skip


def _records(plan: Plan) -> list[str]:
    """What is added with a new offer."""
    venues, organisations = len(plan.venues), len(plan.organisations)
    told = []
    if organisations:
        told.append(ngettext("dazu {n} Träger", "dazu {n} Träger", organisations).format(n=organisations))
    if venues:
        told.append(ngettext("dazu {n} Ort", "dazu {n} Orte", venues).format(n=venues))
    return told


def _change(label: str, before: str, after: str) -> str:
    nothing = _("nicht hinterlegt")
    words = _("{fact}: {before} → {after}")
    return words.format(fact=label, before=_short(before) or nothing, after=_short(after) or nothing)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST * 3 else f"{text[: _LONGEST * 3].rstrip()} …"


def _left_line(number: int, each: LeftOut) -> Line:
    return Line(-number, each.where, None, each.words, (each.words,), ticked=False)
