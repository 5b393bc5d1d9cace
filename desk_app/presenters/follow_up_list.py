"""What all families are to be looked at again for, by whose it is, what is late and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import families, follow_ups, notes, placement_lines
from desk_app.casework.desk import Work
from desk_app.casework.follow_ups import FollowUpLine, Scope
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Align, Column, Kind, Narrowing, Trail
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.follow_up_rows import due_words, why_words
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.runner import Runner

SILENT: Final = "silent"
"""The list of families without contact for long, the longest first."""

LISTS: Final = (
    (Scope.MINE, N_("Meine")),
    (Scope.ALL, N_("Alle")),
    (Scope.OVERDUE, N_("Überfällig")),
    (Scope.DONE, N_("Erledigt")),
    (SILENT, N_("Lange kein Kontakt")),
)
"""What can be shown: key and name, in order."""

COLUMNS: Final = (
    Column("words", N_("Was"), Kind.STRONG, 34),
    Column("family", N_("Über"), width=30),
    Column("who", N_("Wer"), width=16),
    Column("why", N_("Anlass"), width=34, extra=True),
    Column("due", N_("Wann"), width=14, align=Align.RIGHT),
)

_AT_ONCE: Final = 50
"""Families whose deadlines are brought up to date before the list is read; of more it is done in the background."""

_LONG: Final = 90
"""Days without a contact after which a family is listed."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. ``follow_up`` is ``None`` for a family without contact."""

    household: UUID
    follow_up: UUID | None
    words: str
    family: str
    due: str
    late: bool
    who: str
    on: date | None = None
    """The day that ``due`` tells in words."""
    why: str = ""
    """What made it, where nobody did: "von Trittstein: …"."""

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.words, self.why, self.family, self.due, self.who) if part)


SPEC: Final = ListSpec(
    "follow_ups", N_("Wiedervorlagen"), COLUMNS, values={"due": lambda row: row.on or row.due}, filtered=False
)


class FollowUpListView(Protocol):
    def show_rows(self, rows: tuple[ListRow, ...]) -> None: ...

    def show_done(self, words: str, deed: UUID) -> None: ...

    def show_failed(self, message: str) -> None: ...


class FollowUpListPresenter:
    """``since`` and ``until`` are days, of being done in the list of those done, of being due else."""

    def __init__(self, view: FollowUpListView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.shown: str = Scope.MINE
        self.since: date | None = None
        self.until: date | None = None
        self.shown_rows: tuple[ListRow, ...] = ()

    @property
    def narrowing(self) -> Narrowing:
        """Which list is shown, for which days, in words: this list has views of its own instead of filters."""
        days = [show_day(day) if day else "…" for day in (self.since, self.until)]
        period = " – ".join(days) if self.since or self.until else ""
        return Narrowing(", ".join(part for part in (_(dict(LISTS)[self.shown]), period) if part))

    def narrow(self, narrowing: Narrowing) -> None:
        """Nothing: the views are chosen by their chips."""

    @property
    def everybody(self) -> int:
        return len(self.shown_rows)

    def trail(self, household: UUID) -> Trail | None:
        """The families of the rows shown, to go on from one to the next."""
        return Trail.at([row.household for row in self.shown_rows], household)

    @property
    def today(self) -> date:
        return local_day(self._clock())

    def refresh(self) -> None:
        """Read the list again."""
        shown, since, until = self.shown, self.since, self.until

        def read(work: Work) -> tuple[ListRow, ...]:
            if shown == SILENT:
                return _silent(work)
            placement_lines.catch_up(work, _AT_ONCE)
            lines = follow_ups.listing(work, Scope(shown), since, until)
            return tuple(_row(line, work.today) for line in lines)

        def arrived(rows: tuple[ListRow, ...]) -> None:
            if (shown, since, until) == (self.shown, self.since, self.until):
                self.shown_rows = rows
                self._view.show_rows(rows)

        self._runner.run(read, arrived, self._failed)

    def set_done(self, ids: Iterable[UUID]) -> None:
        """Tick some; those of the list of done ones are opened again."""
        wanted = tuple(ids)
        done = self.shown != Scope.DONE
        if done:
            words = ngettext("{n} Wiedervorlage ist erledigt.", "{n} Wiedervorlagen sind erledigt.", len(wanted))
        else:
            words = ngettext(
                "{n} Wiedervorlage ist wieder offen.", "{n} Wiedervorlagen sind wieder offen.", len(wanted)
            )
        self._runner.run(
            lambda work: follow_ups.set_done(work, wanted, done=done),
            lambda deed: self._view.show_done(words.format(n=len(wanted)), deed),
            self._failed,
        )

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _row(line: FollowUpLine, today: date) -> ListRow:
    family = " · ".join(part for part in (line.about or line.family, _("Akte {n}").format(n=line.file_number)) if part)
    words, why = line.words.splitlines()[0], why_words(line)
    if line.done_on is not None:
        done = _("am {day}").format(day=show_day(line.done_on))
        return ListRow(line.household, line.id, words, family, done, False, line.done_by, line.done_on, why)
    who = line.assignee or _("alle")
    due, late = due_words(line.due_on, today), line.due_on < today
    return ListRow(line.household, line.id, words, family, due, late, who, line.due_on, why)


def _silent(work: Work) -> tuple[ListRow, ...]:
    """The families that are here and were not in contact for long, by notes and what was changed in their files."""
    contacts = notes.last_contacts(work)
    found = []
    for row in families.listing(work):
        last = contacts.get(row.id) or local_day(row.changed_at)
        days = (work.today - last).days
        if days >= _LONG and not row.moved_away:
            found.append((days, row))
    rows = []
    for days, row in sorted(found, key=lambda each: -each[0]):
        since = ngettext("seit {n} Tag", "seit {n} Tagen", days).format(n=days)
        name = row.name or _("noch ohne Namen")
        family = _("Akte {n}").format(n=row.file_number)
        rows.append(ListRow(row.id, None, name, family, since, False, ""))
    return tuple(rows)
