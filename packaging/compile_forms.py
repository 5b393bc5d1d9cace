"""Compile ui/*.ui to desk_app/gui/forms/*.py with Qt's own `uic`.

Called by packaging/start.py and test.py, by the hatch build hook, by tests/conftest.py, and by hand:
`python packaging/compile_forms.py`. Only what is older than its drawing is made again. Standard library only,
and PySide6 is looked for rather than imported, so that asking costs nothing.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "ui"
FORMS = ROOT / "desk_app" / "gui" / "forms"

_INIT = '"""Forms compiled from ui/ by packaging/compile_forms.py; never edited, never committed."""\n'


def uic() -> Path:
    """Qt's form compiler inside the PySide6 package. The script `pyside6-uic` does the same 20 times slower."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise SystemExit("PySide6 is not installed here; run packaging/start.py or packaging/test.py.")
    package = Path(spec.origin).parent
    return package / "uic.exe" if sys.platform == "win32" else package / "Qt" / "libexec" / "uic"


def compiled(drawing: Path) -> str:
    """The Python text of one form, its texts going through our gettext.

    `uic` exits with 0 even when it does not know a class and only grumbles; any grumbling is an error here.
    """
    command = [uic(), "-g", "python", "--tr", "_", "--no-autoconnection", drawing]
    made = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if made.returncode or made.stderr:
        raise SystemExit(f"{drawing.name}: {made.stderr.strip() or f'uic ended with {made.returncode}'}")
    return made.stdout.replace("\nfrom PySide6", "\nfrom desk_app.i18n import _\nfrom PySide6", 1)


def stale() -> list[Path]:
    """The drawings whose form is missing or older than the drawing or this script."""
    recipe = Path(__file__).stat().st_mtime_ns
    found = []
    for drawing in sorted(DRAWINGS.glob("*.ui")):
        form = FORMS / f"{drawing.stem}.py"
        if not form.exists() or form.stat().st_mtime_ns < max(recipe, drawing.stat().st_mtime_ns):
            found.append(drawing)
    return found


def orphans() -> list[Path]:
    """Forms whose drawing is gone."""
    drawn = {drawing.stem for drawing in DRAWINGS.glob("*.ui")}
    return [form for form in FORMS.glob("*.py") if form.stem not in drawn and form.name != "__init__.py"]


def main() -> None:
    """Bring the forms up to date with the drawings."""
    for form in orphans():
        form.unlink()
    if DRAWINGS.is_dir():
        FORMS.mkdir(parents=True, exist_ok=True)
        (FORMS / "__init__.py").write_text(_INIT, encoding="utf-8")
    for drawing in stale():
        (FORMS / f"{drawing.stem}.py").write_text(compiled(drawing), encoding="utf-8")


if __name__ == "__main__":
    main()
