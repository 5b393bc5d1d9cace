"""The rules of the house, as tests. Each was broken once on purpose to see it fail."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import compile_forms
import grimp
import pytest

from desk_app import settings

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "desk_app"
FORMS = PROGRAM / "gui" / "forms"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [contract["name"] for contract in CONFIG["tool"]["importlinter"]["contracts"]]

# libraries without files, windows or network that domain/ may use beside the standard library
PURE_LIBRARIES = {"anyascii", "babel", "dateutil", "rapidfuzz", "snowballstemmer"}
WRITING_RINGS = {"documents", "storage", "settings.py"}
NETWORK = re.compile(
    r"(asyncio|ftplib|http|imaplib|requests|smtplib|socket|socketserver|ssl|urllib\.request)\b"
    r"|PySide6\.Qt(Network|NetworkAuth|WebSockets)\b"
)


def tool(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment."""
    return subprocess.run(
        [sys.executable, *map(str, words)], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def lint_imports(tree: Path) -> str:
    call = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = tool("-c", call, "--no-cache", ROOT / "pyproject.toml", cwd=tree)
    return done.stdout + done.stderr


@cache
def modules() -> dict[str, ast.Module]:
    """The hand-written modules of the program, parsed, by path below desk_app/."""
    return {
        path.relative_to(PROGRAM).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PROGRAM.rglob("*.py"))
        if FORMS not in path.parents
    }


