"""What is said about two entries that may be one person: the reasons for and against, and the verdict."""

from __future__ import annotations

from enum import StrEnum

from desk_app.i18n import N_, _


class Verdict(StrEnum):
    """How much speaks for one person."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = "none"


class Reason(StrEnum):
    """One thing that was compared. ``speaks_for`` says whether it is shown with a tick or a cross."""

    SAME_NAME = "same_name"
    NAME_SOUNDS_ALIKE = "name_sounds_alike"
    NAME_RESEMBLES = "name_resembles"
    NAMES_SWAPPED = "names_swapped"
    RARE_NAME = "rare_name"
    SAME_BIRTH_DATE = "same_birth_date"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    BIRTH_DATE_ONE_DIGIT = "birth_date_one_digit"
    BIRTH_DATES_FIT = "birth_dates_fit"
    SAME_PHONE = "same_phone"
    SAME_ADDRESS = "same_address"
    SAME_ACCOMMODATION = "same_accommodation"
    SIBLINGS_BIRTH_DATES = "siblings_birth_dates"
    OTHER_GIVEN_NAME = "other_given_name"
    OTHER_FAMILY_NAME = "other_family_name"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_SEX = "other_sex"
    OTHER_PHONE = "other_phone"

    @property
    def speaks_for(self) -> bool:
        return self not in _AGAINST

    def show(self) -> str:
        """As the panel shows it: "gleiches Geburtsdatum"."""
        return _(_WORDS[self])


_AGAINST = frozenset(
    {Reason.OTHER_GIVEN_NAME, Reason.OTHER_FAMILY_NAME, Reason.OTHER_BIRTH_DATE, Reason.OTHER_SEX, Reason.OTHER_PHONE}
)
_WORDS = {
    Reason.SAME_NAME: N_("gleicher Name"),
    Reason.NAME_SOUNDS_ALIKE: N_("Name klingt gleich"),
    Reason.NAME_RESEMBLES: N_("Name ist ähnlich"),
    Reason.NAMES_SWAPPED: N_("Vor- und Nachname vertauscht"),
    Reason.RARE_NAME: N_("seltener Name"),
    Reason.SAME_BIRTH_DATE: N_("gleiches Geburtsdatum"),
    Reason.DAY_AND_MONTH_SWAPPED: N_("Tag und Monat vertauscht"),
    Reason.BIRTH_DATE_ONE_DIGIT: N_("Geburtsdatum bis auf eine Ziffer gleich"),
    Reason.BIRTH_DATES_FIT: N_("Geburtsdaten passen zueinander"),
    Reason.SAME_PHONE: N_("gleiche Telefonnummer"),
    Reason.SAME_ADDRESS: N_("gleiche Adresse"),
    Reason.SAME_ACCOMMODATION: N_("gleiche Unterkunft"),
    Reason.SIBLINGS_BIRTH_DATES: N_("Geschwister mit gleichem Geburtsdatum"),
    Reason.OTHER_GIVEN_NAME: N_("anderer Vorname"),
    Reason.OTHER_FAMILY_NAME: N_("anderer Nachname"),
    Reason.OTHER_BIRTH_DATE: N_("anderes Geburtsdatum"),
    Reason.OTHER_SEX: N_("anderes Geschlecht"),
    Reason.OTHER_PHONE: N_("andere Telefonnummer"),
}
