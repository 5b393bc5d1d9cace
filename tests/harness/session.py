"""One working session at the real window in a process of its own: unlock, intake, export, backup, check, close.

Run under ``strace`` it shows every byte that the process wrote anywhere, also into files that are gone, and every
socket. ``folder export what``; ``what`` is ``safe``, or ``plain`` for the control, which writes a name into a file and
deletes it at once.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

_STEM = "Quastenflößer"
MARKERS = tuple(f"Zebrahild{number:02}{_STEM}" for number in range(44))
"""Values that occur nowhere else, with a letter that each encoding writes in its own way."""

_WRITE = re.compile(r'^(?:\d+ +)?(\w+)\((\d+)<([^>]*)>, (?:\[\{iov_base=)?"((?:\\x[0-9a-f]{2})*)"')
_SOCKET = re.compile(r"\bsocket\(AF_(INET6?|PACKET|NETLINK)")


@dataclass(frozen=True)
class Seen:
    """Where markers were found outside the folder of exports, the sockets opened, and how much was looked through."""

    places: set[str]
    sockets: list[str]
    bytes_written: int
    files: int


def watched(folder: Path, root: Path, what: str = "safe") -> Seen:
    """Run the session with all its folders in ``root``, and look through what it wrote."""
    out, trace = root / "Fachberatung", root.with_name("trace")
    for name in ("home", "tmp", "Fachberatung"):
        (root / name).mkdir(parents=True)
    calls = "write,pwrite64,writev,pwritev,sendto,sendmsg,socket"
    command = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "400000", "-e", f"trace={calls}", "-o", str(trace)]
    command += [sys.executable, str(Path(__file__).resolve()), str(folder), str(out), what]
    places = {name: str(root / "tmp") for name in ("TMPDIR", "SQLITE_TMPDIR", "TMP", "TEMP")}
    homes = {
        "HOME": str(root / "home"),
        "XDG_RUNTIME_DIR": str(root / "tmp"),
        "TRITTSTEIN_CONFIG": str(root / "config"),
    }
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        homes[name] = str(root / "home" / name)
    inside = {**os.environ, **places, **homes, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=inside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return _looked_through(trace, root, folder, out)


def _looked_through(trace: Path, root: Path, folder: Path, out: Path) -> Seen:
    places, sockets, total = set[str](), list[str](), 0
    forms = _forms()
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if _SOCKET.search(line):
                sockets.append(line.strip())
            if call := _WRITE.match(line):
                name, data = _plain(call[3]), bytes.fromhex(call[4].replace("\\x", ""))
                total += len(data)
                if forms.search(data) and not name.startswith(str(out)):
                    places.add(name)
    files = [path for place in (root, folder) for path in place.rglob("*") if path.is_file()]
    for path in files:
        if forms.search(path.read_bytes()) and not path.is_relative_to(out):
            places.add(str(path))
    return Seen(places, sockets, total, len(files))


def _plain(name: str) -> str:
    return bytes.fromhex(name.replace("\\x", "")).decode() if name.startswith("\\x") else name


def _forms() -> re.Pattern[bytes]:
    """What all markers have in common as the usual encodings write it, also in Base64 at each of its three places."""
    found = set[bytes]()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        plain = _STEM.encode(encoding)
        found |= {plain, *(base64.b64encode(bytes(skip) + plain)[4:-4] for skip in range(3))}
    return re.compile(b"|".join(map(re.escape, sorted(found))))


# in the process under observation -----------------------------------------------------------------------------


def main() -> None:
    folder, out, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    from builders import PASSPHRASE
    from journeys.keyboard import CTRL, Keyboard
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from desk_app import settings
    from desk_app.domain.clock import system_clock
    from desk_app.gui.app import make_application
    from desk_app.gui.shell import Shell

    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(folder, appearance, system_clock)
    shell.show()
    shell.begin()
    shell.activateWindow()
    QApplication.processEvents()
    keys = Keyboard(shell)
    keys.type(PASSPHRASE)
    keys.press(Qt.Key.Key_Return)
    keys.wait(lambda: shell.desk_window is not None, "the desk")
    keys.settle()
    keys.press(Qt.Key.Key_N, CTRL)
    keys.wait(lambda: keys.name.startswith("Wen möchten Sie aufnehmen?"), "the question whether the family is known")
    keys.type(MARKERS[0])
    keys.settle()
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.wait(lambda: keys.key == "family_name", "the new intake")
    keys.type(MARKERS[0])
    keys.answer("phone", MARKERS[1])
    keys.answer("street", MARKERS[2])
    keys.press(Qt.Key.Key_Tab)
    keys.settle()
    _work(shell, out, what)
    shell.end()
    time.sleep(0.1)


def _work(shell: object, out: Path, what: str) -> None:
    """All other markers through the deeds behind the fields, then what follows a day's work."""
    from builders import store_family

    from desk_app.casework import exports, intake
    from desk_app.casework.backups import BackupKeeper
    from desk_app.domain.records import RecordKind, Ref
    from desk_app.storage import health

    desk = shell.desk_window._desk  # type: ignore[attr-defined]  # Qt is loaded in main only
    requests = []
    for first in range(3, len(MARKERS), 4):
        name, given, place, words = (*MARKERS[first : first + 4], *MARKERS[:4])[:4]
        family, _changes = desk.do(partial(store_family, family_name=name, given_name=given, birth_place=place))
        desk.do(
            partial(
                intake.set_value, ref=Ref(RecordKind.PERSON, family.child), key="strengths", value=words + " x" * 3000
            )
        )
        requests.append(family.request)
    desk.do(partial(exports.export_requests, wanted=exports.Wanted(tuple(requests), out)))
    if what == "plain":
        careless = out.parent / "tmp" / "entwurf"
        careless.write_text(MARKERS[5], encoding="utf-16-be")
        careless.unlink()
    (out.parent / "Stick").mkdir()
    BackupKeeper(desk).choose(out.parent / "Stick")
    BackupKeeper(desk).back_up_now()
    found = health.full(desk.vault, desk.clock())
    assert found is not None
    assert found.sound


if __name__ == "__main__":
    main()
