from pathlib import Path

import pytest

from desk_app.casework import schools
from desk_app.casework.desk import Desk
from desk_app.domain.schools import RowProblem, School
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.runner import InlineRunner
from desk_app.presenters.schools import SchoolLine, SchoolsPresenter, reading_of_school, with_school_answer

NEW = School("999999", "Schule am Beispielweg", form="15", street="Beispielweg 1", easting=357000, northing=5699000)


class View:
    def __init__(self) -> None:
        self.lines: tuple[SchoolLine, ...] = ()
        self.chosen = ""
        self.words = ""
        self.problems: tuple[RowProblem, ...] = ()
        self.undo = False
        self.failure = ""
        self.houses = ""
        self.job: ImportJob | None = None
        self.stop = False

    def show_houses(self, words: str) -> None:
        self.houses = words

    def show_busy(self, job: ImportJob | None) -> None:
        self.job = job
        if job is not None and self.stop:
            job.cancel()

    def show_schools(self, lines: tuple[SchoolLine, ...], chosen: str) -> None:
        self.lines, self.chosen = lines, chosen

    def show_result(self, words: str, problems: tuple[RowProblem, ...], *, undo: bool) -> None:
        self.words, self.problems, self.undo = words, problems, undo

    def show_failed(self, message: str) -> None:
        self.failure = message

    def line(self, number: str) -> SchoolLine | None:
        return next((line for line in self.lines if line.number == number), None)


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def presenter(desk: Desk, view: View) -> SchoolsPresenter:
    made = SchoolsPresenter(view, InlineRunner(desk.do))
    made.load()
    return made


def test_the_shipped_schools_are_there_with_source_and_date(view: View, presenter: SchoolsPresenter) -> None:
    assert len(view.lines) == 39
    assert view.lines[0].as_of == "11.12.2023"
    assert "Schulverzeichnis" in view.lines[0].source
    assert "Stand 11.12.2023" in view.lines[0].spoken


def test_a_school_is_added_edited_and_taken_out_and_each_step_can_be_taken_back(
    desk: Desk, view: View, presenter: SchoolsPresenter
) -> None:
    presenter.add(NEW)
    assert view.chosen == NEW.number
    presenter.edit(NEW, with_school_answer(NEW, "name", "Gesamtschule am Beispielweg"))
    line = view.line(NEW.number)
    assert line is not None
    assert (line.name, line.source, line.as_of) == ("Gesamtschule am Beispielweg", "von Hand", "26.11.2026")
    presenter.remove(line.school)
    assert view.line(NEW.number) is None
    assert view.undo
    assert "Gesamtschule am Beispielweg" in view.words
    assert desk.do(schools.names)[0][NEW.number] == "Gesamtschule am Beispielweg", "requests that name it keep it"
    presenter.undo()
    assert view.line(NEW.number) is not None
    presenter.undo()
    renamed = view.line(NEW.number)
    assert renamed is not None
    assert renamed.name == NEW.name
    presenter.undo()
    assert view.line(NEW.number) is None
    assert not presenter.can_undo


def test_a_table_says_what_it_brought_and_which_rows_need_a_look(
    view: View, presenter: SchoolsPresenter, tmp_path: Path
) -> None:
    table = tmp_path / "schulen.csv"
    table.write_text("Schulnummer;Name;PLZ\n999999;Schule am Weg;45468\n;Ohne Nummer;45468\n", encoding="utf-8")
    presenter.import_table(table)
    assert view.words == "1 Schule neu, 0 geändert. 1 Zeile bitte ansehen:"
    assert [problem.show() for problem in view.problems] == ["Zeile 3: Die Schulnummer fehlt."]
    assert len(view.lines) == 40
    presenter.import_table(table)
    assert view.words.startswith("Die Tabelle ist gelesen: Es war schon alles so eingetragen.")


