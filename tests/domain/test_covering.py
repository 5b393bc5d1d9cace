"""Initials and dots in place of what is personal; everything else stays as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.covering import Personal, covering

KNOWN = Personal.of(
    names=["Khaled Haddad", "Haddad-Klein", "von der Heide", "O’Neil", "زينب", "Ömer", "Bo", "Mai"],
    streets=["Lindenhof", "Am Alten Hafen", "Beispielstraße", "Neue Straße"],
    phones=["+49 170 5551234", "0208 000-4561"],
    days=[date(2013, 6, 2)],
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Khaled Haddad", "K. H."),
        ("Familie Haddad, 2 Kinder", "Familie H., 2 Kinder"),
        ("KHALED HADDAD", "K. H."),
        ("Haddad-Klein, Ömer", "H.-K., Ö."),
        ("Frau von der Heide", "Frau von der H."),
        ("3 von 12 Angaben der Familie", "3 von 12 Angaben der Familie"),
        ("Haddads Mutter, O’Neil.", "H. Mutter, O."),
        ("notiz über haddad", "notiz über H."),
        ("Khaled Hadd…", "K. H."),
        ("زينب, 12", "ز., 12"),
        ("O\u0308mer", "Ö."),
        ("Bo ist da, Einfluss bo", "B. ist da, Einfluss bo"),
        ("Lindenhof 12 b, 45476 Mülheim", "•••, 45476 Mülheim"),
        ("Am Alten Hafen 3–5", "Am ••• •••"),
        ("Straße", "Straße"),
        ("0170 5551234, 0170/555 12 34, 00491705551234", "•••, •••, •••"),
        ("0208 0004561", "•••"),
        ("0208 999999 und 2026-0001", "0208 999999 und 2026-0001"),
        ("geboren 02.06.2013, 2.6.13", "geboren •••, •••"),
        ("2013-06-02", "•••"),
        ("seit 02.06.2014, 10:42", "seit 02.06.2014, 10:42"),
        ("khaled@beispiel.example (privat)", "••• (privat)"),
        ("", ""),
    ],
)
def test_what_is_personal_is_covered_and_nothing_else(words: str, shown: str) -> None:
    assert covering(KNOWN)(words) == shown


@given(st.text(max_size=60))
def test_what_is_covered_stays_covered(words: str) -> None:
    cover = covering(KNOWN)
    assert cover(cover(words)) == cover(words)


@given(st.text(max_size=60))
def test_where_nobody_is_known_only_addresses_of_mail_are_covered(words: str) -> None:
    assert covering(Personal())(words) == words or "@" in words
