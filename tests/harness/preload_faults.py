"""A bad disk: calls fail at random while the program works, and some cut power on top.

Of a million calls below the folder some fail: open, write (or only half of it is written), sync, cut, rename, remove,
make a folder, read. A sync that fails has either done its work or lost for good what waited for it.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from harness import power_disk, preload
from harness.power import Bench, settings_in
from harness.power_desk import AT, SECRETS, Lost, Place, Saves, derive_once
from harness.power_writers import Export
from specimen_store import JONAS

from desk_app.documents import files
from desk_app.domain.errors import WorldError
from desk_app.storage import backup, backup_set, engine, second_reader, vault
from desk_app.storage.failures import SaveUncertain

CODE = "from harness.preload_faults import main; main()"
OF_A_MILLION = (3_000, 10_000, 30_000)
STEPS = 30
KINDS = ("save",) * 12 + ("backup", "export", "passphrase", "again")
"""What is done how often: ``again`` closes the store and opens it anew, while the disk is bad."""

NOUGHT = (
    *("saves lost", "stores damaged", "stores that do not open", "errors not told in German"),
    "refused saves that came back",
)
"""Figures that must not come up."""

Told = dict[str, list[list[int]]]


class _Process:
    """In the process under observation."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.seed = place, seed
        self.chance = random.Random(seed)
        self.library = ctypes.CDLL(None)
        self.told: dict[str, list[object]] = {"confirmed": [], "refused": [], "uncertain": [], "foreign": []}
        self.opened: vault.Vault | None = place.store.unlock()

    def run(self) -> None:
        chance = self.chance.choice(OF_A_MILLION)
        for number in range(STEPS):
            kind = self.chance.choice(KINDS)
            step = [KINDS.index(kind), number]
            if self.opened is None:  # opening on the bad disk failed, now a better one
                self.opened = self.place.store.unlock()
            self.library.trust_faults(chance, ctypes.c_uint64(self.seed * STEPS + number))
            try:
                getattr(self, kind)(number)
            except SaveUncertain:
                self.told["uncertain"].append(step)
            except WorldError:
                self.told["refused"].append(step)
            except Exception:  # noqa: BLE001 - whatever it is, staff would have got no sentence
                self.told["foreign"].append(f"{kind}: {traceback.format_exc()}")
            else:
                self.told["confirmed"].append(step)
                self.library.trust_mark(ctypes.c_uint64(len(self.told["confirmed"])))
            self.told["faults"] = [self.library.trust_faults(0, ctypes.c_uint64(1))]
        print(json.dumps(self.told), flush=True)
        if self.chance.random() < 0.5:
            os._exit(0)
        if self.opened is not None:
            self.opened.close()

    def save(self, number: int) -> None:
        assert self.opened
        self.place.save(self.opened, number, self.chance)

    def backup(self, number: int) -> None:
        assert self.opened
        made = backup.make(self.opened, self.place.shelf, AT + timedelta(hours=number))
        if self.chance.random() < 0.5:
            with vault.failures.told():
                self.opened.rotate_journal(made.place / engine.NAME)

    def export(self, number: int) -> None:
        files.write_whole(self.place.out / "Liste.xlsx", lambda stream: stream.write(Export.text(number)))

    def passphrase(self, number: int) -> None:
        assert self.opened
        self.opened.set_passphrase(self.place.jonas, SECRETS[number % len(SECRETS)])

    def again(self, _number: int) -> None:
        assert self.opened
        before, self.opened = self.opened, None
        before.close()
        self.opened = self.place.store.unlock()


