"""Seeded faults: is each protection of the store held by a test that fails without it?

A seeded fault replaces one passage of the program in a copy of the checkout; then the tests named for it are run there,
and one of them must fail. Before that, all these tests must pass without any fault.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
COPIED = ("desk_app", "tests", "pyproject.toml", "packaging", "resources", "ui", "README.md")


@dataclass(frozen=True)
class Mutant:
    """``passage`` of the file ``where`` becomes ``instead``; one of ``tests`` must fail then."""

    says: str
    where: str
    passage: str
    instead: str
    tests: tuple[str, ...]
    times: int = 1
    """How often the passage is there."""

    def mutated(self, text: str) -> str:
        """The file with the fault in it. Raises ``LookupError`` where the passage is not there so often."""
        if text.count(self.passage) != self.times:
            raise LookupError(f"{self.where} has {text.count(self.passage)} times: {self.passage}")
        return text.replace(self.passage, self.instead)


_POWER = "tests/harness/test_power.py::test_after_a_power_cut_everything_confirmed_is_there"
_STORAGE = "desk_app/storage/"
_SAVING, _RECOVERY, _BACKUP = (f"tests/storage/test_{each}.py" for each in ("saving", "recovery", "backup"))
_VAULT, _KEYS, _JOURNAL = (f"tests/storage/test_{each}.py" for each in ("vault", "keys", "journal"))
_SETTINGS = f"{_STORAGE}engine.py"

MUTANTS = (
    Mutant(
        "commits are not synced",
        _SETTINGS,
        '"synchronous = FULL"',
        '"synchronous = NORMAL"',
        ("tests/storage/test_schema.py::test_the_connection_is_set_up_as_promised",),
    ),
    Mutant(
        "a setting that is ignored goes unnoticed",
        _SETTINGS,
        "if value != expected:",
        "if value is None:",
        (f"{_SAVING}::test_a_library_that_ignores_a_setting_is_not_used",),
    ),
    Mutant(
        "a missing database is made by opening it",
        _SETTINGS,
        '_keyed(path, data_key, "mode=rw")\n    try:\n        for setting',
        '_keyed(path, data_key, "mode=rwc")\n    try:\n        for setting',
        ("tests/harness/test_power.py::test_a_missing_database_is_not_made_by_opening_it",),
    ),
    Mutant(
        "the journal is not synced",
        f"{_STORAGE}journal.py",
        "            rest = rest[os.write(self._handle, rest) :]\n        sync(self._handle)",
        "            rest = rest[os.write(self._handle, rest) :]",
        ("tests/harness/test_power.py::test_with_the_database_gone_the_journal_alone_keeps_everything",),
    ),
    Mutant(
        "the journal is not written",
        f"{_STORAGE}journal.py",
        "            self._append(Kind.SAVE, mark, body)\n",
        "",
        (f"{_RECOVERY}::test_a_destroyed_database_is_made_anew_with_every_confirmed_save",),
    ),
    Mutant(
        "a save that was refused stays in the journal",
        f"{_STORAGE}journal.py",
        "            self._blank(self._before.at, self._end.at)\n",
        "",
        (f"{_JOURNAL}::test_a_save_reported_as_not_kept_does_not_come_back",),
    ),
    Mutant(
        "frames of the journal are not chained",
        f"{_STORAGE}journal_file.py",
        "before + self._place + header)",
        "self._place + header)",
        (f"{_JOURNAL}::test_a_frame_left_out_exchanged_or_taken_from_elsewhere_ends_the_journal",),
        times=2,
    ),
    Mutant(
        "the log is not carried over",
        f"{_STORAGE}open_store.py",
        "            self._journal.confirmed()\n            self._carry_over()",
        "            self._journal.confirmed()",
        (f"{_SAVING}::test_the_database_file_alone_holds_every_confirmed_save",),
    ),
    Mutant(
        "a save that reported an error is done again unseen",
        f"{_STORAGE}open_store.py",
        "if not there:",
        "if there or not there:",
        (f"{_SAVING}::test_a_commit_that_reports_an_error_is_done_exactly_once",),
    ),
    Mutant(
        "a save that cannot be looked up is told as something else",
        f"{_STORAGE}open_store.py",
        "            raise SaveUncertain from error\n        raise\n",
        "            raise\n        raise\n",
        ("tests/storage/test_uncertain.py",),
    ),
    Mutant(
        "key files are renamed before they are synced",
        f"{_STORAGE}keyfile.py",
        "    file.flush()\n    os.fsync(file.fileno())",
        "    file.flush()",
        (f"{_POWER}[keys]",),
    ),
    Mutant(
        "renames are not synced",
        f"{_STORAGE}keyfile.py",
        "        os.fsync(handle)\n    finally:",
        "        pass\n    finally:",
        (f"{_POWER}[backups]", f"{_POWER}[keys]"),
    ),
    Mutant(
        "the folder of a new store is not synced in the one above",
        f"{_STORAGE}keyfile.py",
        "            sync_folder(each.parent)\n",
        "            pass\n",
        (f"{_POWER}[create]",),
    ),
    Mutant(
        "there is only one copy of the keys",
        f"{_STORAGE}keyfile.py",
        "    for name in (NAME, COPY_NAME):\n        write_whole(",
        "    for name in (NAME,):\n        write_whole(",
        (f"{_VAULT}::test_either_copy_of_the_key_file_will_do_and_is_mended",),
    ),
    Mutant(
        "the old key is forgotten while the database is encrypted anew",
        f"{_STORAGE}open_vault.py",
        "KeyFile(self.store_id, (ring, kept))",
        "KeyFile(self.store_id, (kept,))",
        (f"{_POWER}[rekey]", f"{_KEYS}::test_a_power_cut_while_keys_are_exchanged_leaves_one_that_works"),
    ),
    Mutant(
        "whoever is removed keeps their key",
        f"{_STORAGE}open_vault.py",
        "            new = self._key.next()",
        "            new = self._key",
        (f"{_KEYS}::test_a_removed_user_opens_nothing_even_with_an_old_key_file",),
    ),
    Mutant(
        "keys slipped in are not noticed",
        f"{_STORAGE}slots.py",
        "        if sealing.signature(key.data_key, _signed_text(key, self.slots)) != self.signature:",
        "        if not self.signature:",
        (f"{_KEYS}::test_a_key_slipped_in_for_a_colleague_is_found_out",),
    ),
    Mutant(
        "a backup has its name before it is proven",
        f"{_STORAGE}backup.py",
        "        if second_reader.examine(database, key.data_key) != held:\n            raise BackupUnsound\n",
        "",
        (f"{_BACKUP}::test_a_copy_harmed_before_the_check_is_discarded",),
    ),
    Mutant(
        "the name of a backup is not synced",
        f"{_STORAGE}backup_set.py",
        "    draft.rename(draft.parent / name)\n    keyfile.sync_folder(draft.parent)\n",
        "    draft.rename(draft.parent / name)\n",
        (f"{_POWER}[backups]",),
    ),
    Mutant(
        "the store is open to a second process",
        f"{_STORAGE}lockfile.py",
        "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)",
        ("tests/storage/test_lockfile.py", f"{_VAULT}::test_the_same_store_opens_only_once"),
    ),
    Mutant(
        "an older folder put back goes unnoticed",
        f"{_STORAGE}high_water.py",
        "return known - counter if known > counter else None",
        "return None",
        (f"{_RECOVERY}::test_a_whole_older_folder_put_back_is_noticed_by_this_machine",),
    ),
    Mutant(
        "where a key changes, the row of before is not written down as gone",
        f"{_STORAGE}row_images.py",
        ', (f"UPDATE OF {names}", "OLD")',
        "",
        (f"{_JOURNAL}::test_every_way_of_writing_is_written_down",),
    ),
    Mutant(
        "entries of the audit are not chained",
        "desk_app/casework/audit.py",
        "hashlib.sha256((before + json",
        "hashlib.sha256((json",
        ("tests/casework/test_audit.py::test_an_entry_rewritten_with_a_value_that_fits_it_is_found_at_the_next",),
    ),
    Mutant(
        "roles are not asked for",
        "desk_app/casework/desk.py",
        "        if not roles.may(self.role, deed):",
        "        if deed not in roles.MAY:",
        ("tests/casework/test_roles.py::test_a_deed_is_done_or_refused_as_the_table_says",),
    ),
    Mutant(
        "guessing does not have to wait",
        f"{_STORAGE}throttle.py",
        "            raise TooSoon(left)",
        "            pass",
        ("tests/storage/test_throttle.py",),
    ),
    Mutant(
        "an export is renamed before it is synced",
        "desk_app/documents/files.py",
        "            stream.flush()\n            os.fsync(stream.fileno())",
        "            stream.flush()",
        (f"{_POWER}[export]",),
    ),
    Mutant(
        "the new name of an export is not synced",
        "desk_app/documents/files.py",
        "            os.fsync(handle)\n",
        "            pass\n",
        (f"{_POWER}[export]",),
    ),
    Mutant(
        "settings are renamed before they are synced",
        "desk_app/settings.py",
        "            stream.flush()\n            os.fsync(stream.fileno())",
        "            stream.flush()",
        (f"{_POWER}[settings]",),
    ),
    Mutant(
        "an error of the disk is told as our own",
        f"{_STORAGE}failures.py",
        "{errno.EIO, errno.ENXIO, errno.ENODEV, errno.EMFILE, errno.ENFILE}",
        "{errno.ENXIO}",
        ("tests/storage/test_uncertain.py::test_every_error_of_the_disk_has_its_sentence",),
    ),
)


def stale(mutants: Iterable[Mutant] = MUTANTS, checkout: Path = CHECKOUT) -> list[str]:
    """Seeded faults whose passage is not in the program any more, or not once."""
    found = []
    for mutant in mutants:
        try:
            mutant.mutated((checkout / mutant.where).read_text(encoding="utf-8"))
        except LookupError as gone:
            found.append(f"{mutant.says}: {gone}")
    return found


def run(mutants: Iterable[Mutant]) -> list[tuple[str, str, str, str]]:
    """For each seeded fault whether it was caught, after how many seconds, and by which test."""
    rows = []
    chosen = tuple(mutants)
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made)
        for name in COPIED:
            source = CHECKOUT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copyfile(source, copy / name)
        code, failed = _tests(copy, sorted({test for mutant in chosen for test in mutant.tests}), stop=False)
        if code != 0:
            raise AssertionError(f"without any seeded fault this fails: {failed}")
        for mutant in chosen:
            begun = time.monotonic()
            path = copy / mutant.where
            genuine = path.read_text(encoding="utf-8")
            path.write_text(mutant.mutated(genuine), encoding="utf-8")
            code, failed = _tests(copy, list(mutant.tests), stop=True)
            path.write_text(genuine, encoding="utf-8")
            verdict = "caught" if code == 1 and failed else "NOT CAUGHT"
            rows.append((mutant.says, verdict, f"{time.monotonic() - begun:.0f}", failed.split("/")[-1][:90]))
            print(*rows[-1], sep="  ", flush=True)
    return rows


def _tests(checkout: Path, names: list[str], *, stop: bool) -> tuple[int, str]:
    """Code of pytest (1: some failed) and the first test that failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(["-x"] if stop else []), *names]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    first = lines[0].split(" - ")[0].split(" ", 1)[-1] if lines else ""
    return done.returncode, first or ("" if done.returncode == 0 else done.stdout[-2000:] + done.stderr[-2000:])
