"""Any list as behaviour beyond its rows: filters under a name, and taking out what is shown.

The list itself, a ``Source``, knows how to narrow and sort its rows; here is what all lists have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from uuid import UUID, uuid4

from desk_app.casework import lists
from desk_app.casework.desk import Work
from desk_app.casework.lists import Exported, Form, Kept
from desk_app.casework.preview import PagePicture
from desk_app.domain.clock import Clock, local, local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Condition, Listing, Narrowing, Value, cell
from desk_app.i18n import _, ngettext
from desk_app.presenters.runner import Runner

__all__ = ["Form", "Kept", "ListPresenter", "ListSpec", "ListView", "Source", "print_pages"]


@dataclass(frozen=True)
class ListSpec:
    """One list of the program. ``key`` stands for it in the store and among the settings; ``title`` is marked ``N_``.

    ``conditions`` may be a list whose page fills it anew while it is open: what can be chosen follows the rows.
    ``filtered`` is whether filters can be chosen and kept here; a list with fixed views of its own has none.
    ``values`` say what a row tells in a column where that is not its attribute of the column's key.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    conditions: Sequence[Condition] = ()
    values: Mapping[str, Callable[[Any], Value]] = field(default_factory=dict)
    filtered: bool = True

    def value(self, row: object, column: Column) -> Value:
        """What ``row`` tells in ``column``, as it goes into a workbook or on paper."""
        special = self.values.get(column.key)
        return special(row) if special is not None else cell(row, column)


class Source(Protocol):
    """The list whose rows are shown."""

    @property
    def narrowing(self) -> Narrowing:
        """How the rows are narrowed and sorted now."""
        ...

    def narrow(self, narrowing: Narrowing) -> None:
        """Narrow and sort the rows so."""
        ...

    @property
    def shown_rows(self) -> Sequence[object]: ...

    @property
    def everybody(self) -> int:
        """How many rows there are when nothing is narrowed."""
        ...


@runtime_checkable
class ReadInParts(Protocol):
    """Rows of which only those somebody looks at are held."""

    def read_all(self, work: Work) -> Iterable[object]:
        """All of them, read by the deed that takes them out."""
        ...


class ListView(Protocol):
    """What the bar above a list shows."""

    def show_kept(self) -> None: ...

    def show_said(self, words: str, notes: Sequence[str] = (), *, undo: bool = False, tone: str = "ok") -> None: ...

    def print_page(self, picture: PagePicture, number: int) -> None:
        """Put one page on paper; ``number`` counts from 0."""
        ...

    def print_done(self) -> None: ...


