"""Everything the school section asks about one child: school years, what else of school, and the place wanted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.child import ChildView
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.gui.forms.child_place import Ui_ChildPlace
from desk_app.gui.forms.child_school import Ui_ChildSchool
from desk_app.gui.intake.binding import FormBinding, set_placeholder
from desk_app.gui.intake.disclosure import Disclosure, disclose, open_around
from desk_app.gui.intake.school_years import SchoolYears
from desk_app.gui.intake.suggestion import Suggestion
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, Divider
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.field_grid import FieldGrid
from desk_app.gui.widgets.info_line import InfoLine
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.i18n import _, ngettext
from desk_app.presenters import schooling
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter


class ChildSchool(QWidget):
    """One child's part of the section. Questions come and go with the child's stage and other answers.

    ``making`` goes on with what it consists of, some milliseconds at a time; to show a file ends that.
    """

    proposals_asked = Signal()
    """The schools that suit the child are wanted."""

    def __init__(
        self, presenter: IntakePresenter, choices: Choices, child: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.child = child
        self._presenter, self._choices = presenter, choices
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.making = self._make()

    def _make(self) -> Iterator[None]:
        self.years = SchoolYears(self._presenter, self._choices, self.child, self)
        self._column.addWidget(self.years)
        self._add_school()
        yield
        self._add_place()
        yield
        self._bind()

    def _add_school(self) -> None:
        self.school = Ui_ChildSchool()
        holder = QWidget(self)
        self.school.setupUi(holder)
        self.school.column.setContentsMargins(PADDING, 14, PADDING, 12)
        self._column.addWidget(holder)
        self.more_school = disclose(self.school.more, _("Weitere Angaben zur Schule"))

    def _add_place(self) -> None:
        self._column.addWidget(Divider(0, 0, self))
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(PADDING, 12, PADDING, 0)
        row.setSpacing(8)
        self.number = Chip("", "accent", parent=head)
        self.office_words = ElidedLabel("", "small", "text2", parent=head)
        row.addWidget(Label(_("Schulplatz"), "section", parent=head))
        row.addWidget(self.number)
        row.addStretch(1)
        row.addWidget(self.office_words)
        self.proposals = Button(_("Schulvorschläge …"), "link", "school", height="mini", parent=head)
        self.proposals.clicked.connect(self.proposals_asked)
        row.addWidget(self.proposals)
        self._column.addWidget(head)
        self.place = Ui_ChildPlace()
        holder = QWidget(self)
        self.place.setupUi(holder)
        self.place.column.setContentsMargins(PADDING, 8, PADDING, 14)
        self._column.addWidget(holder)
        self.more_place = disclose(self.place.more, _("Ab Schulbeginn"))
        self.reason = InfoLine(parent=self)
        self.office_open = InfoLine(parent=self)
        self.place.column.insertWidget(0, self.reason)
        self.place.column.insertWidget(1, self.office_open)
        self.office = self.place.office

    def _bind(self) -> None:
        grids = (self.school.main, self.school.more, self.place.main, self.place.more)
        self._wishes = [self.place.wish_1, self.place.wish_2, self.place.wish_3]
        apart = {self.office, *self._wishes}
        fields = [field for grid in grids for field in grid.fields() if field not in apart]
        self.person = FormBinding(self._presenter, self._choices, RecordKind.PERSON, fields, self._person)
        request = FormBinding(
            self._presenter, self._choices, RecordKind.REQUEST, [self.office], lambda file: file.request_of(self.child)
        )
        self._request = request
        for place, field in enumerate(self._wishes):
            field.committed.connect(partial(self._wish, place))
        self._years_offer = Suggestion(self.school.years_of_schooling, self._take_years)
        self._end_offer = Suggestion(self.place.support_end, self._take_end)
        self.place.compulsory_done.set_hint(_("ohne Angabe: nein"))

    def _person(self, file: FamilyFile) -> Record | None:
        return next((row for row in file.persons if row.id == self.child), None)

    def _view(self) -> ChildView:
        return ChildView(self._presenter.file, self.child, self._choices.today)

    # --- showing

    def show_file(self, file: FamilyFile) -> None:
        for _piece in self.making:
            pass
        view = ChildView(file, self.child, self._choices.today)
        self.years.show_file(file)
        self.person.show(file)
        self._request.show(file)
        for key, field in self.person.fields.items():
            field.setVisible(schooling.asks(view, key))
        self._show_wishes(view)
        self._show_proposals(view)
        self._show_more(self.more_school, self.school.more, _("Weitere Angaben zur Schule"))
        self._show_more(self.more_place, self.place.more, _("Ab Schulbeginn"))

    def _show_more(self, disclosure: Disclosure, grid: FieldGrid, title: str) -> None:
        asked = [field for field in grid.fields() if not field.isHidden()]
        answered = sum(field.value() is not None for field in asked)
        words = ngettext("{title} · {n} Antwort", "{title} · {n} Antworten", answered)
        disclosure.set_title(words.format(title=title, n=answered) if answered else title)
        disclosure.setVisible(bool(asked))

    def _show_wishes(self, view: ChildView) -> None:
        rows = schooling.wishes(view)
        entries, search = self._choices.choices("schools"), self._choices.search("schools")
        wanted = view.wants_place
        for place, field in enumerate(self._wishes):
            if field.property("offered") != len(entries):
                field.setProperty("offered", len(entries))
                field.set_choices(entries, search)
            field.offer_value(rows[place].get("school") if place < len(rows) else None)
            field.setVisible(place < len(rows) or (wanted and place <= len(rows)))
        full = len(rows) >= len(self._wishes)
        self.proposals.setVisible(wanted and view.request is not None)
        self.proposals.setEnabled(not full)
        words = _("Welche Schulen sich anbieten, mit Gründen; eine davon wird zum Wunsch")
        self.proposals.setToolTip(_("Es stehen schon drei Wunschschulen da") if full else words)

    def _show_proposals(self, view: ChildView) -> None:
        place = self.place
        set_placeholder(place.school_stage, schooling.proposed_stage(view))
        set_placeholder(place.proposed_grade, schooling.proposed_grade(view))
        answered = view.person.flag("place_wanted") is not None
        derived = _("nach Alter: ja") if view.wants_place else _("nach Alter: nein")
        place.place_wanted.set_hint("" if answered or view.proposal is None else derived)
        self.reason.say(schooling.proposal_reason(view))
        office = schooling.office_line(view)
        decided = view.request is not None and view.request.get("office") is not None
        self.office.setVisible(view.request is not None and (office.open or decided))
        self.office_open.say(office.words if office.open else "", "warn")
        self.office_words.setText("" if office.open or not view.wants_place else office.words)
        number = view.request.text("number") if view.request is not None and view.wants_place else ""
        self.number.set_state(number, "accent")
        self.number.setVisible(bool(number))
        years = schooling.proposed_years(view) if self.school.years_of_schooling.value() is None else None
        words = "" if years is None else str(years)
        self._years_offer.offer(words, _("aus den Schuljahren: {n}").format(n=words))
        end = schooling.proposed_support_end(view)
        self._end_offer.offer(show_day(end) if end else "", _("Vorschlag: 24 Monate ab Beginn"))

    # --- answers

    def _take_years(self) -> None:
        self._presenter.edit(self._view().person.ref, "years_of_schooling", schooling.proposed_years(self._view()))

    def _take_end(self) -> None:
        self._presenter.edit(self._view().person.ref, "support_end", schooling.proposed_support_end(self._view()))

    def _wish(self, place: int, school: Value) -> None:
        rows = schooling.wishes(self._view())
        if place >= len(rows):
            if school is not None:
                self._presenter.add(RecordKind.WISH, self.child, {"school": school})
        elif school is None:
            self._presenter.remove(rows[place].ref)
        else:
            self._presenter.edit(rows[place].ref, "school", school)

    def add_wish(self, school: str) -> None:
        """Make a school the next wish, unless it is one already."""
        rows = schooling.wishes(self._view())
        places = [place for place, row in enumerate(rows) if row.get("school") == school] or [len(rows)]
        if places[0] < len(self._wishes):
            self._wish(places[0], school)
            self._wishes[places[0]].setFocus()

    def reveal(self, kind: RecordKind, key: str) -> QWidget | None:
        """The widget to focus for a question; what hides it is opened."""
        if kind is RecordKind.SCHOOL_YEAR:
            return self.years.first_row()
        found: Field | None = None
        if kind is RecordKind.PERSON:
            found = self.person.field(key)
        elif kind is RecordKind.REQUEST:
            found = self.place.school_stage if self.office.isHidden() else self.office
        elif kind is RecordKind.WISH:
            found = self._wishes[0]
        if found is not None:
            open_around(found)
        return found
