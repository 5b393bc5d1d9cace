"""What the preview says beside the paper: how the request stands now, and how it came to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from desk_app.casework import placements
from desk_app.casework.request_steps import PaperLine, StepLine
from desk_app.domain.dates import show_day
from desk_app.domain.placement_steps import place_told
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_states import near_day, state_word
from desk_app.presenters.when import short_author

SHOWN: Final = 5
"""So many steps are listed; the file of the family has them all."""
_ANSWERS: Final = frozenset({placements.DRAFT, placements.COMPLETE})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands: the state in words, since when, and facts as label and value."""

    state: str
    word: str
    since: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One step as it reads: "12.11.", "zugewiesen", what was told with it, "C. Brandt"."""

    state: str
    day: str
    word: str
    told: str
    by: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.day, self.word, self.told, self.by) if part)


def standing(steps: Sequence[StepLine], today: date) -> Standing | None:
    """How the request stands now; ``None`` where it has no steps."""
    if not steps:
        return None
    run = next((list(same) for _state, same in groupby(steps, key=lambda step: step.state)), [])
    since = run[-1].day
    days = max((today - since).days, 0)
    words = _("seit heute") if not days else ngettext("seit {n} Tag", "seit {n} Tagen", days).format(n=days)
    return Standing(steps[0].state, state_word(steps[0].state), words, tuple(_facts(steps, run, today)))


def _facts(steps: Sequence[StepLine], run: Sequence[StepLine], today: date) -> Iterator[tuple[str, str]]:
    place = place_told(steps)
    if place.school:
        with_class = _("{school}, Klasse {name}").format(school=place.school, name=place.class_name)
        yield _("Schule"), with_class if place.class_name else place.school
    if place.starts_on is not None:
        yield _("Beginn"), near_day(place.starts_on, today)
    if place.support:
        yield _("Förderung"), place.support
    reason = next((step.reason for step in run if step.reason), "")
    if reason:
        yield _("Grund"), reason
    if steps[0].state not in _ANSWERS:
        who, day = short_author(run[-1].by), show_day(run[-1].entered)
        yield _("Eingetragen"), _("{who}, {day}").format(who=who, day=day) if who else day


def story(
    steps: Sequence[StepLine], today: date, papers: Sequence[PaperLine] = ()
) -> tuple[tuple[StoryLine, ...], int]:
    """The newest steps with the papers that left meanwhile, and how many older ones there are.

    That a draft became complete and the other way round follows from the answers: of several such steps in a row only
    the last is told.
    """
    told: list[StepLine] = []
    for step in steps:
        if told and step.state in _ANSWERS and told[-1].state in _ANSWERS:
            continue
        told.append(step)
    lines: list[StoryLine] = []
    waiting = list(papers)
    for step in told:
        # of one day the papers come first: they follow from the steps
        while waiting and waiting[0].day >= step.entered:
            lines.append(_paper(waiting.pop(0), today))
        lines.append(_line(step, today))
    return tuple(lines[:SHOWN]), max(len(lines) - SHOWN, 0)


def _paper(paper: PaperLine, today: date) -> StoryLine:
    to = _("an {recipient}").format(recipient=paper.to)
    return StoryLine(placements.SENT, _short(paper.day, today), paper.what, to, short_author(paper.by))


def _short(day: date, today: date) -> str:
    return f"{day:%d.%m.}" if day.year == today.year else show_day(day)


def _line(step: StepLine, today: date) -> StoryLine:
    parts = [step.school, _("Klasse {name}").format(name=step.class_name) if step.class_name else "", step.reason]
    if step.starts_on is not None:
        parts.insert(2, _("ab {day}").format(day=near_day(step.starts_on, today)))
    told = ", ".join(part for part in parts if part)
    return StoryLine(step.state, _short(step.day, today), state_word(step.state), told, short_author(step.by))
