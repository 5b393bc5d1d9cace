"""The fields of the form of an offer, as data: sections, labels, kinds, how broad each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.i18n import N_


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    CODE = "code"
    TAGS = "tags"
    NUMBER = "number"
    EUROS = "euros"
    DAY = "day"
    YES_NO = "yes_no"
    ORGANISATION = "organisation"
    VENUE = "venue"
    VENUES = "venues"
    TIMES = "times"
    CONTACTS = "contacts"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Spec:
    """``name`` is the field in ``presenters.offer_form``; ``span`` counts of four columns."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    codes: str = ""
    span: int = 2
    hint: str = ""


SECTIONS: Final[tuple[tuple[str, tuple[Spec, ...]], ...]] = (
    (
        N_("Was"),
        (
            Spec("title", N_("Titel"), span=4),
            Spec("brief", N_("In einem Satz"), span=4),
            Spec("text", N_("Beschreibung"), Kind.LONG, span=4),
            Spec("organisation", N_("Träger"), Kind.ORGANISATION),
            Spec("alternative_title", N_("Anderer Titel")),
            Spec("topics", N_("Themen"), Kind.TAGS, "offer_topics", span=4),
            Spec("kind", N_("Einzeln oder Gruppe"), Kind.CODE, "offer_kinds", span=1),
            Spec("mode", N_("Wie es stattfindet"), Kind.CODE, "offer_modes", span=1),
            Spec("goal", N_("Abschluss, Ziel")),
        ),
    ),
    (
        N_("Für wen"),
        (
            Spec("audiences", N_("Zielgruppe"), Kind.TAGS, "offer_audiences"),
            Spec("for_whom", N_("Für wen, in Worten")),
            Spec("eligibility", N_("Wer teilnehmen kann, wie das Angebot es sagt"), Kind.LONG, span=4),
            Spec("youngest", N_("Alter ab"), Kind.NUMBER, span=1),
            Spec("oldest", N_("Alter bis"), Kind.NUMBER, span=1),
            Spec("rules", N_("Bedingungen: in einem Weg gelten alle, von mehreren Wegen reicht einer"), Kind.RULES,
                 span=4),
        ),
    ),
    (
        N_("Wann"),
        (
            Spec("times", N_("Zeiten"), Kind.TIMES, span=4),
            Spec("times_words", N_("Zeiten in Worten")),
            Spec("valid_from", N_("Findet statt ab"), Kind.DAY, span=1),
            Spec("valid_to", N_("bis"), Kind.DAY, span=1),
        ),
    ),
    (
        N_("Wo, bei wem, wie anmelden"),
        (
            Spec("places", N_("Orte"), Kind.VENUES),
            Spec("room", N_("Raum")),
            Spec("contacts", N_("Kontakte"), Kind.CONTACTS, span=4),
            Spec("registration_way", N_("Anmeldung"), Kind.CODE, "offer_registrations", span=1),
            Spec("registration_words", N_("Anmeldung in Worten"), span=3),
            Spec("registration_place", N_("Anmelden bei (Ort)"), Kind.VENUE),
            Spec("email", N_("E-Mail"), span=1),
            Spec("web", N_("Internet"), span=1),
        ),
    ),
    (
        N_("Gut zu wissen"),
        (
            Spec("cost_kind", N_("Kosten"), Kind.CODE, "offer_costs", span=1),
            Spec("cost_amount", N_("Betrag in Euro"), Kind.EUROS, span=1),
            Spec("cost_words", N_("Kosten in Worten")),
            Spec("languages_staff", N_("Dort gesprochene Sprachen"), Kind.TAGS, "languages"),
            Spec("languages_interpreter", N_("Dolmetschen möglich"), Kind.TAGS, "languages"),
            Spec("languages_material", N_("Material in"), Kind.TAGS, "languages"),
            Spec("papers", N_("Mitzubringen, eine Zeile je Unterlage"), Kind.LONG),
            Spec("child_care", N_("Kinderbetreuung"), Kind.YES_NO, span=1),
            Spec("child_care_words", N_("Kinderbetreuung in Worten"), span=3),
            Spec("capacity_total", N_("Plätze"), Kind.NUMBER, span=1),
            Spec("capacity_free", N_("davon frei"), Kind.NUMBER, span=1),
            Spec("waiting_list", N_("Warteliste"), Kind.YES_NO),
            Spec("alert", N_("Hinweis, der zurzeit gilt"), span=3),
            Spec("alert_until", N_("gilt bis"), Kind.DAY, span=1),
            Spec("follow_up_days", N_("Nachfragen nach Tagen"), Kind.NUMBER, span=1),
        ),
    ),
)  # fmt: skip


def choices_for(codes: str) -> list[tuple[str, str]]:
    """The entries of a code list."""
    return [(code.key, code.label) for code in code_list(codes).entries]
