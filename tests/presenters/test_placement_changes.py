"""How it reads what an office was told and what holds now."""

from datetime import date

from desk_app.casework.ledger import Receipt
from desk_app.casework.told import Difference
from desk_app.presenters.placement_changes import change_lines


def test_each_field_reads_as_what_was_told_and_what_holds_now() -> None:
    phone = Difference("phone", "Telefon", "0208 1", "0208 2")
    literacy = Difference("literacy", "Alphabetisiert", "ja", "")
    wishes = Difference("wishes", "Wunsch", "", "Gymnasium")
    assert change_lines([phone, literacy, wishes]) == (
        "Telefon: 0208 1 → 0208 2",
        "Alphabetisiert: ja → nichts",
        "Wunsch: nichts → Gymnasium",
    )


def test_the_last_line_says_who_has_to_be_told() -> None:
    phone = Difference("phone", "Telefon", "0208 1", "0208 2")
    school = Receipt("103780", "Musterschule", "2026-11-26-02", date(2026, 11, 26), (phone,))
    assert change_lines((), (school,)) == (
        "Telefon: 0208 1 → 0208 2",
        "Das wissen noch nicht: Musterschule (zuletzt 26.11.2026)",
    )
