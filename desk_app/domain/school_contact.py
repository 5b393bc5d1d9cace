"""Who has custody of a child and how the family is reached, as the files for schools hold it.

One row of guardians covers two people at one address. Kinds of guardians are standard words only: an import makes a
new catalogue entry of every other word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from desk_app.domain.child import ChildView, is_protected
from desk_app.domain.code_lists import code_list
from desk_app.domain.contact import phone_key
from desk_app.domain.records import Record, RecordKind
from desk_app.domain.schild import Loss, LossKind
from desk_app.i18n import N_, _

_PARENTS = frozenset({"mother", "father"})
_KINDS = _PARENTS | {"guardian", "foster"}
_INSTITUTIONS = frozenset({"youth_office", "guardian"})
_HOUSE = re.compile(r"(\d+)\s*(.*)", re.DOTALL)
_PAIR = 2
_COLUMN = N_("Erziehungsberechtigte")


def address_values(address: Record) -> dict[str, str]:
    """An address in one line and in parts; postal code and town only together, since each demands the other."""
    street, number = address.text("street"), address.text("house_number")
    parts = _HOUSE.fullmatch(number.strip())
    code, city = address.text("postal_code"), address.text("city")
    whole = bool(code and city)
    return {
        "street": " ".join(part for part in (street, number) if part),
        "street_name": street,
        "house_number": parts[1] if parts else number,
        "house_suffix": parts[2] if parts else "",
        "postal_code": code if whole else "",
        "city": city if whole else "",
        "district": code_list("districts").label(address.text("district")),
    }


def guardian_rows(child: ChildView) -> tuple[tuple[Mapping[str, str], ...], tuple[Loss, ...]]:
    """The rows of guardians, the family's address first, and what is not known for certain about them."""
    said: list[tuple[LossKind, str]] = []
    named = []
    for adult in child.guardians:
        if _surname(adult):
            named.append(adult)
        else:
            says = _("Von einer sorgeberechtigten Person fehlt der Nachname. Sie steht nicht in den Dateien.")
            said.append((LossKind.BLANK, says))
    if not child.guardians and child.guardian_kind != "self":
        said.append((LossKind.OPEN, _("In der Akte ist niemand als sorgeberechtigt vermerkt.")))
    rows = []
    for people in _households(named):
        kind = _kind(people, child)
        if not kind:
            said.append((LossKind.OPEN, _("Die Erzieherart lässt sich nicht mit den üblichen Wörtern sagen.")))
        if people[0].text("own_address") and not child.protected:
            says = _("Eine sorgeberechtigte Person wohnt woanders. Ihre Anschrift erfragen Sie bitte.")
            said.append((LossKind.BLANK, says))
        rows.append({"kind": kind, **_people(people, child), **_where(people[0], child)})
    number = child.request.text("number") if child.request else ""
    return tuple(rows), tuple(Loss(number, kind, _(_COLUMN), says) for kind, says in dict.fromkeys(said))


def phone_rows(child: ChildView) -> tuple[Mapping[str, str], ...]:
    """Each number once with whose it is; none where the address is protected.

    The number of a contact person stays here: that person was not asked whether a school may have it.
    """
    if child.protected:
        return ()
    numbers = [(child.text("phone"), _("Familie"))]
    numbers += [(adult.text("own_phone"), code_list("roles").label(adult.text("role"))) for adult in child.guardians]
    numbers += [(child.text("emergency_phone"), _("Notfall"))]
    rows: dict[str, Mapping[str, str]] = {}
    for phone, whose in numbers:
        if phone:
            rows.setdefault(phone_key(phone), {"phone": phone, "kind": whose or _("Familie")})
    return tuple(rows.values())


def _households(adults: Sequence[Record]) -> list[tuple[Record, ...]]:
    """Two at most who live together; those who live elsewhere come last and each alone."""
    together = [adult for adult in adults if not adult.text("own_address")]
    pairs = [tuple(together[place : place + _PAIR]) for place in range(0, len(together), _PAIR)]
    return [*pairs, *((adult,) for adult in adults if adult.text("own_address"))]


def _kind(people: Sequence[Record], child: ChildView) -> str:
    roles = {row.text("role") for row in people}
    if len(people) == _PAIR and roles <= _PARENTS:
        key = "parents"
    else:
        key = next(iter(roles)) if len(roles) == 1 else ""
        key = key if key in _KINDS else ""
    if not key and len(child.guardians) == len(people):
        key = child.guardian_kind
    return code_list("guardian_kinds").label(key) if key != "self" else ""


def _people(people: Sequence[Record], child: ChildView) -> dict[str, str]:
    values: dict[str, str] = {}
    for place, adult in enumerate(people, 1):
        single = not adult.text("family_name")
        values |= {
            f"salutation_{place}": code_list("salutations").label(adult.text("salutation")),
            f"family_name_{place}": _surname(adult),
            f"given_name_{place}": "" if single else adult.text("given_name"),
            f"email_{place}": "" if child.protected else adult.text("own_email"),
        }
    return values


def _surname(adult: Record) -> str:
    """The family name, the only name of somebody who has but one, or the office that has custody."""
    if adult.text("family_name"):
        return adult.text("family_name")
    if adult.flag("single_name"):
        return adult.text("given_name")
    return adult.text("organisation") if adult.text("role") in _INSTITUTIONS else ""


def _where(adult: Record, child: ChildView) -> dict[str, str]:
    if child.protected or adult.text("own_address"):
        return {}
    own = child.file.all(RecordKind.ADDRESS, adult.id)
    address = next(iter((*own, *child.file.all(RecordKind.ADDRESS))), None)
    return address_values(address) if address is not None and not is_protected(address) else {}
