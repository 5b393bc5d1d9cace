"""The catalogue of everything an intake asks, each question once.

Tables, forms, the list of what is missing, the audit's field names and the exports all read it. Residence status,
religion, diagnoses, suspected special needs, photos, the AZR number and guardians' birth dates as a demand are not
collected and therefore have no field (Art. 5(1)(c) GDPR; VO-DV I Anlage 1 knows no residence status).
"""

from __future__ import annotations

from functools import cache

from desk_app.domain.child_fields import CHILD_HEALTH, CHILD_LANGUAGE, CHILD_PLACE, CHILD_SCHOOL
from desk_app.domain.fields import Audience, Field, FieldType, Section
from desk_app.domain.records import RecordKind
from desk_app.i18n import N_

_K, _T = RecordKind, FieldType
_FAM, _PER, _ARR, _LAN, _SCH, _DOC, _CON, _NOT = Section
_CHILDREN, _ADULTS = Audience.CHILDREN, Audience.ADULTS

NOT_COLLECTED = {
    30: "religion",
    32: "photo",
    50: "guardian birth date",
    61: "residence status",
    62: "validity of a residence document",
    63: "AZR number",
    98: "suspected special needs",
    107: "disability, illness, therapy",
}
"""Rows of the field list that the program refuses to know (level X, or without a need for the request)."""

DERIVED = {
    10: "date of the event 'sent'",
    11: "newest event of the request",
    57: "the other children of the household",
    96: "distance from address to school",
    99: "event 'assigned'",
    100: "date of the event 'assigned'",
    101: "date of the event 'admitted'",
}
"""Rows that are worked out or kept as dated events, so nobody types them."""

_HOUSEHOLD = (
    Field("file_number", _K.HOUSEHOLD, _FAM, N_("Aktenzeichen"), level=1, rows=(1,)),
    Field("family_name", _K.HOUSEHOLD, _FAM, N_("Familienname"), _T.NAME),
    Field("first_contact_on", _K.HOUSEHOLD, _FAM, N_("Erster Kontakt"), _T.DAY, 1, (2,)),
    Field("reported_by", _K.HOUSEHOLD, _FAM, N_("Gemeldet durch"), _T.CODE, 2, (3,), "reporters"),
    Field("appointment_at", _K.HOUSEHOLD, _FAM, N_("Beratung am"), _T.INSTANT, 1, (4,)),
    Field("appointment_status", _K.HOUSEHOLD, _FAM, N_("Termin"), _T.CODE, 2, (5,), "appointment_states"),
    Field("counsellor", _K.HOUSEHOLD, _FAM, N_("Beratung durch"), _T.CODE, 1, (6,), "users"),
    Field("conversation_mode", _K.HOUSEHOLD, _FAM, N_("Gesprächsform"), _T.CODE, 3, (9,), "conversation_modes"),
    Field("contact_way", _K.HOUSEHOLD, _FAM, N_("Kontakt am besten per"), _T.CODE, codes="contact_ways"),
    Field("reachable", _K.HOUSEHOLD, _FAM, N_("Erreichbar")),
    Field("contact_name", _K.HOUSEHOLD, _FAM, N_("Kontaktperson mit Deutsch"), rows=(43,)),
    Field("contact_phone", _K.HOUSEHOLD, _FAM, N_("Telefon der Kontaktperson"), rows=(43,)),
    Field("emergency_name", _K.HOUSEHOLD, _FAM, N_("Notfallkontakt"), rows=(44,)),
    Field("emergency_phone", _K.HOUSEHOLD, _FAM, N_("Telefon im Notfall"), rows=(44,)),
    Field("interpreter_kind", _K.HOUSEHOLD, _LAN, N_("Dolmetschen"), _T.CODE, 2, (7,), "interpreter_kinds"),
    Field("interpreter_name", _K.HOUSEHOLD, _LAN, N_("Wer dolmetscht"), rows=(7,), level=2),
    Field("interpreter_language", _K.HOUSEHOLD, _LAN, N_("Sprache beim Dolmetschen"), _T.CODE, 2, (7,), "languages"),
    Field("conversation_language", _K.HOUSEHOLD, _LAN, N_("Gesprächssprache"), _T.CODE, 2, (8,), "languages"),
    Field("internal_note", _K.HOUSEHOLD, _NOT, N_("Interne Notiz"), _T.LONG, 3, (14,)),
    Field("delete_on", _K.HOUSEHOLD, _CON, N_("Löschen prüfen am"), _T.DAY, 2, (114,)),
)