def repository_texts() -> Iterator[tuple[str, str]]:
    """Path and text of what belongs to the repository, this file with its list of forbidden words aside."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


# --- imports -------------------------------------------------------------------------------------------------------


def test_imports_point_inwards_only() -> None:
    report = lint_imports(ROOT)
    assert [line for line in report.splitlines() if "BROKEN" in line] == []
    assert all(f"{name} KEPT" in report for name in CONTRACTS), report


# for each contract a line that breaks it, and the module that says it
TRESPASSES = {
    "Each ring knows only the rings below it": ("domain/trespass.py", "import desk_app.presenters"),
    "Qt stays in the window": ("documents/trespass.py", "import PySide6.QtCore"),
    "SQL stays in casework and storage": ("gui/trespass.py", "import sqlalchemy"),
    "File formats stay in documents": ("casework/trespass.py", "import openpyxl"),
    "Windows and commands go through casework": ("presenters/trespass.py", "import desk_app.storage"),
    "Only casework and storage touch the tables": ("gui/trespass_too.py", "import desk_app.storage.tables"),
    "No circles between siblings anywhere": ("storage/trespass.py", "import desk_app.storage.trespass_too"),
}


@pytest.fixture(scope="module")
def report_of_trespasses(tmp_path_factory: pytest.TempPathFactory) -> str:
    tree = tmp_path_factory.mktemp("trespasses")
    shutil.copytree(PROGRAM, tree / "desk_app", ignore=shutil.ignore_patterns("__pycache__"))
    for module, line in TRESPASSES.values():
        (tree / "desk_app" / module).write_text(f"{line}\n", encoding="utf-8")
    (tree / "desk_app/storage/trespass_too.py").write_text("import desk_app.storage.trespass\n", encoding="utf-8")
    return lint_imports(tree)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_trespass_is_noticed(name: str, report_of_trespasses: str) -> None:
    assert f"{name} BROKEN" in report_of_trespasses


def test_a_new_room_has_to_be_placed(tmp_path: Path) -> None:
    shutil.copytree(PROGRAM, tmp_path / "desk_app", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "desk_app" / "cellar.py").write_text("", encoding="utf-8")
    assert f"{CONTRACTS[0]} BROKEN" in lint_imports(tmp_path)


def test_domain_needs_only_the_standard_library_and_named_pure_libraries() -> None:
    graph = grimp.build_graph("desk_app", include_external_packages=True, cache_dir=None)
    inside = {module for module in graph.modules if module.startswith("desk_app.domain")}
    imported = {target for module in inside for target in graph.find_modules_directly_imported_by(module)}
    foreign = {target.partition(".")[0] for target in imported if not target.startswith("desk_app.")}
    assert inside
    assert foreign - {"__future__"} - set(sys.stdlib_module_names) - PURE_LIBRARIES == set()


def test_the_program_opens_no_connection() -> None:
    assert [found for name, tree in modules().items() for found in network_imports(name, tree)] == []


def network_imports(name: str, tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imported = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [f"{name}:{node.lineno} {each}" for each in imported if NETWORK.match(each)]
    return found


def test_a_connection_is_noticed() -> None:
    code = (
        "import socket\nfrom urllib import request\nfrom PySide6.QtNetwork import QTcpSocket\nfrom html import escape"
    )
    assert len(network_imports("x.py", ast.parse(code))) == 3


# --- types, lint, size ---------------------------------------------------------------------------------------------


def test_types_are_sound() -> None:
    done = tool("-m", "mypy", "--strict", "--no-error-summary")
    assert done.returncode == 0, done.stdout + done.stderr


def test_lint_finds_nothing() -> None:
    done = tool("-m", "ruff", "check", "--quiet", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_functions_and_classes_stay_small() -> None:
    limits = {ast.FunctionDef: 60, ast.AsyncFunctionDef: 60, ast.ClassDef: 250}
    large = []
    for name, tree in modules().items():
        if "migrations/versions" in name:  # a step of the schema is one list from top to bottom
            continue
        if (length := len((PROGRAM / name).read_text(encoding="utf-8").splitlines())) > 400:
            large.append(f"{name}: {length} lines")
        for node in ast.walk(tree):
            if isinstance(node, tuple(limits)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > limits[type(node)]:
                    large.append(f"{name}:{node.lineno} {node.name}: {lines} lines")
    assert large == []


# --- texts and files -----------------------------------------------------------------------------------------------

SHOWS_TEXT = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "addAction", "addButton", "addMenu",
    "addTab", "critical", "information", "question", "setAccessibleDescription", "setAccessibleName",
    "setInformativeText", "setLabelText", "setPlaceholderText", "setStatusTip", "setText", "setTitle", "setToolTip",
    "setWhatsThis", "setWindowTitle", "showMessage", "warning",
}  # fmt: skip
_WORD = re.compile(r"(?!Trittstein\b)\b[^\W\d_]{2,}")  # the program's name is the same in every language


def untranslated(name: str, tree: ast.Module) -> list[str]:
    """Literal words handed to something that shows them, not wrapped in `_()`."""
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if called not in SHOWS_TEXT:
            continue
        for argument in call.args:
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            found += [f"{name}:{call.lineno} {called}({text!r})" for text in texts if _WORD.search(text)]
    return found


def test_every_visible_text_can_be_translated() -> None:
    windows = {name: tree for name, tree in modules().items() if name.startswith("gui/")}
    assert [found for name, tree in windows.items() for found in untranslated(name, tree)] == []


def test_an_untranslated_text_is_noticed() -> None:
    shown = 'a.setText("Aufnahme"); QLabel(f"{n} Kinder")'
    fine = 'b.setText(""); c.setText("×"); QLabel(_("Ja")); d("Nein"); QLabel("Trittstein")'
    assert len(untranslated("x.py", ast.parse(shown))) == 2
    assert untranslated("x.py", ast.parse(fine)) == []


def file_writes(name: str, tree: ast.Module) -> list[str]:
    """Calls that write a file directly."""
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [each.value for each in [*call.args, *(word.value for word in call.keywords)]
                 if isinstance(each, ast.Constant) and isinstance(each.value, str)]  # fmt: skip
        opens_to_write = called == "open" and any(re.fullmatch(r"[rwaxbt+]*[wax+][rwaxbt+]*", text) for text in texts)
        if opens_to_write or called in {"write_text", "write_bytes"}:
            found.append(f"{name}:{call.lineno} {called}")
    return found


def test_only_documents_storage_and_settings_write_files() -> None:
    others = {name: tree for name, tree in modules().items() if name.split("/")[0] not in WRITING_RINGS}
    assert [found for name, tree in others.items() for found in file_writes(name, tree)] == []


def test_a_file_written_elsewhere_is_noticed() -> None:
    code = 'open(p, "w"); p.open(mode="ab"); p.write_text("x"); open(p); p.open("rb")'
    assert len(file_writes("x.py", ast.parse(code))) == 3


# written so that this file does not name them either
FORBIDDEN_WORDS = re.compile(
    r"py[p]i\.org|python[h]osted|deb\.[d]ebian|registry\.[n]pm|(?<![\w.])/(?:tmp|work|opt|root|home)/\w+", re.IGNORECASE
)


def test_the_repository_names_no_registry_and_no_machine() -> None:
    found = [f"{name}: {match[0]}" for name, text in repository_texts() for match in FORBIDDEN_WORDS.finditer(text)]
    assert found == []


def test_a_registry_or_machine_path_is_noticed() -> None:
    registry = "py" + "pi.org"
    text = f"see https://{registry}/x, /home/anna/notes and /tmp/x; not desk_app/work/, ../shared or /usr/share"
    assert len(FORBIDDEN_WORDS.findall(text)) == 3


def test_every_setting_of_the_machine_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [key for key in settings.KEYS if f"`{key}`" not in text] == []


# --- forms and packaging -------------------------------------------------------------------------------------------


def test_compiled_forms_are_fresh() -> None:
    drawn = {drawing.stem: compile_forms.compiled(drawing) for drawing in (ROOT / "ui").glob("*.ui")}
    made = {form.stem: form.read_text(encoding="utf-8") for form in FORMS.glob("*.py") if form.stem != "__init__"}
    assert made == drawn


def test_packaging_is_no_package() -> None:
    """With an __init__.py our folder would hide the library `packaging` from every tool run from the root."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


# --- the toolkit ---------------------------------------------------------------------------------------------------


def test_qt_takes_good_care_of_none(qapp: object) -> None:
    """PySide6 6.12.0 lost one reference to None per call of a slot on Python 3.11, until the process aborted."""
    from PySide6.QtCore import QObject, Signal

    class Bell(QObject):
        rung = Signal()

    bell = Bell()
    bell.rung.connect(lambda: None)
    before = sys.getrefcount(None)
    for _ in range(400):
        bell.rung.emit()
    assert sys.getrefcount(None) > before - 100
