"""What the page of offers reads in one deed: the directory, how often families were sent where, and one family."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import families, offer_match, referral_lines
from desk_app.casework.desk import Work
from desk_app.casework.offer_match import Pool
from desk_app.casework.referral_lines import ReferralLine
from desk_app.casework.wording import family_title
from desk_app.domain.child import full_name
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.offers import FAMILY
from desk_app.domain.records import FamilyFile
from desk_app.i18n import _


@dataclass(frozen=True, slots=True)
class Context:
    """The family that offers are looked for; ``referrals`` are those it had, ``language`` a key of ``languages``."""

    household: UUID
    title: str
    file_number: str
    language: str
    people: tuple[tuple[UUID, str], ...]
    file: FamilyFile
    referrals: tuple[ReferralLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """All the page shows; ``context`` is ``None`` without a family."""

    pool: Pool
    context: Context | None


def read(work: Work, household: UUID | None, spoken: Spoken, audience: str = FAMILY) -> Read:
    """Every offer judged for a family, or for another ``audience``, with what was answered in the talk.

    Raises ``RecordGone`` where the family was taken out.
    """
    pool = offer_match.prepare(work, household, spoken, audience)
    pool.directory.index.find("")  # built here, so that the first key somebody types does not wait for it
    return Read(pool, context_of(work, families.load(work, household)) if household is not None else None)


def context_of(work: Work, file: FamilyFile) -> Context:
    people = [(person.id, full_name(person) or _("ohne Namen")) for person in (*file.living_adults, *file.children)
              if not person.flag("deceased")]  # fmt: skip
    return Context(
        file.household.id, family_title(file), file.household.text("file_number"),
        file.household.text("conversation_language"), tuple(people), file, referral_lines.of_file(work, file),
    )  # fmt: skip