_SHARED = (
    Field("phone", _K.HOUSEHOLD, _FAM, N_("Telefon"), level=1, rows=(41,), shared=True),
    Field("email", _K.HOUSEHOLD, _FAM, N_("E-Mail"), rows=(42,), shared=True),
    Field("guardian_kind", _K.HOUSEHOLD, _PER, N_("Art der Sorge"), _T.CODE, 1, (45,), "guardian_kinds", shared=True),
    Field("entry_date", _K.HOUSEHOLD, _ARR, N_("Einreise nach Deutschland"), _T.SPAN, 1, (58,), shared=True),
    Field("arrival_in_city", _K.HOUSEHOLD, _ARR, N_("In Mülheim seit"), _T.DAY, 2, (59,), shared=True),
    Field("registered_since", _K.HOUSEHOLD, _ARR, N_("Angemeldet seit"), _T.DAY, 2, (39,), shared=True),
    Field("country_of_origin", _K.HOUSEHOLD, _ARR, N_("Hergekommen aus"), _T.CODE, 2, (60,), "countries", shared=True),
    Field("allocated", _K.HOUSEHOLD, _ARR, N_("Zuweisung in die Stadt liegt vor"), _T.FLAG, 2, (64,), shared=True),
    Field("allocated_on", _K.HOUSEHOLD, _ARR, N_("Zugewiesen am"), _T.DAY, 2, (64,), shared=True),
    Field("previous_city", _K.HOUSEHOLD, _ARR, N_("Vorher in Deutschland in"), rows=(65,), level=2, shared=True),
    Field("planned_move_to", _K.HOUSEHOLD, _ARR, N_("Umzug geplant nach"), rows=(40,), shared=True),
    Field("planned_move_on", _K.HOUSEHOLD, _ARR, N_("Umzug geplant am"), _T.SPAN, rows=(40,), shared=True),
)

_ADDRESS = (
    Field("street", _K.ADDRESS, _FAM, N_("Straße"), level=1, rows=(33,)),
    Field("house_number", _K.ADDRESS, _FAM, N_("Hausnummer"), level=1, rows=(33,)),
    Field("postal_code", _K.ADDRESS, _FAM, N_("PLZ"), level=1, rows=(34,)),
    Field("city", _K.ADDRESS, _FAM, N_("Ort"), level=1, rows=(35,)),
    Field("district", _K.ADDRESS, _FAM, N_("Stadtteil"), _T.CODE, 2, (36,), "districts"),
    Field("housing_type", _K.ADDRESS, _FAM, N_("Wohnform"), _T.CODE, 3, (37,), "housing_types"),
    Field("mailbox_name", _K.ADDRESS, _FAM, N_("Name am Briefkasten, c/o"), rows=(38,)),
    Field("protection", _K.ADDRESS, _FAM, N_("Schutz der Anschrift"), _T.CODE, codes="protection"),
    Field("valid_from", _K.ADDRESS, _FAM, N_("Wohnt dort seit"), _T.DAY),
    Field("valid_to", _K.ADDRESS, _FAM, N_("Wohnte dort bis"), _T.DAY),
)