class ListPresenter:
    """The filters somebody keeps for one list, and the ways out of it."""

    def __init__(self, view: ListView, source: Source, spec: ListSpec, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._source = source
        self._spec = spec
        self._runner = runner
        self._clock = clock
        self._removed: UUID | None = None
        self.kept: tuple[Kept, ...] = ()

    # --- filters

    def load(self) -> None:
        """Read the filters again."""
        key = self._spec.key
        self._runner.run(lambda work: lists.kept(work, key), self._arrived, self._failed)

    def _arrived(self, kept: tuple[Kept, ...]) -> None:
        self.kept = kept
        self._view.show_kept()

    @property
    def taken(self) -> Kept | None:
        """The kept filter that the list shows now."""
        return next((each for each in self.kept if each.narrowing == self._source.narrowing), None)

    def take(self, kept: Kept) -> None:
        """Show a kept filter; once more shows everybody again, sorted as it is."""
        now = self._source.narrowing
        off = Narrowing(order=now.order, descending=now.descending)
        self._source.narrow(off if now == kept.narrowing else kept.narrowing)

    def switch(self, condition: str) -> None:
        """Narrow by a condition, or no longer."""
        self._source.narrow(self._source.narrowing.switched(condition))

    def suggested_name(self) -> str:
        """What the filter now in force could be called."""
        return ", ".join(self._conditions_told()) or self._source.narrowing.words

    def keep(self, name: str) -> None:
        """Keep the filter now in force under a name."""
        if name.strip():
            key, narrowing, filter_id = self._spec.key, self._source.narrowing, uuid4()
            self._do(lambda work: lists.keep(work, filter_id, key, name, narrowing))

    def rename(self, kept: Kept, name: str) -> None:
        if name.strip() and name != kept.name:
            self._do(lambda work: lists.rename(work, kept.id, name))

    def remove(self, kept: Kept) -> None:
        """Take a filter away; ``undo`` brings it back."""

        def gone(_none: None) -> None:
            self._removed = kept.id
            self.load()
            self._view.show_said(_("Filter „{name}“ entfernt.").format(name=kept.name), undo=True)

        self._runner.run(lambda work: lists.remove(work, kept.id), gone, self._failed)

    def undo(self) -> bool:
        """Bring back the filter that was taken away last; whether there is one."""
        removed, self._removed = self._removed, None
        if removed is None:
            return False
        self._do(lambda work: lists.restore(work, removed))
        return True

    def _do(self, deed: Callable[[Any], None]) -> None:
        def done(_none: None) -> None:
            self.load()
            self._view.show_said("")

        self._runner.run(deed, done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_said(error.message, tone="bad")

    # --- ways out

    def listing(self, columns: Sequence[Column]) -> Listing:
        """What is shown now, as it goes out: title with the filter, when, how many of how many, narrowed by what."""
        rows = self._source.shown_rows
        return replace(self._head(columns, len(rows)), rows=self._told(columns, rows))

    def _head(self, columns: Sequence[Column], count: int) -> Listing:
        now, taken = self._clock(), self.taken
        title = _(self._spec.title)
        stamp = _("Stand {day}, {time} Uhr").format(day=show_day(local_day(now)), time=show_time(now))
        narrowed = _("Filter: {filter}").format(filter=self.narrowed_by()) if self._source.narrowing.narrows else ""
        told = (stamp, self._count_words(count), narrowed, self._sorted_words(columns))
        return Listing(
            title=f"{title} – {taken.name}" if taken is not None and taken.narrowing.narrows else title,
            columns=tuple(columns),
            rows=(),
            context=(" · ".join(part for part in told if part), _("Vertraulich: nur weitergeben, wo es nötig ist.")),
            file_stem=f"{title.replace(' ', '-')}_{local(now):%Y-%m-%d}",
        )

    def _told(self, columns: Sequence[Column], rows: Iterable[object]) -> list[dict[str, Value]]:
        return [{column.key: self._spec.value(row, column) for column in columns} for row in rows]

    def _going_out(self, columns: Sequence[Column]) -> Callable[[Work], Listing]:
        """The same for the deed that takes it out."""
        rows = self._source.shown_rows
        if not isinstance(rows, ReadInParts):
            table = self.listing(columns)
            return lambda _work: table
        parts, head = rows, self._head(columns, len(rows))
        return lambda work: replace(head, rows=self._told(columns, parts.read_all(work)))

    def narrowed_by(self) -> str:
        """What the list is narrowed by, in words: "„Haddad“, in Aufnahme"."""
        words = self._source.narrowing.words
        return ", ".join(([f"„{words}“"] if words else []) + self._conditions_told())

    def export(self, columns: Sequence[Column], folder: Path, form: Form) -> None:
        """Write what is shown into ``folder``."""
        table = self._going_out(columns)

        def done(exported: Exported) -> None:
            count = ngettext("{n} Zeile", "{n} Zeilen", exported.rows).format(n=exported.rows)
            words = _("{file} mit {count} gespeichert.").format(file=exported.path.name, count=count)
            self._view.show_said(words, exported.notes)

        self._runner.run(lambda work: lists.export(work, table(work), folder, form), done, self._failed)

    def print(self, columns: Sequence[Column]) -> None:
        """Have the pages drawn one after the other and put on paper."""
        table = self._going_out(columns)
        print_pages(self._runner, self._view, lambda work: lists.to_print(work, table(work)))

    def _conditions_told(self) -> list[str]:
        chosen = self._source.narrowing.conditions
        return [_(condition.title) for condition in self._spec.conditions if condition.key in chosen]

    def _count_words(self, count: int) -> str:
        everybody = self._source.everybody
        if count == everybody:
            return ngettext("{n} Zeile", "{n} Zeilen", count).format(n=count)
        return _("{shown} von {all} Zeilen").format(shown=count, all=everybody)

    def _sorted_words(self, columns: Sequence[Column]) -> str:
        order = self._source.narrowing.order
        heading = next((column.heading_line for column in columns if column.key == order), "")
        return _("sortiert nach {column}").format(column=heading) if heading else ""


def print_pages(runner: Runner, view: ListView, made: Callable[[Work], tuple[bytes, int]]) -> None:
    """Have a PDF made, its pages drawn one after the other and put on paper."""

    def lost(error: WorldError) -> None:
        view.print_done()
        view.show_said(error.message, tone="bad")

    def print_from(pdf: bytes, pages: int, number: int) -> None:
        if number == pages:
            view.print_done()
            return

        def drawn(picture: PagePicture) -> None:
            view.print_page(picture, number)
            print_from(pdf, pages, number + 1)

        runner.run(lambda _work: lists.printed_page(pdf, number), drawn, lost)

    runner.run(made, lambda found: print_from(*found, 0), lost)
