"""Real processes of the program that work at a desk until they are done or killed.

Run as a script it loads the program once and then forks a process for each line on its input, so that a thousand
kills do not wait for a thousand starts. A line names what to do, the folder, and the first number:

- ``work``: deed after deed; each is told as ``number step`` once it was confirmed;
- ``eager``: the same, told before it is confirmed: what a program without this promise does, the control;
- ``hold``: open the store, tell it, and hold it until the input ends;
- ``turns``: two processes that open the store in turns and take ``first`` families in each.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from uuid import UUID, uuid5

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from builders import PASSPHRASE, StoredFamily, store_family  # noqa: E402 - once the checkout is on the path
from sqlalchemy import func, select  # noqa: E402

from desk_app import bootstrap  # noqa: E402
from desk_app.casework import audit, intake  # noqa: E402
from desk_app.casework.desk import Desk, Work  # noqa: E402
from desk_app.domain.errors import VaultBusy  # noqa: E402
from desk_app.domain.records import RecordKind, Ref  # noqa: E402
from desk_app.storage import sealing, tables  # noqa: E402

STEPS = 4
"""Deeds for each family: take it in as a whole, then three answers one by one."""

TURN = 10
"""Families taken in before the store is given to the other process."""

_NAMES = UUID(int=9)


def family_name(number: int) -> str:
    return f"Familie {number}"


def work_on(desk: Desk, first: int, *, eager: bool) -> None:
    """Deed after deed, for ever."""

    def tell(number: int, step: int, *, before: bool) -> None:
        if before == eager:
            _tell(f"{number} {step}")

    for number in range(first, first + 1_000_000):
        tell(number, 0, before=True)
        family: StoredFamily = desk.do(lambda work, n=number: store_family(work, family_name(n)))[0]  # type: ignore[misc]  # mypy cannot infer lambdas with defaults
        tell(number, 0, before=False)
        child = Ref(RecordKind.PERSON, family.child)
        for step in range(1, STEPS):
            tell(number, step, before=True)
            desk.do(partial(_answer, child=child, step=step))
            tell(number, step, before=False)


def _answer(work: Work, child: Ref, step: int) -> None:
    intake.set_value(work, child, "strengths", f"Schritt {step}")


def take_turns(folder: Path, user: UUID, count: int, which: int) -> None:
    """Open the store whenever the other has closed it, take some families in, close it, until all are in."""
    done = refused = 0
    while done < count:
        try:
            desk = bootstrap.unlock(folder, user, PASSPHRASE)
        except VaultBusy:
            refused += 1
            time.sleep(0.002)
            continue
        for _number in range(min(TURN, count - done)):
            number = which * 1_000_000 + done
            desk.do(partial(intake.start, household=uuid5(_NAMES, str(number)), family_name=family_name(number)))
            done += 1
            _tell(f"{number} 0")
        desk.close()
        time.sleep(0.005)
    _tell(f"refused {refused}")


class Found(dict[int, int]):
    """How many steps each family in the store has come; and what is wrong with the store."""

    half: int
    twice: int
    chain_whole: bool


def what_is_there(desk: Desk, since: int = 0) -> Found:
    """The families that ``work_on`` took in, from number ``since`` on, each with the last step that is there."""

    def look(work: Work) -> Found:
        session, found, names = work.session, Found(), []
        found.half = 0
        for household in session.scalars(select(tables.Household)):
            number = int((household.family_name or "").removeprefix("Familie "))
            names.append(number)
            if number < since:
                continue
            people = session.scalars(
                select(tables.Person).where(tables.Person.household_id == household.id).order_by(tables.Person.position)
            ).all()
            kept = [
                session.scalar(select(func.count()).select_from(table).where(table.household_id == household.id))
                for table in (tables.Language, tables.Consent, tables.PlacementRequest)
            ]
            found.half += (len(people), *kept) != (2, 1, 1, 1)
            found[number] = int((people[-1].strengths or "Schritt 0").removeprefix("Schritt ")) if people else -1
        found.twice = len(names) - len(set(names))
        found.chain_whole = audit.broken_at(session) is None
        return found

    return desk.do(look)[0]


class Desks:
    """Drives the script from a test."""

    def __init__(self, folder: Path, user: UUID) -> None:
        self._folder = folder
        command = [sys.executable, str(Path(__file__).resolve()), str(folder), str(user)]
        self._script = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._next() == "ready"

    def start(self, what: str, number: int = 0) -> list[int]:
        """Ids of the processes now at work."""
        assert self._script.stdin
        self._script.stdin.write(f"{what} {number}\n")
        self._script.stdin.flush()
        return [int(pid) for pid in self._next().removeprefix("pids ").split()]

    def said(self) -> Iterator[str]:
        """What they say, until all of them have ended."""
        while (line := self._next()) != "ended":
            yield line

    def killed(self, what: str, first: int, wait: float) -> list[tuple[int, int]]:
        """Let one work and kill it ``wait`` seconds after its first word; number and step of what it had told."""
        (pid,) = self.start(what, first)
        told = [self._next()]
        time.sleep(wait)
        os.kill(pid, signal.SIGKILL)
        told += self.said()
        return [(int(number), int(step)) for number, step in (line.split() for line in told)]

    def close(self) -> None:
        assert self._script.stdin
        assert self._script.stdout
        self._script.stdin.close()
        with suppress(ProcessLookupError):
            os.killpg(self._script.pid, signal.SIGKILL)  # with whoever is still at work after a failed test
        self._script.wait()
        self._script.stdout.close()

    def _next(self) -> str:
        assert self._script.stdout
        line = self._script.stdout.readline()
        assert line, "the script has ended"
        return line.rstrip("\n")


@contextmanager
def desks(folder: Path, user: UUID) -> Iterator[Desks]:
    running = Desks(folder, user)
    try:
        yield running
    finally:
        running.close()


def _tell(words: str) -> None:
    os.write(1, f"{words}\n".encode())  # one call, so a kill never leaves half a line


def _fork(work: partial[None], told: int) -> int:
    """A process that begins once there is a byte for it in the pipe ``told``."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.read(told, 1)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()  # nothing else would show it: the process ends without leaving this block
            raise
        finally:
            sys.stderr.flush()
            os._exit(code)
    return pid


def _open_and(folder: Path, user: UUID, what: str, first: int) -> None:
    desk = bootstrap.unlock(folder, user, PASSPHRASE)
    if what == "hold":
        _tell("open")
        signal.pause()
    work_on(desk, first, eager=what == "eager")


def main() -> None:
    folder, user = Path(sys.argv[1]), UUID(sys.argv[2])
    sealing.stretch = cache(sealing.stretch)  # the key is derived once; the forked processes inherit it
    bootstrap.unlock(folder, user, PASSPHRASE).close()
    _tell("ready")
    for line in sys.stdin:
        what, first = line.split()
        if what == "turns":
            works = [partial(take_turns, folder, user, int(first), which) for which in (1, 2)]
        else:
            works = [partial(_open_and, folder, user, what, int(first))]
        told, telling = os.pipe()
        pids = [_fork(work, told) for work in works]
        _tell("pids " + " ".join(map(str, pids)))
        os.write(telling, b"x" * len(pids))
        os.close(told)
        os.close(telling)
        for pid in pids:
            os.waitpid(pid, 0)
        _tell("ended")


if __name__ == "__main__":
    main()
