"""The lists a field can choose from: official keys where there are any, each with source, "Stand" and validity.

The lists are files in resources/code_lists/, so that a new official edition replaces one file. The German labels are
our own: what libraries offer leaves out languages spoken at the desk (Kurmandschi, Dari, Romanes) and knows no Destatis
keys. There is no list of residence titles and none of religions, since neither is collected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from desk_app.domain.names import loose_form
from desk_app.domain.resource_csv import read_resource_table

CODE_LISTS = (
    "appointment_states", "birth_date_sources", "cefr", "certificates", "consent_forms", "consent_recipients",
    "contact_ways", "conversation_modes", "countries", "districts", "document_kinds", "document_states", "grades",
    "guardian_kinds", "housing_types", "interpreter_kinds", "kindergarten", "language_levels", "languages",
    "level_sources", "literacy", "measles", "nationalities", "note_kinds", "offer_audiences",
    "offer_costs", "offer_gap_reasons", "offer_kinds", "offer_language_ways", "offer_modes", "offer_operators",
    "offer_place_kinds", "offer_registrations", "offer_school_holidays", "offer_statuses", "offer_topics", "offices",
    "protection", "referral_outcomes", "reporters", "reports", "request_states", "return_reasons", "roles",
    "salutations", "school_forms", "school_medical", "school_stages", "scripts", "sex", "support_types",
    "transition_kinds", "transition_outcomes", "yes_no",
)  # fmt: skip
"""Every list there is."""

_COLUMNS = ("key", "label", "valid_from", "valid_to", "rank", "terms")
_UNRANKED = 10_000


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: the key is stored, the label shown."""

    key: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day on which it may be chosen anew; stored keys keep their label for ever."""
    rank: int | None = None
    """Place among the frequent ones, which come first; None for the rest."""
    terms: tuple[str, ...] = ()
    """Other words under which it is found."""
    extra: dict[str, str] = field(default_factory=dict, hash=False)
    """Further columns of the list, such as `iso3`, `official`, `stages`, `postal_codes`."""

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CodeList:
    """A list in the order in which it is offered: the frequent first, then as in the file."""

    name: str
    title: str
    source: str
    as_of: date
    entries: tuple[Code, ...]

    @cached_property
    def _by_key(self) -> dict[str, Code]:
        return {code.key: code for code in self.entries}

    @cached_property
    def _search_texts(self) -> tuple[tuple[Code, str, tuple[str, ...]], ...]:
        """Each entry with its folded label and all folded words under which it is found."""
        rows = []
        for code in self.entries:
            label = loose_form(code.label)
            rows.append((code, label, (label, *(loose_form(term) for term in (*code.terms, code.key)))))
        return tuple(rows)

    def get(self, key: str) -> Code | None:
        return self._by_key.get(key)

    def label(self, key: str | None) -> str:
        """What to show for a stored key: "" for none, the key itself if the list no longer knows it."""
        if not key:
            return ""
        code = self.get(key)
        return code.label if code else key

    def valid_on(self, day: date) -> tuple[Code, ...]:
        """What may be chosen on `day`."""
        return tuple(code for code in self.entries if code.valid_on(day))

    def search(self, text: str, day: date | None = None) -> tuple[Code, ...]:
        """What matches as typed, best first: label begins so, a word or other name begins so, contains it.

        Case, marks and ü/ue/u do not count; within one group the frequent come first. With `day` only what may be
        chosen then. Empty text gives the whole list.
        """
        wanted = loose_form(text)
        hits = [
            (place, position, code)
            for position, (code, label, words) in enumerate(self._search_texts)
            if (day is None or code.valid_on(day)) and (place := _match(wanted, label, words)) is not None
        ]
        return tuple(code for _place, _position, code in sorted(hits, key=lambda hit: hit[:2]))


@cache
def code_list(name: str) -> CodeList:
    """One of `CODE_LISTS`, read once. Raises KeyError for another name."""
    if name not in CODE_LISTS:
        raise KeyError(name)
    table = read_resource_table(f"{name}.csv")
    codes = [_code(row) for row in table.rows]
    # the sort is stable, so the order of the file holds among the unranked
    codes.sort(key=lambda code: _UNRANKED if code.rank is None else code.rank)
    return CodeList(name, table.title, table.source, table.as_of, tuple(codes))


def suggest_districts(postal_code: str) -> tuple[Code, ...]:
    """The districts that a postal code may belong to; a suggestion even where it is one, none for another city."""
    wanted = postal_code.strip()
    return tuple(code for code in code_list("districts").entries if wanted in code.extra["postal_codes"].split())


def _code(row: dict[str, str]) -> Code:
    return Code(
        key=row["key"],
        label=row["label"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        rank=int(row["rank"]) if row["rank"] else None,
        terms=tuple(term for term in row["terms"].split("|") if term),
        extra={column: value for column, value in row.items() if column not in _COLUMNS},
    )


def _match(wanted: str, label: str, words: tuple[str, ...]) -> int | None:
    """How well a folded text matches: 0 best, None not at all."""
    if label.startswith(wanted):
        return 0
    if any(f" {word}".find(f" {wanted}") >= 0 for word in words):
        return 1
    return 2 if any(wanted in word for word in words) else None
