"""Texts in the language of the desk: one gettext catalogue for rules, forms, papers and commands.

German is the source language, so a missing catalogue simply shows the German text. `_` looks its catalogue up
on each call; never call it while a module is being imported, since that would freeze the language. Texts in
module-level tables are marked with `N_` and translated with `_` when shown.
"""

import gettext

from desk_app import assets

DOMAIN = "trittstein"
SOURCE_LANGUAGE = "de"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Show texts in `language` (ISO 639-1, such as "en") from now on; German where no catalogue has it."""
    global _catalogue
    if language == SOURCE_LANGUAGE:
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation(DOMAIN, assets.path("locale"), [language], fallback=True)


def _(message: str, _note: str | None = None) -> str:
    """`message` in the language in use. `_note` is what Qt Designer passes on as a hint for translators."""
    # gettext answers the empty text with the header of the catalogue
    return _catalogue.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark `message` for the catalogue without translating it yet."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form that fits `count`; the caller puts the number in."""
    return _catalogue.ngettext(singular, plural, count)
