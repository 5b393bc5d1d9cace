"""Where the files in resources/ are: in a checkout, in an installed wheel and in a frozen build."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Folder holding icons, fonts, styles, locale, code lists and templates.

    A wheel and a frozen build carry a copy inside the package; an editable install reads the checkout,
    so that an edited file shows at once.
    """
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """A file or folder below `root()`, whether or not it exists."""
    return root().joinpath(*parts)


def read_text(*parts: str) -> str:
    """The UTF-8 text of a resource. Raises FileNotFoundError: a missing resource is a fault of the build."""
    return path(*parts).read_text(encoding="utf-8")


def font(name: str) -> Path:
    """A static font instance such as `NotoSans-Regular.ttf`, made by packaging/build_fonts.py."""
    return path("fonts", name)
