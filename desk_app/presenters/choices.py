"""What a field may choose from today: the code lists of the program, and what this desk knows itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desk_app.casework import schools, users
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.code_lists import CODE_LISTS, code_list
from desk_app.presenters.runner import Runner

Entries = tuple[tuple[str, str], ...]
"""Keys with their labels, in the order in which they are offered."""

DYNAMIC = frozenset({"users", "schools"})
"""Lists that come from the store rather than from the program."""


class Choices:
    """Lists by the name a field of the catalogue gives. Entries that no longer hold today are left out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._dynamic: dict[str, Entries] = {}
        self._former: dict[str, str] = {}
        """Labels of what may no longer be chosen but stands in older files."""

    @property
    def today(self) -> date:
        return local_day(self._clock())

    def load(self, runner: Runner, done: Callable[[], None] = lambda: None) -> None:
        """Read the lists that come from the store; what cannot be read stays as it was."""

        def arrived(found: tuple[dict[str, Entries], dict[str, str]]) -> None:
            self._dynamic.update(found[0])
            self._former = found[1]
            done()

        runner.run(_lists_of_the_store, arrived, lambda _error: done())

    def choices(self, name: str) -> Entries:
        """Raises ``KeyError`` for a list that does not exist."""
        if name in DYNAMIC:
            return self._dynamic.get(name, ())
        return tuple((code.key, code.label) for code in code_list(name).valid_on(self.today))

    def label(self, name: str, key: object) -> str:
        """What to show for a stored key, also for one that may no longer be chosen; empty for none."""
        if key is None:
            return ""
        if name in DYNAMIC:
            return dict(self.choices(name)).get(str(key)) or self._former.get(str(key), str(key))
        return code_list(name).label(str(key))

    def search(self, name: str) -> Callable[[str], list[str]] | None:
        """How to find keys by a few letters, best first; ``None`` where the labels alone decide."""
        if name not in CODE_LISTS:
            return None
        return lambda words: [code.key for code in code_list(name).search(words, self.today)]


def _lists_of_the_store(work: Work) -> tuple[dict[str, Entries], dict[str, str]]:
    """The lists, and the names of those who are no longer in one."""
    here = {key for key, row in users.rows(work).items() if row.removed_at is None}
    names = users.names(work)
    staff = tuple((str(key), name) for key, name in names.items() if key in here)
    former = {str(key): name for key, name in names.items() if key not in here}
    return {"users": staff, "schools": tuple(schools.names(work).items())}, former
