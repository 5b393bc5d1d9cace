"""Short codes beside the number of a request, by which an answer is known to be about the child it names.

A code has four letters. Three are drawn from a hash of request, shipment and child, so the code of another child
agrees by chance once in 6,859 times. The fourth checks the digits of the number and the three: as a weighted sum
modulo 19, a prime, it tells every single slip and every swap of neighbours (the idea of ISO 7064's pure systems).
No two of the letters look alike in handwriting: I, J, O, Q, D, U and V are left out.
"""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

LETTERS: Final = "ABCEFGHKLMNPRSTWXYZ"
LENGTH: Final = 4

_PRIME: Final = len(LETTERS)
_ROOT: Final = 2
"""A primitive root of the prime: its powers, the weights, differ from place to place."""


def check_code(number: str, shipment: str, child: UUID) -> str:
    """The code of a request ("SP-2026-0147") in a shipment ("2026-11-26-03")."""
    rest = int.from_bytes(hashlib.sha256(f"{number}|{shipment}|{child}".encode()).digest())
    drawn = ""
    for _place in range(LENGTH - 1):
        rest, value = divmod(rest, _PRIME)
        drawn += LETTERS[value]
    return drawn + LETTERS[-_sum(number, drawn) % _PRIME]


def tidy(typed: str) -> str:
    """A code as somebody typed it, without blanks and strokes, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def without_slip(number: str, typed: str) -> bool:
    """Whether number and code go together as far as that can be told without knowing the child."""
    code = tidy(typed)
    if len(code) != LENGTH or any(letter not in LETTERS for letter in code):
        return False
    return (_sum(number, code[:-1]) + LETTERS.index(code[-1])) % _PRIME == 0


def agrees(number: str, shipment: str, child: UUID, typed: str) -> bool:
    """Whether this is the code of the request in that shipment."""
    return tidy(typed) == check_code(number, shipment, child)


SLIP_LENGTH: Final = 6
"""Letters of the code of a referral slip, the last one checking the others."""
_SLIP_HALF: Final = SLIP_LENGTH // 2


def slip_code(slip: UUID, attempt: int = 0) -> str:
    """The code on a slip that a family takes along: "KHR-XLP". It says nothing about anybody.

    Two slips in 2.4 million have the same one; ``attempt`` gives another for the second.
    """
    rest = int.from_bytes(hashlib.sha256(f"{slip}|{attempt}".encode()).digest())
    drawn = ""
    for _place in range(SLIP_LENGTH - 1):
        rest, value = divmod(rest, _PRIME)
        drawn += LETTERS[value]
    return _in_halves(drawn + LETTERS[-_sum("", drawn) % _PRIME])


def typed_slip_code(typed: str) -> str:
    """The code of a slip as it was typed, in the form in which it is kept; "" where a slip of the finger is in it."""
    code = tidy(typed)
    if len(code) != SLIP_LENGTH or any(letter not in LETTERS for letter in code):
        return ""
    right = (_sum("", code[:-1]) + LETTERS.index(code[-1])) % _PRIME == 0
    return _in_halves(code) if right else ""


def _in_halves(code: str) -> str:
    return f"{code[:_SLIP_HALF]}-{code[_SLIP_HALF:]}"


def _sum(number: str, drawn: str) -> int:
    """The weighted sum of everything before the check letter, whose own weight is 1."""
    values = [int(sign) for sign in number if sign.isdecimal()] + [LETTERS.index(letter) for letter in drawn]
    return sum(value * pow(_ROOT, place, _PRIME) for place, value in enumerate(reversed(values), 1)) % _PRIME
