"""One rule of an offer against what is known: true, false, or not known, in words.

Three values after Kleene: what is not known never counts as a no. Of several persons one is enough; a birth date that
is an interval meets a condition where every day in it does, and fails it where none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan, add_months, say_age, show_day
from desk_app.domain.names import loose_form
from desk_app.domain.offer_facts import UNASSESSED, Fact, Facts, FactValue
from desk_app.domain.offer_fields import FIELDS, OPERATORS, YES, FactField, FactKind
from desk_app.domain.offer_questions import question_for
from desk_app.domain.offers import OfferRule
from desk_app.i18n import N_, _, ngettext

Truth = bool | None
_Test = Callable[[FactValue], Truth]

_WANTED: Final = {
    "at_least": N_("ab {a}"),
    "at_most": N_("bis {a}"),
    "between": N_("von {a} bis {b}"),
    "newer_than": N_("vor höchstens {a} Monaten"),
}
_AGES: Final = {
    "at_least": N_("ab {a} Jahren"),
    "at_most": N_("bis {a} Jahre"),
    "between": N_("von {a} bis {b} Jahren"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule comes to; ``missing`` is the question that is open where ``truth`` is ``None``.

    Of an excluding rule ``truth`` says that it does not exclude.
    """

    truth: Truth
    missing: str = ""


def find(rule: OfferRule, facts: Facts) -> Finding:
    """Judges one rule. One of a newer version, or written wrongly, is not known and names no question."""
    field = FIELDS.get(rule.field)
    test = _test(rule, field, facts.today) if field is not None else None
    if field is None or test is None:
        return Finding(None)
    fact = facts.get(rule.field)
    if field.kind is FactKind.COUNT and fact.open:
        truth = _at_least_so_many(fact, test)
    else:
        truth = any_of(map(test, fact.values), fact.open)
    if truth is None:
        return Finding(None, fact.missing or question_for(rule.field))
    return Finding(truth is not _negated(rule))


def why(rule: OfferRule, facts: Facts, finding: Finding) -> str:
    """Says it in words: what follows "weil" where it is true; else whom the rule lets in, and what is found instead.

    "" where there is nothing to say, such as of an exclusion that does not hold.
    """
    field = FIELDS.get(rule.field)
    test = _test(rule, field, facts.today) if field is not None else None
    if field is None or test is None:
        return _("eine Bedingung lässt sich nicht prüfen: {field}").format(field=rule.field)
    if finding.truth and field.kind is FactKind.YES_NO:
        return _(field.yes if (rule.values == (YES,)) is not _negated(rule) else field.no)
    values = facts.get(rule.field).values
    if finding.truth:
        met = () if _negated(rule) else tuple(value for value in values if test(value))
        return _(field.yes).format(found=_found(met, field, facts.today)) if met else ""
    only = _only(rule, field)
    if finding.truth is None or rule.words or field.kind is FactKind.YES_NO or not values:
        return only
    return _("{only} (hier: {found})").format(only=only, found=_found(values, field, facts.today))


def any_of(truths: Iterable[Truth], more: bool = False) -> Truth:
    """Kleene's "or"; ``more`` says that there may be others."""
    unknown = more
    for truth in truths:
        if truth:
            return True
        unknown = unknown or truth is None
    return None if unknown else False


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's "and"."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def say_rule(rule: OfferRule) -> str:
    """Whom a rule lets in: "nur für Kinder im Alter von 6 bis 10 Jahren"; "" for one that cannot be read."""
    field = FIELDS.get(rule.field)
    return _only(rule, field) if field is not None and _test(rule, field, date.max) is not None else ""


def _only(rule: OfferRule, field: FactField) -> str:
    negated = _negated(rule)
    if field.kind is FactKind.YES_NO:
        return _(field.only if (rule.values == (YES,)) is not negated else field.only_not)
    if rule.words:
        return (_("nicht für {whom}") if negated else _("nur für {whom}")).format(whom=rule.words)
    if negated:
        return _("ausgenommen: {fact} {wanted}").format(fact=_(field.label), wanted=_wanted(rule, field))
    return _(field.only).format(wanted=_wanted(rule, field))


def _negated(rule: OfferRule) -> bool:
    """An exclusion and a "not" turn a condition round, and both together turn it back."""
    return rule.excludes is not (rule.operator == "not")


def _wanted(rule: OfferRule, field: FactField) -> str:
    """The rule's values in words: "ab 18 Jahren", "Syrien oder Ukraine"."""
    shown = [_shown(value, field) for value in rule.values]
    if rule.operator in ("is", "not"):
        return _(" oder ").join(shown)
    texts = _AGES if field.kind is FactKind.AGE else _WANTED
    return _(texts[rule.operator]).format(a=shown[0], b=shown[-1])


