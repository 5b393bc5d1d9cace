"""The proposal of schools for one request, with what the desk knows: home, siblings, wishes, who was placed where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import families, placement_lines, placements, schools
from desk_app.casework.desk import Work
from desk_app.casework.placement_lines import Line
from desk_app.domain.address_points import Point, number_keys, street_key
from desk_app.domain.child import ChildView, full_name
from desk_app.domain.errors import RecordGone
from desk_app.domain.placement_steps import PLACED
from desk_app.domain.records import Record, RecordKind
from desk_app.domain.school_choice import Candidate, Home, Placed, Wanted, candidates, others
from desk_app.domain.schooling import SchoolRules
from desk_app.storage.tables import AddressPoint, PlacementRequest


@dataclass(frozen=True, slots=True)
class Choice:
    """The proposal, and the ``others`` for who looks for a school by name. ``measured`` says whether the home's place
    is known, so that distances are; ``points`` whether the centre has read in the list of house coordinates at all;
    ``protected`` whether nothing that leads to the home may leave the house."""

    candidates: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    measured: bool
    points: bool
    protected: bool


def propose(work: Work, request: UUID) -> Choice:
    """The schools that may suit the child of a request. Raises ``RecordGone`` when it was taken out."""
    row = work.session.get(PlacementRequest, request)
    if row is None or row.removed_at is not None or row.person_id is None:
        raise RecordGone
    child = ChildView(families.load(work, row.household_id), row.person_id, work.today)
    lines = placement_lines.read(work)
    home = home_of(work, child.address)
    wanted = _wanted(child, [line for _request, household, line in lines if household == row.household_id])
    directory = [listed.school for listed in schools.listing(work)]
    placed = _placed(work, lines, wanted.grade)
    return Choice(
        candidates(home, wanted, directory, placed),
        others(home, wanted, directory, placed),
        measured=home.point is not None,
        points=has_points(work),
        protected=child.protected,
    )


def home_of(work: Work, address: Record | None) -> Home:
    """Where an address is, as exactly as the list of house coordinates tells."""
    if address is None:
        return Home()
    where = locate(work, address.text("street"), address.text("house_number"), address.text("postal_code"))
    return Home(address.text("postal_code"), address.text("district"), where)


def locate(work: Work, street: str, number: str, postal_code: str = "") -> Point | None:
    """Where a house stands; ``None`` where the list does not name it, or names it in another postal code."""
    key = street_key(street)
    for one in number_keys(number) if key else ():
        row = work.session.get(AddressPoint, (key, one))
        if row is not None and (not postal_code or not row.postal_code or row.postal_code == postal_code):
            return Point(row.easting, row.northing)
    return None


def has_points(work: Work) -> bool:
    """Whether any house coordinates were read in."""
    return work.session.scalar(select(AddressPoint.street).limit(1)) is not None


def _wanted(child: ChildView, of_family: Sequence[Line]) -> Wanted:
    siblings: dict[str, list[str]] = defaultdict(list)
    for line in of_family:
        if line.school and line.state in PLACED and line.child != str(child.id):
            siblings[line.school].append(line.name)
    named = child.person.text("sibling_school")
    if named:
        siblings.setdefault(named, [])
    wishes = {row.text("school") for row in child.file.all(RecordKind.WISH, child.id)} - {""}
    heritage = ""
    if child.person.flag("wants_heritage_lessons"):
        heritage = next((row.text("language") for row in child.family_languages), "")
    return Wanted(
        stages=child.stages,
        grade=placements.grade_of(child),
        form=child.person.text("recommended_form"),
        wishes=frozenset(wishes),
        siblings={number: ", ".join(sorted(names)) or _somebody(child) for number, names in siblings.items()},
        all_day=child.person.flag("all_day_needed") is True,
        heritage=heritage,
    )


def _somebody(child: ChildView) -> str:
    others = [full_name(each) for each in child.file.children if each.id != child.id]
    return others[0] if len(others) == 1 else ""


def _placed(work: Work, lines: Sequence[tuple[UUID, UUID, Line]], grade: str) -> dict[str, Placed]:
    """Who was placed where since this school year began."""
    rules = SchoolRules.on(work.today)
    begun = rules.year_begins(rules.year_of(work.today)).isoformat()
    everybody: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for _request, _household, line in lines:
        if line.school and line.state in PLACED and line.state_since >= begun:
            everybody[line.school] += 1
            alike[line.school] += bool(grade) and line.grade == grade
    return {number: Placed(count, alike[number]) for number, count in everybody.items()}