def test_a_strange_table_ends_in_one_sentence_and_changes_nothing(
    view: View, presenter: SchoolsPresenter, tmp_path: Path
) -> None:
    table = tmp_path / "liste.csv"
    table.write_text("a;b\n1;2\n", encoding="utf-8")
    presenter.import_table(table)
    assert "Es wurde nichts übernommen" in view.failure
    assert len(view.lines) == 39


def test_another_address_makes_the_coordinates_unknown_but_another_name_does_not() -> None:
    assert with_school_answer(NEW, "street", "Anderer Weg 2").easting is None
    assert with_school_answer(NEW, "name", "Anders").easting == NEW.easting


@pytest.mark.parametrize("words", ["12345", "1234567", "10378a", "١٠٣٧٨٠"])
def test_a_school_number_has_six_digits(words: str) -> None:
    reading = reading_of_school("number")
    assert reading is not None
    with pytest.raises(ValueError, match="sechs Ziffern"):
        reading.parse(words)
    assert reading.parse("103 780") == "103780"


def test_districts_and_providers_are_found_by_their_words_and_others_are_kept_as_typed() -> None:
    district, provider = reading_of_school("district"), reading_of_school("provider")
    assert district is not None
    assert provider is not None
    assert (district.parse("STYRUM"), district.parse("Essen-Kray")) == ("styrum", "Essen-Kray")
    assert (provider.parse("privat"), provider.show("public")) == ("private", "öffentlich")


def test_the_languages_taught_at_a_school_are_kept_and_told(view: View, presenter: SchoolsPresenter) -> None:
    school = view.lines[0].school
    presenter.edit(school, with_school_answer(school, "heritage", ("tr", "ar")))
    line = view.line(school.number)
    assert line is not None
    assert line.school.heritage == "tr ar"
    assert line.heritage == "Türkisch, Arabisch"
    assert "HSU Türkisch, Arabisch" in line.spoken
    presenter.edit(line.school, with_school_answer(line.school, "heritage", None))
    again = view.line(school.number)
    assert again is not None
    assert again.school.heritage == ""


LINE = "N;DENW0000000001;A;05;1;17;000;0000;00190;{number};;32357194.250;5699345.750;Sunderweg;45472;Mülheim;;\r\n"


def test_house_coordinates_are_taken_over_and_how_many_are_known_is_told(
    view: View, presenter: SchoolsPresenter, tmp_path: Path
) -> None:
    assert view.houses == "Entfernungen kennt Trittstein erst, wenn die Hauskoordinaten eingelesen sind."
    houses = tmp_path / "hk.txt"
    houses.write_text("".join(LINE.format(number=number) for number in range(1, 1302)), encoding="utf-8")
    presenter.import_houses(houses)
    assert view.words == "1.301 Häuser übernommen."
    assert view.houses == "Von 1.301 Häusern sind die Koordinaten bekannt."
    assert view.job is None


def test_a_stopped_reading_leaves_the_houses_known_before(
    view: View, presenter: SchoolsPresenter, tmp_path: Path
) -> None:
    houses = tmp_path / "hk.txt"
    houses.write_text(LINE.format(number=1), encoding="utf-8")
    presenter.import_houses(houses)
    view.stop = True
    houses.write_text(LINE.format(number=1) + LINE.format(number=2), encoding="utf-8")
    presenter.import_houses(houses)
    assert view.failure == "Das Holen der Liste wurde abgebrochen. Es wurde nichts übernommen."
    assert view.job is None
    presenter.load()
    assert view.houses == "Von 1 Haus sind die Koordinaten bekannt."


def test_a_file_without_houses_nearby_is_told_in_a_sentence(
    view: View, presenter: SchoolsPresenter, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.txt"
    strange.write_text("Name;Ort\n", encoding="utf-8")
    presenter.import_houses(strange)
    assert view.failure.startswith("In dieser Datei stehen keine Hauskoordinaten aus der Nähe Ihrer Schulen.")
    assert view.job is None
