"""Ways to reach a family, checked lightly: kept as typed, and what looks wrong is said in a sentence."""

from __future__ import annotations

import re

from desk_app.domain.names import clean_name
from desk_app.i18n import _

_FEWEST_DIGITS = 5
_LABEL = re.compile(r"[^\W_]([\w-]*[^\W_])?")


def tidy(text: str) -> str:
    """The text as typed, without invisible characters and doubled spaces, which copied numbers and addresses carry."""
    return clean_name(text, place=True).text


def check_phone(text: str) -> str:
    """A German sentence about what is wrong with a phone number, "" if it may be one.

    Numbers from everywhere are written in every way, and often with a word beside them ("0176 … Mutter"), so only the
    number of digits counts.
    """
    digits = sum(char.isdecimal() for char in text)
    if not text.strip() or digits >= _FEWEST_DIGITS:
        return ""
    return _("Für eine Telefonnummer sind das zu wenige Ziffern.")


def phone_key(text: str) -> str:
    """The digits for comparing two numbers: "+49 176 1" and "0176/1" are the same."""
    plain = text if text.isascii() else tidy(text)
    international = plain.lstrip(" (").startswith("+")
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    if international:
        digits = "00" + digits
    # "+49 (0) 208" is a habit of German letterheads
    return re.sub(r"^00490?", "0", digits)


def check_email(text: str) -> str:
    """A German sentence about what is wrong with an e-mail address, "" if it may be one (or is empty)."""
    address = text.strip()
    name, at, host = address.partition("@")
    if not address:
        return ""
    if not at:
        return _("In der E-Mail-Adresse fehlt das @")
    if not name:
        return _("Vor @ fehlt der Name")
    if not host:
        return _("Nach @ fehlt der Anbieter")
    if "@" in host:
        return _("Das @ steht zweimal in der E-Mail-Adresse")
    if any(char.isspace() for char in address):
        return _("In der E-Mail-Adresse ist ein Leerzeichen")
    labels = host.split(".")
    if len(labels) < 2 or len(labels[-1]) < 2:
        return _("Nach dem Anbieter fehlt die Endung, etwa .de")
    if name.startswith(".") or name.endswith(".") or ".." in name or not all(map(_LABEL.fullmatch, labels)):
        return _("So sieht eine E-Mail-Adresse aus: name@anbieter.de")
    return ""


def check_postal_code(text: str) -> str:
    """A German sentence about what is wrong with a German postal code, "" if it has its five digits (or is empty)."""
    code = text.strip()
    if not code or (len(code) == 5 and code.isascii() and code.isdecimal()):
        return ""
    return _("Eine Postleitzahl hat fünf Ziffern, etwa 45468")
