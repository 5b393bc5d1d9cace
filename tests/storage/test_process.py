"""A process that is about to hold personal data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.storage import process

PROTECTED = """
import ctypes, faulthandler, os, resource, sys
from pathlib import Path
from desk_app.storage.process import protect_process
log = Path(sys.argv[1]) / "logs" / "crash.log"
protect_process(log)
made = Path(sys.argv[1]) / "made"
made.write_text("")
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0
print(resource.getrlimit(resource.RLIMIT_CORE), oct(made.stat().st_mode & 0o777), dumpable, flush=True)
secret = "Zebrahild"
os.abort()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="core dumps and file modes are of Unix")
def test_it_leaves_no_memory_behind_and_its_files_to_nobody_else(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROTECTED, str(tmp_path)]
    root = Path(__file__).parents[2]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert ended.stdout == "(0, 0) 0o600 0\n"
    log = (tmp_path / "logs" / "crash.log").read_text()
    assert "Fatal Python error" in log
    assert "Zebrahild" not in log


def test_the_machine_says_how_much_memory_is_free() -> None:
    assert process.free_memory() > 1024 * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="sysfs is of Linux")
@pytest.mark.parametrize(
    ("supplies", "battery"),
    [
        ({"AC": {"type": "Mains"}}, False),
        ({"AC": {"type": "Mains"}, "BAT0": {"type": "Battery"}}, True),
        ({"BAT1": {"type": "Battery", "scope": "System"}}, True),
        ({"hidpp_battery_0": {"type": "Battery", "scope": "Device"}}, False),
        ({}, False),
    ],
)
def test_a_machine_with_a_battery_of_its_own_can_be_carried_away(
    supplies: dict[str, dict[str, str]], battery: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "POWER_SUPPLIES", tmp_path)
    for name, facts in supplies.items():
        (tmp_path / name).mkdir()
        for fact, words in facts.items():
            (tmp_path / name / fact).write_text(f"{words}\n", encoding="ascii")
    assert process.has_battery() is battery