def run(at: Bench, seed: int, cuts: int = 3) -> Counter[str]:
    """Figures of one process on a bad disk."""
    place = at.laid_out(f"faults-{seed}")
    try:
        with settings_in(place.root / "config"):
            disk = power_disk.Disk(place.root)
            trace = place.root.parent / "trace"
            words = (str(place.root), str(at.derived), str(place.carla), str(place.jonas), str(seed))
            told = json.loads(preload.run(at.library, place.root, trace, CODE, *words))
            found = Counter({what: len(told[what]) for what in ("confirmed", "refused", "uncertain")})
            found["faults"] = sum(told["faults"])
            for trouble in told["foreign"]:
                found["errors not told in German"] += 1
                found[f"! seed {seed}: {trouble}"] += 1
            _judged(found, f"seed {seed}", lambda: _check(place, told, found))
            _cut(found, place, disk, list(preload.notes(trace)), told, random.Random(seed), cuts)
            return found
    finally:
        shutil.rmtree(place.root.parent)


def _cut(
    found: Counter[str],
    place: Place,
    disk: power_disk.Disk,
    notes: list[preload.Note],
    told: Told,
    chance: random.Random,
    cuts: int,
) -> None:
    moments = Counter(chance.choices(range(len(notes)), k=cuts))
    sure = 0
    for at, note in enumerate(notes):
        disk.do(note)
        sure = note.inode if note.deed == "M" else sure
        for _again in range(moments[at]):
            data, names = chance.choice(power_disk.DATA), chance.choice(power_disk.NAMES)
            shutil.rmtree(place.root)
            power_disk.lay(place.root, disk.after_cut(data, names, chance))
            kept = _numbers(told["confirmed"][:sure], "save")
            found["power cuts on top"] += 1
            where = f"power cut at {at} of {len(notes)}, {data}/{names}"
            _judged(found, where, partial(Saves().kept, place, kept))


def _judged(found: Counter[str], where: str, check: Callable[[], object]) -> None:
    try:
        check()
    except Lost as lost:
        found["saves lost"] += 1
        found[f"! {where}: {lost}"] += 1
    except WorldError as error:
        found["stores that do not open"] += 1
        found[f"! {where}: {error}"] += 1
    except Exception as error:  # noqa: BLE001 - whatever else it is, the store is not what it should be
        found["stores damaged"] += 1
        found[f"! {where}: {type(error).__name__} {error}"] += 1


def _numbers(steps: list[list[int]], kind: str) -> list[int]:
    return [number for place, number in steps if KINDS[place] == kind]


def _check(place: Place, told: Told, found: Counter[str]) -> None:
    there = Saves().kept(place, _numbers(told["confirmed"], "save"))
    found["refused saves that came back"] += len(set(_numbers(told["refused"], "save")) & set(there))
    _check_backups(place, len(_numbers(told["confirmed"], "backup")))
    _check_passphrase(place, told)
    exported, tried = (_numbers(told["confirmed"], "export") or [-1])[-1], _numbers(told["refused"], "export")
    if exported >= 0:
        held = (place.out / "Liste.xlsx").read_bytes()
        if held not in [Export.text(number) for number in (exported, *tried)]:
            raise Lost("an export")


def _check_backups(place: Place, least: int) -> None:
    made = backup_set.list_backups(place.shelf)
    if len(made) < least:
        raise Lost("a backup")
    with place.store.unlock() as opened:
        key = opened.key
    for each in made:
        said, signature = backup_set.manifest(each.place)
        assert each.verified
        assert said.signature(key) == signature
        assert second_reader.examine(each.place / engine.NAME, key.data_key).digest == said.content


def _check_passphrase(place: Place, told: Told) -> None:
    """The last that was confirmed opens, or one that was tried since."""
    last = (_numbers(told["confirmed"], "passphrase") or [-1])[-1]
    since = [number for number in _numbers(told["refused"], "passphrase") if number > last]
    for secret in (JONAS if last < 0 else SECRETS[last % len(SECRETS)], *(SECRETS[n % len(SECRETS)] for n in since)):
        try:
            vault.unlock(place.store.folder, place.jonas, secret).close()
        except vault.WrongPassphrase:
            continue
        return
    raise Lost("a passphrase")


def main() -> None:
    """In the process under observation: root, keys derived, two users, seed."""
    root, derived, carla, jonas, seed = sys.argv[1:]
    derive_once(Path(derived))
    _Process(Place(Path(root), UUID(carla), UUID(jonas)), int(seed)).run()
