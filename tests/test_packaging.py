"""The two commands prepare what is missing, do nothing twice, and say what they cannot do."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import build_fonts
import compile_forms
import pytest
import workshop
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PINS = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(.*?)\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def command(name: str) -> ModuleType:
    """packaging/start.py or packaging/test.py as a module; `test` by name would be the standard library's."""
    spec = importlib.util.spec_from_file_location(f"command_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(file: Path) -> dict[str, str]:
    return {name: version for name, version, _, _ in PINS.findall(file.read_text(encoding="utf-8"))}


# --- requirements --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [workshop.RUNTIME, workshop.DEVELOPMENT], ids=lambda file: file.name)
def test_every_requirement_is_pinned_by_hash(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "".join(match[0] for match in PINS.finditer(text)) == text


def test_the_pins_are_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    runtime, development = pins(workshop.RUNTIME), pins(workshop.DEVELOPMENT)
    for asked, pinned in (
        (project["dependencies"] + extras["setup"], runtime),
        (project["dependencies"] + extras["setup"] + extras["test"], development),
    ):
        for requirement in map(Requirement, asked):
            name = requirement.name.lower()
            assert requirement.specifier.contains(pinned[name]), f"{requirement} is pinned to {pinned[name]}"
    assert runtime.items() <= development.items()


# --- the environment -----------------------------------------------------------------------------------------------


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A checkout in an empty folder; commands are written down instead of run."""
    done: list[str] = []

    def run(command: list[Any], *, failure: str, env: object = None) -> None:
        done.append(" ".join(str(word) for word in command[3:] or command[1:]))

    def create(place: Path, **_: object) -> None:
        done.append("venv")
        workshop.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        workshop.PYTHON.touch()

    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(workshop, "ROOT", tmp_path)
    monkeypatch.setattr(workshop, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(workshop, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(workshop, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(workshop, "RUNTIME", tmp_path / "requirements.txt")
    monkeypatch.setattr(workshop, "DEVELOPMENT", tmp_path / "requirements-dev.txt")
    monkeypatch.setattr(workshop, "_RECIPES", (tmp_path / "pyproject.toml",))
    monkeypatch.setattr(workshop, "run", run)
    monkeypatch.setattr(workshop, "install_system_libraries", lambda: None)
    monkeypatch.setattr(workshop.venv, "create", create)
    return done


def kinds(steps: list[str]) -> list[str]:
    made = ["requirements" if "--require-hashes" in step else "project" if "--editable" in step else step
            for step in steps]  # fmt: skip
    steps.clear()
    return made


def test_the_first_run_installs_everything_and_the_second_nothing(steps: list[str]) -> None:
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps) == ["venv", "requirements", "project"]
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps) == []


def test_an_environment_for_the_tests_serves_the_program_too(steps: list[str]) -> None:
    workshop.prepare(workshop.DEVELOPMENT)
    steps.clear()
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps) == []


def test_the_tests_add_their_tools_to_the_environment_of_the_program(steps: list[str]) -> None:
    workshop.prepare(workshop.RUNTIME)
    steps.clear()
    workshop.prepare(workshop.DEVELOPMENT)
    assert kinds(steps) == ["requirements", "project"]


def test_changed_requirements_are_installed_and_a_changed_recipe_only_installs_the_project(steps: list[str]) -> None:
    workshop.prepare(workshop.RUNTIME)
    steps.clear()
    workshop.RUNTIME.write_text("changed", encoding="utf-8")
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps) == ["requirements", "project"]
    (workshop.ROOT / "pyproject.toml").write_text("changed", encoding="utf-8")
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps) == ["project"]


def test_an_installation_cut_short_is_done_again(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(workshop, "_pip", raising(workshop.SetupError("no network")))
        with pytest.raises(workshop.SetupError, match="no network"):
            workshop.prepare(workshop.RUNTIME)
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps)[-2:] == ["requirements", "project"]


def test_another_python_gets_a_new_environment(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    workshop.prepare(workshop.RUNTIME)
    steps.clear()
    workshop.PYTHON.unlink()
    workshop.PYTHON.parent.rmdir()
    workshop.prepare(workshop.RUNTIME)
    assert kinds(steps) == ["venv", "requirements", "project"]


def raising(error: Exception) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_failed_command_says_what_it_said() -> None:
    words = [sys.executable, "-c", "import sys; sys.exit('disk is full')"]
    with pytest.raises(workshop.SetupError, match=r"Could not\.\ndisk is full"):
        workshop.run(words, failure="Could not.")


# --- the machine ---------------------------------------------------------------------------------------------------


def test_only_libraries_the_machine_cannot_load_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(library: str) -> None:
        if library != "libGL.so.1":
            raise OSError(library)

    monkeypatch.setattr(workshop, "ctypes", SimpleNamespace(CDLL=load))
    assert workshop.missing_libraries({"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1"}) == ["libegl1"]


@pytest.mark.parametrize("obstacle", ["no apt-get", "not allowed"])
def test_what_may_not_be_installed_is_said_in_one_command(obstacle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop.shutil, "which", lambda _: None if obstacle == "no apt-get" else "/usr/bin/apt-get")
    monkeypatch.setattr(workshop, "_root_prefix", lambda: None)
    monkeypatch.setattr(workshop, "run", raising(AssertionError("nothing may be run")))
    with pytest.raises(workshop.SetupError, match=r"sudo apt-get install --no-install-recommends libegl1 libgl1$"):
        workshop.install_debian(["libegl1", "libgl1"], "Qt's libraries")


@pytest.mark.parametrize(
    ("platform", "env", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_recognised(platform: str, env: dict[str, str], screen: bool) -> None:
    assert workshop.has_screen(env, platform) is screen


# --- the two commands ----------------------------------------------------------------------------------------------


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the command would have become."""
    seen: dict[str, Any] = {}

    def hand_over(arguments: list[str], env: dict[str, str]) -> int:
        seen.update(arguments=arguments, platform=env.get("QT_QPA_PLATFORM"))
        return 7

    monkeypatch.setattr(workshop, "prepare", lambda requirements: seen.update(requirements=requirements))
    monkeypatch.setattr(workshop, "hand_over", hand_over)
    monkeypatch.setattr(workshop, "install_debian", lambda packages, _: seen.update(packages=packages))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return seen


@pytest.mark.parametrize(
    ("arguments", "screen", "becomes", "platform"),
    [
        ([], True, [], None),
        ([], False, ["demo", "trittstein-demo"], "offscreen"),
        (["check", "--store", "x"], True, ["check", "--store", "x"], None),
        (["check", "--store", "x"], False, ["check", "--store", "x"], "offscreen"),
    ],
)
def test_start_becomes_the_program(
    arguments: list[str],
    screen: bool,
    becomes: list[str],
    platform: str | None,
    handed_over: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(workshop, "has_screen", lambda: screen)
    assert command("start").main(arguments) == 7
    assert handed_over["arguments"] == ["-m", "desk_app", *becomes]
    assert handed_over["platform"] == platform
    assert ("kein Bildschirm" in capsys.readouterr().out) is (arguments != becomes)


def test_start_says_in_words_what_it_cannot_prepare(
    handed_over: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workshop, "prepare", raising(workshop.SetupError("Please run once: …")))
    assert command("start").main([]) == 1
    assert capsys.readouterr().err == "Please run once: …\n"
    assert handed_over == {}


def test_the_plain_test_command_says_what_it_leaves_out(
    handed_over: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("test").main(["--", "-k", "dates"]) == 7
    assert handed_over["arguments"][-4:] == ["-m", "not office and not long", "-k", "dates"]
    assert handed_over["requirements"] == workshop.DEVELOPMENT
    assert "office" in capsys.readouterr().out


def test_all_installs_the_large_programs_and_leaves_nothing_out(
    handed_over: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    test = command("test")
    monkeypatch.setattr(test.shutil, "which", lambda _: None)
    monkeypatch.setattr(test.sys, "platform", "linux")
    assert test.main(["--all"]) == 7
    assert handed_over["packages"] == ["libreoffice-calc", "poppler-utils", "calcurse", "khal"]
    assert "not office and not long" not in handed_over["arguments"]
    assert capsys.readouterr().out == ""


# --- forms, fonts and wheel ----------------------------------------------------------------------------------------

DRAWING = """<ui version="4.0"><class>Greeting</class><widget class="QDialog" name="Greeting">
<layout class="QVBoxLayout"><item>
<widget class="{kind}" name="hello"><property name="text"><string>Guten Tag</string></property></widget>
</item></layout></widget></ui>"""


@pytest.fixture
def drawings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compile_forms, "DRAWINGS", tmp_path / "ui")
    monkeypatch.setattr(compile_forms, "FORMS", tmp_path / "forms")
    compile_forms.DRAWINGS.mkdir()
    (compile_forms.DRAWINGS / "greeting.ui").write_text(DRAWING.format(kind="QLabel"), encoding="utf-8")
    return compile_forms.DRAWINGS


def test_a_form_is_compiled_with_our_gettext_and_only_when_its_drawing_changed(drawings: Path) -> None:
    compile_forms.main()
    form = compile_forms.FORMS / "greeting.py"
    text = form.read_text(encoding="utf-8")
    assert "from desk_app.i18n import _\n" in text
    assert '_(u"Guten Tag", None)' in text
    assert compile_forms.stale() == []
    os.utime(drawings / "greeting.ui", ns=(form.stat().st_mtime_ns + 1,) * 2)
    assert compile_forms.stale() == [drawings / "greeting.ui"]


def test_the_form_of_a_drawing_that_is_gone_goes_too(drawings: Path) -> None:
    compile_forms.main()
    (drawings / "greeting.ui").unlink()
    compile_forms.main()
    assert [form.name for form in compile_forms.FORMS.glob("*.py")] == ["__init__.py"]


def test_a_misspelt_widget_stops_the_compilation(drawings: Path) -> None:
    (drawings / "greeting.ui").write_text(DRAWING.format(kind="QLable"), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"greeting\.ui.*QLable"):
        compile_forms.main()


@pytest.mark.parametrize("family", build_fonts.FAMILIES)
def test_the_screen_and_the_paper_know_both_weights_of_a_font(family: str, qapp: object) -> None:
    from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
    from reportlab.pdfbase.ttfonts import TTFont

    for style, weight in build_fonts.STYLES.items():
        file = build_fonts.font_file(family, style)
        assert QFontDatabase.addApplicationFont(str(file)) >= 0
        font = QFont(family)
        font.setWeight(QFont.Weight(weight))
        assert (QFontInfo(font).family(), QFontInfo(font).weight()) == (family, weight)
        assert TTFont(file.stem, str(file)).face.name == file.stem.encode()


def test_a_wheel_carries_resources_and_forms_and_a_command(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        (entry_points,) = (archive.read(name).decode() for name in inside if name.endswith("entry_points.txt"))
    fonts = {f"desk_app/_resources/fonts/{font.name}" for font in build_fonts.FONTS.glob("*.ttf")}
    forms = {f"desk_app/gui/forms/{drawing.stem}.py" for drawing in compile_forms.DRAWINGS.glob("*.ui")}
    assert len(fonts) == 4
    assert fonts | forms | {"desk_app/__main__.py"} <= inside
    assert "trittstein = desk_app.__main__:main" in entry_points
