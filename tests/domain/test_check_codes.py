"""Check codes: the same child always gets the same, and no slip of a finger goes unnoticed."""

from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.check_codes import (
    LENGTH,
    LETTERS,
    agrees,
    check_code,
    slip_code,
    tidy,
    typed_slip_code,
    without_slip,
)

CHILD = UUID("0b0e6a52-1c67-4f0c-9a41-2a1f6a1d9e11")
SHIPMENT = "2026-11-26-03"
numbers = st.tuples(st.integers(2020, 2099), st.integers(1, 99_999)).map(lambda each: f"SP-{each[0]}-{each[1]:04d}")


def test_a_code_stays_the_same_for_ever_since_lists_come_back_after_months() -> None:
    assert check_code("SP-2026-0147", SHIPMENT, CHILD) == "APBG"


def test_no_letter_is_taken_for_another() -> None:
    assert not set(LETTERS) & set("IJOQDUV")
    assert len(set(LETTERS)) == len(LETTERS) == 19


@pytest.mark.parametrize("other", [("SP-2026-0148", SHIPMENT, CHILD), ("SP-2026-0147", "2026-11-26-04", CHILD),
                                   ("SP-2026-0147", SHIPMENT, UUID(int=1))])  # fmt: skip
def test_another_request_shipment_or_child_has_another_code(other: tuple[str, str, UUID]) -> None:
    assert not agrees(*other, check_code("SP-2026-0147", SHIPMENT, CHILD))


@given(numbers, st.uuids())
def test_number_and_code_go_together_however_the_code_is_typed(number: str, child: UUID) -> None:
    code = check_code(number, SHIPMENT, child)
    assert len(code) == LENGTH
    for typed in (code, code.lower(), f" {code[:2]} {code[2:]}", f"{code[:2]}-{code[2:]}"):
        assert without_slip(number, typed)
        assert agrees(number, SHIPMENT, child, typed)
    assert tidy(" ab-cd ") == "ABCD"


@given(numbers, st.uuids())
def test_every_single_slip_is_noticed(number: str, child: UUID) -> None:
    code = check_code(number, SHIPMENT, child)
    for place, right in enumerate(number):
        for digit in "0123456789" if right.isdecimal() else "":
            if digit != right:
                assert not without_slip(number[:place] + digit + number[place + 1 :], code)
    for place, right in enumerate(code):
        for letter in LETTERS.replace(right, "") + "IOQ17":
            assert not without_slip(number, code[:place] + letter + code[place + 1 :])


@given(numbers, st.uuids())
def test_every_swap_of_neighbours_is_noticed(number: str, child: UUID) -> None:
    code = check_code(number, SHIPMENT, child)
    for text in (number, code):
        for place in range(len(text) - 1):
            first, second = text[place], text[place + 1]
            swapped = text[:place] + second + first + text[place + 2 :]
            if first != second and first.isalnum() and second.isalnum() and first.isdecimal() == second.isdecimal():
                pair = (swapped, code) if text is number else (number, swapped)
                if first.isalpha() and text is number:
                    continue  # the letters SP are the same for everybody
                assert not without_slip(*pair)


@pytest.mark.parametrize("typed", ["", "ABC", "ABCEF", "AB1C", "äöüß", "OOOO"])
def test_what_is_no_code_goes_with_no_number(typed: str) -> None:
    assert not without_slip("SP-2026-0147", typed)


def test_the_codes_of_many_children_are_spread_evenly() -> None:
    codes = {check_code("SP-2026-0147", SHIPMENT, uuid5(CHILD, str(each))) for each in range(2000)}
    assert len(codes) > 1600


def test_a_slip_keeps_its_code_since_it_comes_back_after_weeks() -> None:
    assert slip_code(CHILD) == "WTZ-PWM"
    assert slip_code(CHILD, 1) != slip_code(CHILD)


@given(st.uuids())
def test_every_slip_of_the_finger_and_every_swap_in_the_code_of_a_slip_is_noticed(slip: UUID) -> None:
    code = slip_code(slip)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert typed_slip_code(typed) == code
    for place, right in enumerate(code):
        for letter in LETTERS.replace(right, "") if right != "-" else "":
            assert not typed_slip_code(code[:place] + letter + code[place + 1 :])
    letters = tidy(code)
    for place, (first, second) in enumerate(pairwise(letters)):
        if first != second:
            assert not typed_slip_code(letters[:place] + second + first + letters[place + 2 :])
    assert not typed_slip_code(letters[:-1])
