"""What packaging/start.py and packaging/test.py share: a `.venv` in the checkout holding all the project needs.

Standard library only, Python 3.11 or newer. Everything is asked of stamps and files first, so that a second run
with nothing changed costs a fraction of a second. Messages are for developers and therefore English.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import compile_forms

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "trittstein-setup.json"

RUNTIME = PACKAGING / "requirements.txt"
DEVELOPMENT = PACKAGING / "requirements-dev.txt"  # contains all of RUNTIME
# what the installed project is made by; its code is read from the checkout and needs no stamp
_RECIPES = (ROOT / "pyproject.toml", PACKAGING / "hatch_build.py", PACKAGING / "build_fonts.py")

# shared libraries Qt loads and PySide6 does not bring along, with the Debian package of each
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class SetupError(Exception):
    """The machine lacks something we may not or cannot install; the message says what to do."""


def say(text: str) -> None:
    """One line about what is being done, shown at once."""
    print(text, flush=True)


def run(command: Sequence[str | Path], *, failure: str, env: Mapping[str, str] | None = None) -> None:
    """Run a command of the set-up; raises SetupError with `failure` and what the command said last."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SetupError(f"{failure}\n{tail}\nThe command was: {' '.join(words)}")


def has_screen(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be shown; Windows and macOS sessions always have a screen."""
    return not platform.startswith("linux") or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def missing_libraries(wanted: Mapping[str, str]) -> list[str]:
    """Debian packages of those shared libraries that this machine cannot load."""
    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def install_debian(packages: Sequence[str], purpose: str) -> None:
    """Install Debian packages when we are root or sudo asks nothing; otherwise say the one command that does."""
    by_hand = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise SetupError(f"{purpose} is missing here. On Debian or Ubuntu it is: {by_hand}")
    as_root = _root_prefix()
    if as_root is None:
        raise SetupError(f"{purpose} is missing here. Please run once: {by_hand}")
    say(f"Installing {purpose} ({', '.join(packages)}) …")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    run([*apt, "update"], failure="The list of Debian packages could not be fetched.")
    run([*apt, "install", "-y", "--no-install-recommends", *packages], failure=f"Please run once: {by_hand}")


def _root_prefix() -> list[str] | None:
    """Words before a command that make it run as root: none for root itself, None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_system_libraries() -> None:
    """See to the shared libraries of Qt on Linux: always the core, those of X11 where a window will use it."""
    if not sys.platform.startswith("linux"):
        return
    wanted = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        wanted |= X11_LIBRARIES
    if missing := missing_libraries(wanted):
        install_debian(missing, "what Qt needs from the system")


def _digest(*files: Path) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _make_venv() -> None:
    say("Making .venv …")
    if find_spec("ensurepip") is None:  # Debian ships Python without it
        install_debian([f"python3.{sys.version_info.minor}-venv"], "Python's own venv")
    venv.create(VENV, clear=True, with_pip=True)


def _pip(*words: str | Path, failure: str) -> None:
    run([PYTHON, "-m", "pip", "--disable-pip-version-check", "install", *words], failure=failure)


def prepare(requirements: Path) -> None:
    """Bring `.venv`, the project in it, forms and fonts up to date. Does only what has changed since last time."""
    install_system_libraries()
    stamp = _read_stamp()
    home = f"{sys.version_info.major}.{sys.version_info.minor} {ROOT}"
    if stamp.get("home") != home or not PYTHON.exists():
        _make_venv()
        stamp = {"home": home}
    # an environment for the tests serves the program as well
    wanted = [_digest(DEVELOPMENT)] if requirements == DEVELOPMENT else [_digest(RUNTIME), _digest(DEVELOPMENT)]
    if stamp.get("requirements") not in wanted:
        say(f"Installing the requirements from packaging/{requirements.name} (checked by hash) …")
        _pip(
            "--require-hashes",
            "--only-binary=:all:",
            "-r",
            requirements,
            failure="The requirements could not be installed.",
        )
        stamp["requirements"] = _digest(requirements)
        stamp.pop("project", None)
    if stamp.get("project") != _digest(*_RECIPES):
        say("Installing the project; its fonts are made once, which takes some seconds …")
        _pip(
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "--editable",
            ROOT,
            failure="The project could not be installed.",
        )
        stamp["project"] = _digest(*_RECIPES)
    elif compile_forms.stale() or compile_forms.orphans():
        run([PYTHON, PACKAGING / "compile_forms.py"], failure="A form in ui/ could not be compiled.")
    if stamp != _read_stamp():
        STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def hand_over(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Become the program in `.venv`; on Windows, where that is not possible, wait for it and answer its exit status."""
    command = [str(PYTHON), *arguments]
    # else all modules are compiled anew at every start
    env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], command, env)  # noqa: S606 - no shell is meant
    return subprocess.call(command, env=env)