def _test(rule: OfferRule, field: FactField, today: date) -> _Test | None:
    """How a value is tested; ``None`` where the rule makes no sense."""
    counts = {"is": len(rule.values), "not": len(rule.values), "between": 2}
    if (
        rule.operator not in OPERATORS[field.kind]
        or not rule.values
        or len(rule.values) != counts.get(rule.operator, 1)
    ):
        return None
    try:
        return _TESTS[field.kind](rule, field, today)
    except (ValueError, KeyError):
        return None


def _yes_no(rule: OfferRule, _field: FactField, _today: date) -> _Test:
    expected = rule.values == (YES,)
    return lambda value: value is expected


def _code(rule: OfferRule, _field: FactField, _today: date) -> _Test:
    values = frozenset(rule.values)
    return lambda value: value in values


def _text(rule: OfferRule, _field: FactField, _today: date) -> _Test:
    values = frozenset(map(loose_form, rule.values))
    return lambda value: loose_form(str(value)) in values


def _level(rule: OfferRule, field: FactField, _today: date) -> _Test:
    ranks = {code.key: rank for rank, code in enumerate(code_list(field.codes).entries)}
    chosen = [ranks[value] for value in rule.values]
    if rule.operator in ("is", "not"):
        return lambda value: None if value == UNASSESSED else value in rule.values
    low = chosen[0] if rule.operator != "at_most" else 0
    high = chosen[-1] if rule.operator != "at_least" else len(ranks)

    def fits(value: FactValue) -> Truth:
        rank = ranks.get(str(value))
        return None if rank is None or value == UNASSESSED else low <= rank <= high

    return fits


def _bounds(rule: OfferRule) -> tuple[int, int]:
    numbers = [int(value) for value in rule.values]
    return (0 if rule.operator == "at_most" else numbers[0], 10_000 if rule.operator == "at_least" else numbers[-1])


def _count(rule: OfferRule, _field: FactField, _today: date) -> _Test:
    low, high = _bounds(rule)
    return lambda value: isinstance(value, int) and low <= value <= high


def _age(rule: OfferRule, _field: FactField, today: date) -> _Test:
    low, high = _bounds(rule)

    def fits(value: FactValue) -> Truth:
        ages = value.age_on(today) if isinstance(value, DateSpan) else None
        return _within(ages.low, ages.high, low, high) if ages is not None else None

    return fits


def _day(rule: OfferRule, _field: FactField, today: date) -> _Test:
    if rule.operator == "newer_than":
        first, last = add_months(today, -int(rule.values[0])), date.max
    else:
        days = [date.fromisoformat(value) for value in rule.values]
        first = date.min if rule.operator == "at_most" else days[0]
        last = date.max if rule.operator == "at_least" else days[-1]

    def fits(value: FactValue) -> Truth:
        if not isinstance(value, DateSpan) or value.earliest is None or value.latest is None:
            return None
        return _within(value.earliest.toordinal(), value.latest.toordinal(), first.toordinal(), last.toordinal())

    return fits


_TESTS: Final[dict[FactKind, Callable[[OfferRule, FactField, date], _Test]]] = {
    FactKind.YES_NO: _yes_no,
    FactKind.CODE: _code,
    FactKind.TEXT: _text,
    FactKind.LEVEL: _level,
    FactKind.AGE: _age,
    FactKind.COUNT: _count,
    FactKind.DAY: _day,
}


def _within(earliest: int, latest: int, low: int, high: int) -> Truth:
    """Whether an interval lies inside another: yes, no, or only a part of it."""
    if low <= earliest and latest <= high:
        return True
    return False if latest < low or high < earliest else None


def _at_least_so_many(fact: Fact, test: _Test) -> Truth:
    """A number of which only the least is known: decided where it can only grow out of the rule, or never into it."""
    least = max((value for value in fact.values if isinstance(value, int)), default=0)
    reached = {test(number) for number in range(least, least + 50)}
    return reached.pop() if len(reached) == 1 else None


def _found(values: Iterable[FactValue], field: FactField, today: date) -> str:
    """The values in words, each once: "7 Jahre und 9 Jahre"."""
    return _(" und ").join(dict.fromkeys(_said(value, field, today) for value in values))


def _said(value: FactValue, field: FactField, today: date) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return ngettext("{count} Kind", "{count} Kinder", value).format(count=value) if value else _("keine Kinder")
    if not isinstance(value, DateSpan):
        return _shown(str(value), field)
    ages = value.age_on(today) if field.kind is FactKind.AGE else None
    return say_age(ages) if ages is not None else value.show()


def _shown(value: str, field: FactField) -> str:
    if field.kind is FactKind.DAY and "-" in value:
        return show_day(date.fromisoformat(value))
    return code_list(field.codes).label(value) if field.codes else value
