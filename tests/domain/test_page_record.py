"""Pages kept as JSON: what was handed out comes back word for word."""

import json

import pytest
from specimen_letters import a_letter, a_slip

from desk_app.domain import page_record
from desk_app.domain.letter_page import LetterPage
from desk_app.domain.letters import Slip


@pytest.mark.parametrize("page", [a_letter("ar"), *(a_slip(slip, "uk") for slip in Slip)], ids=lambda page: page.letter)
def test_a_page_comes_back_as_it_was(page: LetterPage) -> None:
    kept = json.loads(json.dumps(page_record.to_json(page)))
    assert page_record.from_json(kept) == page


def test_what_a_newer_version_added_does_not_hinder() -> None:
    page = a_letter("ar")
    assert page_record.from_json({**page_record.to_json(page), "colour": "blue"}) == page


@pytest.mark.parametrize("content", [{}, {"letter": "missing"}, {"letter": "poem"}, {"blocks": 3}])
def test_what_is_no_page_is_told_apart(content: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"page|poem"):
        page_record.from_json(content)
