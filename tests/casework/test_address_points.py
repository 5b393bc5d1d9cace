"""The list of house coordinates: what is kept of it, and what is refused."""

from pathlib import Path
from uuid import uuid4

import pytest
from builders import store_family

from desk_app.casework import address_points, offer_match, offers, school_choice, schools
from desk_app.casework.desk import Desk
from desk_app.domain.address_points import Point
from desk_app.domain.errors import ImportStopped, StrangeTable
from desk_app.domain.offers import Offer, OfferPlace, Venue

KEYS = "N;DENW0000000001;A;05;1;17;000;0000;00190"
HERE = f"{KEYS};12;a;32357194.250;5699345.750;Sunderweg;45472;Mülheim an der Ruhr;;"
NEXT = f"{KEYS};14;;32357214,250;5699345,750;Sunderweg"
NEIGHBOUR = "N;DENW0000000002;A;05;1;19;000;0000;00190;12;;32357000.0;5703000.0;Sunderweg"
FAR = f"{KEYS};1;;32500000.0;5699345.7;Ackerstraße"


def taken(desk: Desk, path: Path, lines: tuple[str, ...], encoding: str = "utf-8") -> int:
    desk.do(schools.add_shipped)
    path.write_text("\r\n".join(("# Kommentar", *lines)), encoding)
    return desk.do(lambda work: address_points.import_list(work, path))[0].houses


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_houses_of_the_town_are_found_afterwards(desk: Desk, tmp_path: Path, encoding: str) -> None:
    assert taken(desk, tmp_path / "hk.txt", (HERE, NEXT, NEIGHBOUR, FAR), encoding) == 2
    where = desk.do(lambda work: school_choice.locate(work, "Sunderweg", "12 A", "45472"))[0]
    assert where == Point(357_194, 5_699_346)
    assert desk.do(lambda work: school_choice.locate(work, "Sunderweg", "14"))[0] == Point(357_214, 5_699_346)
    assert desk.do(lambda work: school_choice.locate(work, "Sunderweg", "12a", "45468"))[0] is None


def test_a_newer_list_stands_instead_of_the_one_before(desk: Desk, tmp_path: Path) -> None:
    taken(desk, tmp_path / "hk.txt", (HERE, NEXT))
    assert taken(desk, tmp_path / "hk.txt", (NEXT,)) == 1
    assert desk.do(lambda work: school_choice.locate(work, "Sunderweg", "12a"))[0] is None


def test_how_far_offers_are_follows_the_newer_list(desk: Desk, tmp_path: Path) -> None:
    venue = Venue(uuid4(), "Haus", street="Sunderweg 14")
    offer = Offer(uuid4(), "Kurs", places=(OfferPlace(venue.id),))
    desk.do(lambda work: (offers.keep_venue(work, venue), offers.keep(work, offer)))
    family = desk.do(store_family)[0]
    home = f"{KEYS};12;;32357194,250;5699345,750;Lindenhof"

    def far() -> int | None:
        return desk.do(lambda work: offer_match.prepare(work, family.household))[0].known[offer.id].near.metres

    far()  # the first look puts the shipped offers in
    taken(desk, tmp_path / "hk.txt", (home,))
    assert far() is None
    taken(desk, tmp_path / "hk.txt", (home, NEXT))
    assert far() == 20


def test_another_file_is_refused_and_the_list_before_stays(desk: Desk, tmp_path: Path) -> None:
    taken(desk, tmp_path / "hk.txt", (HERE,))
    with pytest.raises(StrangeTable):
        taken(desk, tmp_path / "other.txt", ("Name;Ort", "a;b"))
    with pytest.raises(StrangeTable):
        taken(desk, tmp_path / "far.txt", (FAR,))
    assert desk.do(lambda work: school_choice.locate(work, "Sunderweg", "12a"))[0] is not None


def test_houses_at_the_seam_of_two_pieces_are_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_points, "_AT_ONCE", 100)
    assert taken(desk, tmp_path / "hk.txt", (HERE, NEXT, NEIGHBOUR, FAR)) == 2


def test_how_much_is_read_is_told_and_a_stop_keeps_the_list_before(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "hk.txt"
    taken(desk, path, (HERE,))
    path.write_text(f"{HERE}\n{NEXT}", "utf-8")
    heard: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        heard.append((done, total))
        raise ImportStopped

    with pytest.raises(ImportStopped):
        desk.do(lambda work: address_points.import_list(work, path, told))
    assert heard == [(path.stat().st_size, path.stat().st_size)]
    assert desk.do(address_points.kept)[0] == 1


def test_a_file_without_lines_is_refused_before_it_fills_the_memory(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_points, "_AT_ONCE", 1000)
    monkeypatch.setattr(address_points, "_LONGEST", 100)
    heard: list[int] = []
    desk.do(schools.add_shipped)
    path = tmp_path / "film.txt"
    path.write_bytes(bytes(5000))
    with pytest.raises(StrangeTable):
        desk.do(lambda work: address_points.import_list(work, path, lambda done, _total: heard.append(done)))
    assert not heard


def test_a_file_that_is_gone_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.do(schools.add_shipped)
    with pytest.raises(StrangeTable, match="lässt sich nicht lesen"):
        desk.do(lambda work: address_points.import_list(work, tmp_path / "gone.txt"))