_PERSON = (
    Field("role", _K.PERSON, _PER, N_("Rolle"), _T.CODE, codes="roles"),
    Field("given_name", _K.PERSON, _PER, N_("Vorname (Rufname)"), _T.NAME, 1, (16, 48, 49)),
    Field("family_name", _K.PERSON, _PER, N_("Nachname (laut Pass)"), _T.NAME, 1, (15, 47, 49)),
    Field("birth_date", _K.PERSON, _PER, N_("Geburtsdatum"), _T.SPAN, 1, (23,)),
    Field("birth_date_source", _K.PERSON, _PER, N_("Woher bekannt"), _T.CODE, 2, (24,), "birth_date_sources"),
    Field("sex", _K.PERSON, _PER, N_("Geschlecht"), _T.CODE, 1, (27,), "sex"),
    Field("nationality_1", _K.PERSON, _PER, N_("Staatsangehörigkeit"), _T.CODE, 1, (28,), "nationalities"),
    Field("nationality_2", _K.PERSON, _PER, N_("2. Staatsangehörigkeit"), _T.CODE, 3, (29,), "nationalities"),
    Field("birth_place", _K.PERSON, _PER, N_("Geburtsort"), rows=(25,), level=2),
    Field("birth_country", _K.PERSON, _PER, N_("Geburtsland"), _T.CODE, 2, (26, 51), "countries"),
    Field("name_native_script", _K.PERSON, _PER, N_("Name in Originalschrift"), rows=(20,)),
    Field("all_given_names", _K.PERSON, _PER, N_("Alle Vornamen"), _T.NAME, rows=(17,)),
    Field("birth_name", _K.PERSON, _PER, N_("Geburtsname"), _T.NAME, rows=(18,)),
    Field("name_affix", _K.PERSON, _PER, N_("Namenszusatz"), rows=(19,)),
    Field("single_name", _K.PERSON, _PER, N_("Nur ein Name"), _T.FLAG, 2, (22,)),
    Field("repatriate", _K.PERSON, _PER, N_("Spätaussiedlung"), _T.FLAG, 3, (31,)),
    Field("has_custody", _K.PERSON, _PER, N_("Sorgeberechtigt"), _T.FLAG, audience=_ADULTS),
    Field("salutation", _K.PERSON, _PER, N_("Anrede"), _T.CODE, 3, (46,), "salutations", audience=_ADULTS),
    Field("own_phone", _K.PERSON, _PER, N_("Telefon"), rows=(53,), level=2, audience=_ADULTS),
    Field("own_email", _K.PERSON, _PER, N_("E-Mail"), rows=(53,), audience=_ADULTS),
    Field("own_language", _K.PERSON, _PER, N_("Sprache"), _T.CODE, 2, (54,), "languages", audience=_ADULTS),
    Field("own_address", _K.PERSON, _PER, N_("Andere Anschrift"), rows=(52,), audience=_ADULTS),
    Field("organisation", _K.PERSON, _PER, N_("Stelle (Jugendamt, Träger)"), audience=_ADULTS),
    Field("unaccompanied", _K.PERSON, _PER, N_("Unbegleitet"), _T.FLAG, 2, (56,), audience=_CHILDREN),
    Field("place_wanted", _K.PERSON, _PER, N_("Schulplatz gesucht"), _T.FLAG, audience=_CHILDREN),
)

