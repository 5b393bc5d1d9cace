"""Settings of this machine: how the program looks here and which store it opened last. Nothing personal.

They live as `settings.toml` in the user's configuration folder. Settings of a centre are in its store.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from desk_app.i18n import N_

FILE_NAME = "settings.toml"
THEMES = ("system", "light", "dark")
TEXT_SCALE = range(90, 151)
LOCK_AFTER = range(1, 6)

_UNREADABLE = N_(
    "Die Einstellungen dieses Rechners waren nicht lesbar. Es gelten die Voreinstellungen; "
    "die Daten der Familien sind davon nicht berührt."
)
_REPLACED = N_("Einzelne Einstellungen dieses Rechners waren ungültig. Dort gelten die Voreinstellungen.")
_TOP_LEVEL_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


class Settings(NamedTuple):
    """Values always valid; `note` is a German sentence for the user when the file had to be put right."""

    last_store: Path | None = None
    theme: str = "system"
    text_scale: int = 100  # per cent
    lock_after: int = 5  # minutes without input; a machine with a battery locks sooner in any case
    key_letters: bool = True  # whether actions show the letter that triggers them
    hide_from_capture: bool = True  # whether the open desk stays out of pictures of the screen, where that can be had
    language: str = "de"  # ISO 639-1
    lists: tuple[str, ...] = ()  # the columns somebody chose, one list each: "families: name=31 people=28"
    note: str = ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


# what each key may hold in the file
_VALID: dict[str, Callable[[Any], bool]] = {
    "last_store": _is_text,
    "theme": lambda value: value in THEMES,
    "text_scale": lambda value: type(value) is int and value in TEXT_SCALE,
    "lock_after": lambda value: type(value) is int and value in LOCK_AFTER,
    "key_letters": lambda value: isinstance(value, bool),
    "hide_from_capture": lambda value: isinstance(value, bool),
    "language": lambda value: _is_text(value) and len(value) == 2 and value.isalpha(),
    "lists": _are_texts,
}
KEYS = tuple(_VALID)


def folder(env: Mapping[str, str] = os.environ, platform: str = sys.platform, home: Path | None = None) -> Path:
    """The user's configuration folder of the program, by the habit of the system; `TRITTSTEIN_CONFIG` comes first."""
    home = home or Path.home()
    if own := env.get("TRITTSTEIN_CONFIG"):
        return Path(own)
    if platform == "win32":
        return Path(env.get("APPDATA") or home / "AppData" / "Roaming") / "Trittstein"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Trittstein"
    given = Path(env.get("XDG_CONFIG_HOME", ""))
    # the XDG Base Directory Specification asks that relative paths be ignored
    return (given if given.is_absolute() else home / ".config") / "trittstein"


def load(place: Path | None = None) -> Settings:
    """The settings in `place` (default: `folder()`). Never fails: what cannot be read gets its default and a note."""
    file = (place or folder()) / FILE_NAME
    try:
        found = _read(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        return Settings(note=_UNREADABLE)
    known = {key: found[key] for key in KEYS if key in found}
    valid = {key: value for key, value in known.items() if _VALID[key](value)}
    note = "" if valid == known else _REPLACED
    if "last_store" in valid:
        valid["last_store"] = Path(valid["last_store"])
    if "lists" in valid:
        valid["lists"] = tuple(valid["lists"])
    return Settings(**valid, note=note)


def save(settings: Settings, place: Path | None = None) -> None:
    """Write the settings so that a crash leaves the old or the new file; lines we do not know are kept.

    Raises OSError when the folder cannot be written. A file that could not be read is kept beside as `.defekt`.
    """
    place = place or folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = place / FILE_NAME
    text = _merged(_readable_text(file), settings)
    handle, part = tempfile.mkstemp(dir=place, prefix=FILE_NAME, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).replace(file)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _read(text: str) -> dict[str, Any]:
    """The keys of the file. Raises ValueError where it is no TOML.

    As long as nobody wrote into it there are only lines such as `_toml` makes, and JSON can read those; the parser of
    TOML would have to be loaded, which takes longer than all else that is done with the file.
    """
    try:
        lines = [line.partition(" = ") for line in text.splitlines()]
        found = {key: json.loads(value) for key, _, value in lines}
        if len(found) == len(lines) and found.keys() <= set(KEYS):
            return found
    except ValueError:
        pass
    import tomllib

    return tomllib.loads(text)


def _readable_text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        _read(text)
    except FileNotFoundError:
        return ""
    except ValueError:
        file.replace(file.with_name(f"{FILE_NAME}.defekt"))
        return ""
    return text


def _merged(old: str, settings: Settings) -> str:
    """`old` with our keys set; other keys, comments and tables of a later version stay as they are."""
    lines = old.splitlines()
    tables = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    kept = [line for line in lines[:tables] if not _is_ours(line)]
    ours = [f"{key} = {_toml(getattr(settings, key))}" for key in KEYS if getattr(settings, key) is not None]
    return "\n".join([*ours, *kept, *lines[tables:]]) + "\n"


def _is_ours(line: str) -> bool:
    key = _TOP_LEVEL_KEY.match(line)
    return key is not None and key[1] in KEYS


def _toml(value: str | int | bool | Path | tuple[str, ...]) -> str:
    """A TOML value; JSON writes text, numbers and truth values the same way, save for the DEL character."""
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False).replace("\x7f", "\\u007f")


assert set(KEYS) == set(Settings._fields) - {"note"}
