"""The page about the backups: both places, what was made and proven, what was checked, how much room there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desk_app.casework.backup_rules import Failure
from desk_app.casework.care import BackupEntry, Caretaker, Health, Overview, Part, Place, Room, Standing, Target
from desk_app.domain.clock import Clock, local, show_time
from desk_app.domain.errors import WorldError
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters import backup_line
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import day_and_time

_NAMES = {Place.HERE: N_("Dieser PC"), Place.AWAY: N_("Zweiter Ort")}
_FAILURES = {
    Failure.FULL: N_("kein Platz mehr"),
    Failure.GONE: N_("nicht erreichbar"),
    Failure.READ_ONLY: N_("nicht beschreibbar"),
    Failure.UNSOUND: N_("die Kopie stimmte nicht"),
    Failure.OTHER: N_("nicht gelungen"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing with its state; ``tone`` is a colour role."""

    title: str
    words: str
    tone: str
    symbol: str


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """One of the two places. ``folder`` is empty as long as nobody has chosen one."""

    name: str
    folder: str
    state: Fact


@dataclass(frozen=True, slots=True)
class Row:
    """One backup in the list."""

    when: str
    place: str
    size: str
    remark: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page. ``trouble`` is what must be done something about, in whole sentences; ``reopen`` says
    whether locking and opening again is what helps."""

    trouble: str
    tone: str
    reopen: bool
    places: tuple[PlaceFacts, PlaceFacts]
    has_second: bool
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]


class View(Protocol):
    """The page as its presenter sees it."""

    def show_page(self, page: Page) -> None: ...

    def show_busy(self, words: str) -> None:
        """What is going on, empty for nothing."""
        ...

    def show_failed(self, message: str) -> None: ...


class BackupsPresenter:
    """Has things done by the caretaker, one after the other, and shows what came of it."""

    def __init__(
        self, view: View, runner: Runner, keeper: Caretaker, clock: Clock, told: Callable[[Standing], None]
    ) -> None:
        """``told`` hears of each new standing, for the foot of the rail."""
        self._view = view
        self._runner = runner
        self._keeper = keeper
        self._clock = clock
        self._told = told

    def load(self) -> None:
        """Read and show how everything stands."""
        self._runner.run(
            lambda _work: self._keeper.overview(), self._show, lambda error: self._view.show_failed(error.message)
        )

    def back_up(self) -> None:
        self._do(_("Sichert und vergleicht …"), self._keeper.back_up)

    def check(self) -> None:
        self._do(_("Prüft den ganzen Datenbestand …"), self._keeper.check)

    def choose(self, folder: Path) -> None:
        self._do(_("Sichert in den neuen Ordner und vergleicht …"), lambda: self._keeper.choose(folder))

    def give_up_second_place(self) -> None:
        self._do(_("Merkt sich das …"), self._keeper.give_up_second_place)

    def _do(self, words: str, deed: Callable[[], Standing]) -> None:
        """Nothing is shown as done before it is: the page is read anew afterwards."""

        def done(found: tuple[Standing, Overview]) -> None:
            self._view.show_busy("")
            self._show(found[1])
            self._told(found[0])

        def failed(error: WorldError) -> None:
            self._view.show_busy("")
            self._view.show_failed(error.message)

        self._view.show_failed("")
        self._view.show_busy(words)
        self._runner.run(lambda _work: (deed(), self._keeper.overview()), done, failed)

    def _show(self, found: Overview) -> None:
        self._view.show_page(page(found, self._clock()))


def page(found: Overview, now: datetime) -> Page:
    """What the page says at ``now``."""
    standing = found.standing
    trouble, tone = _trouble(standing, now)
    here, away = (_place(place, found, now) for place in Place)
    return Page(
        trouble=trouble,
        tone=tone,
        reopen=any(each.part is not Part.REFERENCES for each in standing.unsound),
        places=(here, away),
        has_second=Place.AWAY in found.targets,
        facts=(
            _rehearsal(standing, now),
            _health(standing.health, now),
            *((_room(standing.room),) if standing.room else ()),
            *((_quarantine(found.quarantines),) if found.quarantines else ()),
        ),
        rows=tuple(_row(each, found, now) for each in found.entries),
    )


def _trouble(standing: Standing, now: datetime) -> tuple[str, str]:
    """The sentences of the most pressing lines of the rail, which are amber or red."""
    said = [line for line in backup_line.lines(standing, now) if line.tone in ("warn", "bad")]
    if not said:
        return "", ""
    loudest = next((line for line in said if line.tone == "bad"), said[0])
    return loudest.detail.rpartition("\n")[0], loudest.tone


def _place(place: Place, found: Overview, now: datetime) -> PlaceFacts:
    target = found.targets.get(place)
    if target is None:
        state = Fact("", _("noch nicht gewählt"), "warn", "triangle-alert")
        return PlaceFacts(_(_NAMES[place]), "", state)
    return PlaceFacts(_(_NAMES[place]), str(target.shelf), _state(target, now))


def _state(target: Target, now: datetime) -> Fact:
    if target.failure:
        words = _("Letzter Versuch {when}: {reason}.").format(
            when=_when(target.tried_at, now), reason=_(_FAILURES[target.failure])
        )
        if target.made_at:
            words += " " + _("Zuletzt gesichert {when}.").format(when=_when(target.made_at, now))
        return Fact("", words, "warn", "triangle-alert")
    if target.drill_failed:
        words = _("Die letzte Sicherung ließ sich nicht zurückholen und zählt nicht mehr.")
        return Fact("", words, "bad", "circle-alert")
    if target.made_at is None:
        return Fact("", _("noch keine Sicherung"), "warn", "triangle-alert")
    words = _("Gesichert und verglichen {when}").format(when=_when(target.made_at, now))
    if target.same_device:
        return Fact("", _("{words}, aber auf derselben Festplatte").format(words=words), "warn", "triangle-alert")
    return Fact("", words, "ok", "circle-check")


def _rehearsal(standing: Standing, now: datetime) -> Fact:
    title = _("Zurückholen geprobt")
    at = standing.backups.drilled_at
    if at is None:
        return Fact(title, _("noch nicht an jedem Ort"), "text2", "history")
    return Fact(title, _("{when}, ohne Befund").format(when=_when(at, now)), "ok", "circle-check")


def _health(last: Health | None, now: datetime) -> Fact:
    title = _("Datenbestand geprüft")
    if last is None:
        return Fact(title, _("noch nicht; geschieht täglich von selbst"), "text2", "history")
    if last.sound:
        return Fact(title, _("{when}, ohne Befund").format(when=_when(last.at, now)), "ok", "circle-check")
    findings = " ".join(each.words for each in last.findings if not each.sound)
    return Fact(title, f"{_when(last.at, now)}: {findings}", "bad", "circle-alert")


def _room(room: Room) -> Fact:
    words = _("{size} frei").format(size=_size(room.free))
    if not room.low:
        return Fact(_("Festplatte"), words, "ok", "circle-check")
    reserve = _("Platzreserve vorhanden") if room.reserve else _("Platzreserve aufgebraucht")
    return Fact(_("Festplatte"), f"{words}, {reserve}", "warn" if room.reserve else "bad", "triangle-alert")


def _quarantine(count: int) -> Fact:
    words = ngettext(
        "{count} Ordner mit ersetzten Dateien, wird nach 40 Wochen gelöscht",
        "{count} Ordner mit ersetzten Dateien, werden nach 40 Wochen gelöscht",
        count,
    )
    return Fact(_("Quarantäne"), words.format(count=count), "text2", "archive")


def _row(entry: BackupEntry, found: Overview, now: datetime) -> Row:
    shelves = {place for place, target in found.targets.items() if target.shelf == entry.place.parent}
    place = _(_NAMES[min(shelves)]) if shelves else str(entry.place.parent)
    there = local(entry.made_at)
    if not entry.verified:
        remark = _("nicht vollständig")
    elif entry.drill_date:
        remark = _("Zurückholen geprobt {when}").format(when=_when(entry.drill_date, now))
    else:
        remark = _("verglichen")
    when = f"{there:%d.%m.%Y}, {show_time(entry.made_at)}"
    return Row(when, place, _size(entry.size), remark)


def _size(count: int) -> str:
    """Bytes as people read them: "730 KB", "1,8 MB", "12 GB"."""
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if count >= size:
            amount = count / size
            return f"{amount:.1f} {unit}".replace(".", ",") if amount < 10 else f"{amount:.0f} {unit}"
    return f"{max(count // 1000, 1)} KB"


def _when(moment: datetime | None, now: datetime) -> str:
    return day_and_time(moment, now) if moment else _("noch nie")
