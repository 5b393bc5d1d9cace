"""How the languages of letters and slips are offered."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.letters import GERMAN, LANGUAGES, Choice, language_label, served
from desk_app.i18n import _


def languages(suited: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    """All languages by key and name, those that suit the family first; what somebody reads says so."""
    read = {choice.language: choice.read for choice in suited}
    order = (*read, *(language for language in LANGUAGES if language not in read))
    return tuple((key, _language_words(key, read=read.get(key, False))) for key in order)


def slip_words(spoken: str) -> str:
    """What the box beside a new appointment says: with the language of the talk, where the slips have it."""
    return with_language(_("Danach Terminzettel drucken"), served(spoken))


def with_language(words: str, language: str) -> str:
    """ "Drucken (Arabisch)"; without a second language the words alone."""
    if not language or language == GERMAN:
        return words
    return _("{words} ({language})").format(words=words, language=language_label(language))


def _language_words(language: str, *, read: bool) -> str:
    if language == GERMAN:
        # it stands alone then: there is no second language over it
        return _("nur Deutsch")
    label = language_label(language)
    return _("{language}, wird gelesen").format(language=label) if read else label
