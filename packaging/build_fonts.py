"""Cut the static fonts of the program out of the variable ones in fontpkg-noto-sans and fontpkg-noto-sans-arabic.

Qt registers only the default instance of a variable font and ReportLab reads none at all, so two weights are
made at the width of the design (94 of 100). The packages carry the fonts (SIL Open Font License 1.1);
nothing is copied into the repository. By hand: `python packaging/build_fonts.py`.
"""

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
WIDTH = 94
STYLES = {"Regular": 400, "SemiBold": 600}
FAMILIES = {"Noto Sans": "fontpkg-noto-sans", "Noto Sans Arabic": "fontpkg-noto-sans-arabic"}

_MADE_FROM = FONTS / ".made-from"
# numbers in a font's `name` table (OpenType specification)
_FAMILY, _SUBFAMILY, _UNIQUE, _FULL, _POSTSCRIPT, _TYPO_FAMILY, _TYPO_SUBFAMILY = 1, 2, 3, 4, 6, 16, 17
_VARIATIONS_PREFIX = 25
# bits of OS/2.fsSelection
_BOLD, _REGULAR = 1 << 5, 1 << 6


def font_file(family: str, style: str) -> Path:
    """Where one static font belongs."""
    return FONTS / f"{family.replace(' ', '')}-{style}.ttf"


def fingerprint() -> str:
    """What the fonts are made from: the versions of their packages and this recipe."""
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    return " ".join([*(f"{package}={version(package)}" for package in FAMILIES.values()), f"recipe={recipe}"])


def up_to_date() -> bool:
    """Whether all fonts are there and made from what is installed now."""
    if not _MADE_FROM.exists() or _MADE_FROM.read_text(encoding="utf-8") != fingerprint():
        return False
    return all(font_file(family, style).exists() for family in FAMILIES for style in STYLES)


def _variable_font(package: str) -> Path:
    spec = find_spec(package.replace("-", "_"))
    assert spec is not None, f"{package} is not installed"
    assert spec.origin is not None
    upright = [file for file in Path(spec.origin).parent.glob("files/*.ttf") if "Italic" not in file.name]
    assert len(upright) == 1, f"{package} holds {len(upright)} upright fonts; one was expected"
    return upright[0]


def _name_instance(font: Any, family: str, style: str) -> None:
    """Give the instance names under which Qt sees one family with two weights."""
    regular = style == "Regular"
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {
        _FAMILY: family if regular else f"{family} {style}",
        _SUBFAMILY: "Regular",
        _UNIQUE: f"{postscript};width {WIDTH}",
        _FULL: f"{family} {style}",
        _POSTSCRIPT: postscript,
    }
    if not regular:
        names |= {_TYPO_FAMILY: family, _TYPO_SUBFAMILY: style}
    table = font["name"]
    for number in (_TYPO_FAMILY, _TYPO_SUBFAMILY, _VARIATIONS_PREFIX):
        table.removeNames(nameID=number)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    table.removeUnusedNames(font)


def _cut(family: str, style: str) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(_variable_font(FAMILIES[family]), recalcTimestamp=False)
    font = instancer.instantiateVariableFont(font, {"wght": STYLES[style], "wdth": WIDTH}, inplace=True)
    del font["STAT"]
    _name_instance(font, family, style)
    font["OS/2"].usWeightClass = STYLES[style]
    # asked for "Noto Sans" Qt must not look for a wider cut, so the width is called normal
    font["OS/2"].usWidthClass = 5
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~_BOLD) | _REGULAR
    font["head"].macStyle = 0
    target = font_file(family, style)
    part = target.with_suffix(f".{os.getpid()}.part")
    font.save(part)
    part.replace(target)


def main() -> None:
    """Make the fonts that are missing or made from something else."""
    if up_to_date():
        return
    FONTS.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # each cut takes seconds of computing
        list(pool.map(_cut, *zip(*((family, style) for family in FAMILIES for style in STYLES), strict=True)))
    _MADE_FROM.write_text(fingerprint(), encoding="utf-8")


if __name__ == "__main__":
    main()