_ROWS = (
    Field("name", _K.NAME, _PER, N_("Andere Schreibweise"), _T.NAME, rows=(21,)),
    Field("guardian", _K.GUARDIAN, _PER, N_("Sorgeberechtigt für dieses Kind"), _T.LINK),
    Field("language", _K.LANGUAGE, _LAN, N_("Sprache"), _T.CODE, 1, (66, 67), "languages"),
    Field("family_language", _K.LANGUAGE, _LAN, N_("Familiensprache"), _T.FLAG, 1, (66,)),
    Field("level", _K.LANGUAGE, _LAN, N_("Niveau"), _T.CODE, 2, (67,), "language_levels"),
    Field("school_year", _K.SCHOOL_YEAR, _SCH, N_("Schuljahr"), rows=(76,), level=2),
    Field("until_year", _K.SCHOOL_YEAR, _SCH, N_("bis Schuljahr"), rows=(76,), level=2),
    Field("attended", _K.SCHOOL_YEAR, _SCH, N_("Schule besucht"), _T.FLAG, 2, (76, 77)),
    Field("country", _K.SCHOOL_YEAR, _SCH, N_("Land"), _T.CODE, 2, (76,), "countries"),
    Field("school", _K.SCHOOL_YEAR, _SCH, N_("Schule, Ort"), rows=(76,), level=2),
    Field("grade", _K.SCHOOL_YEAR, _SCH, N_("Klasse"), rows=(76,), level=2),
    Field("remark", _K.SCHOOL_YEAR, _SCH, N_("Bemerkung"), rows=(76,)),
    Field("document", _K.DOCUMENT, _DOC, N_("Unterlage"), _T.CODE, 2, (55, 108, 109), "document_kinds"),
    Field("state", _K.DOCUMENT, _DOC, N_("Stand"), _T.CODE, 2, (55, 108, 109), "document_states"),
    Field("seen_on", _K.DOCUMENT, _DOC, N_("Gesehen am"), _T.DAY, 2, (108,)),
    Field("due_on", _K.DOCUMENT, _DOC, N_("Nachreichen bis"), _T.DAY, 2, (109,)),
    Field("recipient", _K.CONSENT, _CON, N_("Weitergabe an"), _T.CODE, 1, (110, 111), "consent_recipients"),
    Field("given_on", _K.CONSENT, _CON, N_("Eingewilligt am"), _T.DAY, 1, (110, 111)),
    Field("form", _K.CONSENT, _CON, N_("Form"), _T.CODE, 2, (110,), "consent_forms"),
    Field("language", _K.CONSENT, _CON, N_("Erklärt auf"), _T.CODE, 2, (112,), "languages"),
    Field("interpreted", _K.CONSENT, _CON, N_("Mit Dolmetschen"), _T.FLAG, 2, (112,)),
    Field("withdrawn_on", _K.CONSENT, _CON, N_("Widerrufen am"), _T.DAY, 3, (113,)),
    Field("school", _K.WISH, _SCH, N_("Wunschschule"), _T.CODE, 3, (93,), "schools"),
    Field("offer", _K.REFERRAL, _NOT, N_("Verweis auf Angebot"), rows=(115,)),
    Field("referred_on", _K.REFERRAL, _NOT, N_("Verwiesen am"), _T.DAY, rows=(115,)),
    Field("outcome", _K.REFERRAL, _NOT, N_("Ergebnis"), _T.CODE, 3, (116,), "referral_outcomes"),
    Field("number", _K.REQUEST, _SCH, N_("Anfrage"), level=1),
    Field(
        "remark_authority", _K.REQUEST, _SCH, N_("Einschätzung und Hinweise für die Fachberatung"), _T.LONG, 3, (13,)
    ),
    Field("return_reason", _K.REQUEST, _SCH, N_("Grund der Rückfrage"), _T.CODE, 2, (12,), "return_reasons"),
    Field("office", _K.REQUEST, _SCH, N_("Zuständig"), _T.CODE, codes="offices"),
)

FIELDS: tuple[Field, ...] = (
    *_HOUSEHOLD, *_SHARED, *_ADDRESS, *_PERSON, *CHILD_LANGUAGE, *CHILD_SCHOOL, *CHILD_PLACE, *CHILD_HEALTH, *_ROWS
)  # fmt: skip


@cache
def fields_of(kind: RecordKind) -> dict[str, Field]:
    """The fields of one kind of record by key; what is set apart for a child has the family's shared fields."""
    if kind is RecordKind.APART:
        return {field.key: field for field in _SHARED}
    return {field.key: field for field in FIELDS if field.kind is kind}


def field_of(kind: RecordKind, key: str) -> Field:
    """Raises ``KeyError`` for a key that the kind does not have."""
    return fields_of(kind)[key]
