"""Settings of a machine survive crashes, later versions and clumsy editing."""

import tomllib
from pathlib import Path

import pytest

from desk_app import settings
from desk_app.settings import Settings

OWN = Settings(
    last_store=Path("/srv/Lübeck „neu“"),
    theme="dark",
    text_scale=125,
    lock_after=2,
    key_letters=False,
    hide_from_capture=False,
    language="tr",
    lists=("families: name=31 people=28", "placements: name=24"),
)


def test_what_is_saved_is_read_again(own_settings: Path) -> None:
    settings.save(OWN)
    assert settings.load() == OWN
    assert settings.load().note == ""
    assert [file.name for file in own_settings.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "place", ['C:\\Büro\\"neu"', "/srv/a = b # c", "/srv/zwei\nZeilen\u2028drei", "/srv/\x7f\U0001f600"]
)
def test_every_reader_of_toml_reads_the_same(place: str, own_settings: Path) -> None:
    settings.save(OWN._replace(last_store=Path(place)))
    by_others = tomllib.loads((own_settings / "settings.toml").read_text(encoding="utf-8"))
    assert by_others["last_store"] == place == str(settings.load().last_store)
    assert by_others["lists"] == list(settings.load().lists)


def test_a_first_start_has_defaults_and_nothing_to_say() -> None:
    assert settings.load() == Settings()
    assert settings.load().note == ""


def test_a_store_that_was_forgotten_is_not_written(own_settings: Path) -> None:
    settings.save(OWN)
    settings.save(Settings())
    assert "last_store" not in (own_settings / "settings.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["theme = ", "\x00\x01", "theme = 'dark'\ntheme = 'light'", b"\xff\xfe"])
def test_a_broken_file_gives_defaults_says_so_and_is_kept(text: str | bytes, own_settings: Path) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    own_settings.mkdir()
    (own_settings / "settings.toml").write_bytes(raw)
    found = settings.load()
    assert found == Settings(note=found.note)
    assert "Voreinstellungen" in found.note
    settings.save(OWN)
    assert settings.load() == OWN
    assert (own_settings / "settings.toml.defekt").read_bytes() == raw


@pytest.mark.parametrize(
    "line",
    ["theme = 'pink'", "theme = []", "text_scale = 400", "text_scale = true", "text_scale = 100.5", "key_letters = 1",
     "hide_from_capture = 'no'",
     "lock_after = 60", "lock_after = 0", "lock_after = true",
     "language = 'Deutsch'", "last_store = 3", "lists = 'families'", "lists = [3]"],
)  # fmt: skip
def test_an_invalid_value_gives_its_default_and_leaves_the_others(line: str, own_settings: Path) -> None:
    key = line.partition(" ")[0]
    own_settings.mkdir()
    other = "key_letters = false" if key != "key_letters" else "text_scale = 110"
    (own_settings / "settings.toml").write_text(f"{line}\n{other}\n", encoding="utf-8")
    found = settings.load()
    assert getattr(found, key) == getattr(Settings(), key)
    assert found != Settings()
    assert found.note


def test_what_a_later_version_wrote_is_kept(own_settings: Path) -> None:
    own_settings.mkdir()
    foreign = '# by hand\nzoom = [1, 2]\n[window]\ntheme = "of the window"\n'
    (own_settings / "settings.toml").write_text(f'theme = "light"\n{foreign}', encoding="utf-8")
    assert settings.load().theme == "light"
    settings.save(OWN)
    assert (own_settings / "settings.toml").read_text(encoding="utf-8").endswith(foreign)
    assert settings.load() == OWN


def test_a_save_that_fails_leaves_the_old_file(own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(OWN)

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        settings.save(Settings())
    assert settings.load() == OWN
    assert [file.name for file in own_settings.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("platform", "env", "place"),
    [
        ("linux", {}, "home/.config/trittstein"),
        ("linux", {"XDG_CONFIG_HOME": "relative"}, "home/.config/trittstein"),
        ("darwin", {}, "home/Library/Application Support/Trittstein"),
        ("win32", {}, "home/AppData/Roaming/Trittstein"),
        ("win32", {"APPDATA": "roaming"}, "roaming/Trittstein"),
        ("win32", {"TRITTSTEIN_CONFIG": "own"}, "own"),
    ],
)
def test_the_folder_follows_the_habit_of_the_system(platform: str, env: dict[str, str], place: str) -> None:
    assert settings.folder(env, platform, Path("home")) == Path(place)
