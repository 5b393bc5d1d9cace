"""The centre's own settings as behaviour: each answer is kept at once, only that answer is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desk_app.casework import centre
from desk_app.casework.desk import Work
from desk_app.domain import contact
from desk_app.domain.centre import Centre
from desk_app.domain.clock import Clock
from desk_app.domain.errors import WorldError
from desk_app.i18n import _
from desk_app.presenters.readings import Reading
from desk_app.presenters.runner import Runner

Answer = str | int | None

_NUMBERS = {"amber_after": range(1, 366), "red_after": range(1, 366), "retention_years": range(1, 31),
            "confirm_after_months": range(61)}  # fmt: skip


class CentreView(Protocol):
    def show_centre(self, settings: Centre) -> None: ...

    def show_saving(self) -> None: ...

    def show_saved(self, at: datetime) -> None: ...

    def show_unsaved(self, message: str) -> None: ...


class CentrePresenter:
    """Keys are names of ``Centre``; those of an office follow a dot: "school_authority.street"."""

    def __init__(self, view: CentreView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._failed: dict[str, Answer] = {}

    def load(self) -> None:
        """Read what holds now."""
        self._runner.run(centre.load, self._view.show_centre, lambda error: self._view.show_unsaved(error.message))

    def edit(self, key: str, value: Answer) -> None:
        """Keep one answer, and with it those that could not be kept before."""
        self._save({**self._failed, key: value})

    def retry(self) -> None:
        """Try again what could not be kept."""
        self._save(dict(self._failed))

    def _save(self, answers: dict[str, Answer]) -> None:
        if not answers:
            return
        self._failed = {}
        self._view.show_saving()

        def deed(work: Work) -> Centre:
            changed = centre.load(work)
            for key, value in answers.items():
                changed = with_answer(changed, key, value)
            centre.save(work, changed)
            return changed

        def done(settings: Centre) -> None:
            self._view.show_centre(settings)
            self._view.show_saved(self._clock())

        def failed(error: WorldError) -> None:
            # an answer given meanwhile is newer
            self._failed = {**answers, **self._failed}
            self._view.show_unsaved(error.message)

        self._runner.run(deed, done, failed)


def answer_of(settings: Centre, key: str) -> Answer:
    """What is set for a key; None for an empty text."""
    part, _dot, rest = key.partition(".")
    value = getattr(settings, part)
    value = getattr(value, rest) if rest else value
    return value if isinstance(value, int) else str(value) or None


def with_answer(settings: Centre, key: str, value: Answer) -> Centre:
    """The settings with one answer changed; a number left empty goes back to the usual one."""
    part, _dot, rest = key.partition(".")
    known = settings.to_json()
    if rest:
        known[part][rest] = value or ""
    elif part in _NUMBERS:
        known[part] = getattr(Centre(), part) if value is None else value
    else:
        known[part] = value or ""
    return Centre.from_json(known)


def reading_of_setting(key: str) -> Reading:
    """How the text of one setting becomes its value, and what to point out."""
    if key in _NUMBERS:
        return Reading(lambda words: _whole_number(words, _NUMBERS[key]), str)
    checks: dict[str, Callable[[str], str]] = {"phone": contact.check_phone}
    faults: dict[str, Callable[[str], str]] = {"email": contact.check_email}
    return Reading(contact.tidy, str, checks.get(key), faults.get(key))


def limits_notice(settings: Centre) -> str:
    """What is odd about the limits of waiting; empty where they make sense."""
    if settings.red_after <= settings.amber_after:
        return _("Rot beginnt hier nicht nach Gelb. So ist nie etwas gelb.")
    return ""


def _whole_number(words: str, allowed: range) -> int:
    if not (words.isascii() and words.isdecimal() and int(words) in allowed):
        message = _("Eine ganze Zahl von {low} bis {high}")
        raise ValueError(message.format(low=allowed[0], high=allowed[-1]))
    return int(words)
