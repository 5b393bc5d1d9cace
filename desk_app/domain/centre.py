"""The centre's own settings: its letterhead, the offices it writes to, and the limits it works with."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Office:
    """An office that receives placement requests, as it stands in an address field."""

    name: str = ""
    unit: str = ""
    street: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """What the centre says about itself. Empty texts are left out on paper.

    ``amber_after`` and ``red_after`` are days of waiting; ``retention_years`` are years after closing a file (the
    usual five follow VO-DV I § 9 as a comparison and are for the centre's data protection officer to set);
    ``confirm_after_months`` after so many months phone and address are asked for again, 0 for never.
    """

    name: str = "Kommunales Integrationszentrum"
    city: str = ""
    street: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""
    school_authority: Office = field(default_factory=lambda: Office("Fachberatung Integration", "Untere Schulaufsicht"))
    district_government: Office = field(default_factory=lambda: Office("Bezirksregierung", "Obere Schulaufsicht"))
    amber_after: int = 28
    red_after: int = 42
    retention_years: int = 5
    confirm_after_months: int = 6
    demo: bool = False

    def to_json(self) -> Json:
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self)}

    @classmethod
    def from_json(cls, data: Json) -> Centre:
        """Unknown keys are passed over, missing ones keep their default."""
        known = {item.name: data[item.name] for item in fields(cls) if item.name in data}
        for key in ("school_authority", "district_government"):
            if key in known:
                known[key] = Office(**known[key])
        return cls(**known)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    return value
