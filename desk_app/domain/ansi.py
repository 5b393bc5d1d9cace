"""Names in Windows-1252, which holds 121 of the 649 letters of DIN 91379: what stands for each of the others.

The substitutes are the search form of DIN 91379 in the case of the letter (ğ→g, Ș→S, ə→e); signs that only mark a sound
become an apostrophe. What the standard gives no form for is not romanised: such a text cannot be written at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desk_app.domain.names import letters_of, search_form

WINDOWS_1252 = "cp1252"

_SIGNS = dict.fromkeys("ʹʾʿˈˌʼʻ′‘", "'") | dict.fromkeys("ʺ″", '"') | dict.fromkeys("‐‑−", "-")
_ALWAYS_CAPITAL = "IJ"


@dataclass(frozen=True, slots=True)
class Written:
    """A text in Windows-1252, the letters that gave way in it, and those that nothing can stand for."""

    text: str
    swapped: tuple[tuple[str, str], ...]
    """Letter and substitute, each pair once."""
    lost: tuple[str, ...]
    """If there are any, `text` lacks them and must not be used."""


def in_windows_1252(text: str) -> Written:
    """`text` (in NFC) as far as Windows-1252 can hold it."""
    pairs = list(_pairs(text))
    swapped = [(letter, stand_in) for letter, stand_in in pairs if stand_in and stand_in != letter]
    lost = [letter for letter, stand_in in pairs if not stand_in]
    kept = "".join(stand_in for _letter, stand_in in pairs)
    return Written(kept, tuple(dict.fromkeys(swapped)), tuple(dict.fromkeys(lost)))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with what is written for it, empty where there is nothing."""
    if text.isascii():
        yield from zip(text, text, strict=True)
        return
    shouted = text.isupper()
    for letter in letters_of(text):
        yield letter, letter if _fits(letter) else _SIGNS.get(letter) or _stand_in(letter, shouted)


def _fits(letter: str) -> bool:
    try:
        letter.encode(WINDOWS_1252)
    except UnicodeEncodeError:
        return False
    return True


def _stand_in(letter: str, shouted: bool) -> str:
    form = search_form(letter)
    if not (form.isascii() and form.isalpha()):
        return ""
    if not letter[0].isupper():
        return form.lower()
    return form if shouted or form == _ALWAYS_CAPITAL else form.capitalize()
