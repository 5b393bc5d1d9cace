"""Stand ändern: one state out of a row of chips, and below it what can be told with that state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.code_lists import code_list
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PressRow
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_steps import Draft, Move, Part, Proposal, hint

_WIDTH, _PADDING = 560, 26
_PLACES = {
    Part.SCHOOL: (0, 0, 2), Part.CLASS: (1, 0, 1), Part.STARTS: (1, 1, 1), Part.SUPPORT: (2, 0, 1),
    Part.CODE: (3, 0, 2), Part.REASON: (4, 0, 2), Part.DAY: (2, 1, 1),
}  # fmt: skip
"""Row, column and breadth of each field; the day stands alone where there is no support."""


class StateDialog(StepDialog):
    """``asked`` comes with the `Draft`; the page closes the dialog once it is done, or shows why it was not.

    Nothing is required. ``left`` comes with what was typed when the dialog is closed without doing it.
    """

    asked = Signal(object)
    left = Signal(object)
    proposals_asked = Signal()
    """All schools are wanted, each with its reasons."""

    def __init__(
        self,
        window: QWidget,
        about: str,
        count: int,
        moves: Sequence[Move],
        draft: Draft,
        schools: Mapping[str, str],
        today: date,
        title: str = "",
    ) -> None:
        title = title or ngettext("Stand ändern", "Stand von {n} Anfragen ändern", count).format(n=count)
        super().__init__(window, title, about, _("Eintragen"))
        self._width = _WIDTH
        self._moves = tuple(moves)
        self._draft = draft
        self.chips: dict[str, FilterChip] = {}
        self._build_chips()
        self.fields = self._build_fields(schools, today, draft)
        self.proposed = QWidget()
        self._proposals = QVBoxLayout(self.proposed)
        self._proposals.setContentsMargins(0, 0, 0, 0)
        self._proposals.setSpacing(0)
        self.body.insertWidget(self.body.count() - 1, self.proposed)
        self.follows = Label("", "small", "text3", wrap=True)
        self.body.addWidget(self.follows)
        self.finish()
        self._show_state()

    def _build_chips(self) -> None:
        group = QButtonGroup(self)
        self._chips = QWidget()
        row = FlowLayout(self._chips)
        row.setContentsMargins(0, 0, 0, 0)
        self._chips.setAccessibleName(_("Neuer Stand"))
        for move in self._moves:
            chip = self.chips[move.state] = FilterChip(_(move.word))
            chip.setChecked(move.state == self._draft.state)
            chip.clicked.connect(self._show_state)
            chip.installEventFilter(self)
            group.addButton(chip)
            row.addWidget(chip)
        self.body.addWidget(self._chips)
        self._fit_chips()

    def _fit_chips(self) -> None:
        layout = self._chips.layout()
        assert layout is not None
        # the body of a dialog does not ask wrapped lines for their height by itself
        self._chips.setFixedHeight(layout.heightForWidth(Theme.current().px(_WIDTH) - 2 * _PADDING))

    def _build_fields(self, schools: Mapping[str, str], today: date, draft: Draft) -> dict[Part, Field]:
        school, support, code = ChoiceField(), ChoiceField(), ChoiceField()
        school.set_choices(sorted(schools.items(), key=lambda item: item[1].casefold()))
        for choice, name in ((support, "support_types"), (code, "return_reasons")):
            choice.set_choices(tuple((each.key, each.label) for each in code_list(name).valid_on(today)))
        fields: dict[Part, Field] = {
            Part.SCHOOL: school,
            Part.CLASS: TextField(),
            Part.STARTS: self._day("", today),
            Part.SUPPORT: support,
            Part.CODE: code,
            Part.REASON: TextField(),
            Part.DAY: self._day("", today),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for part, field in fields.items():
            row, column, breadth = _PLACES[part]
            grid.addWidget(field, row, column, 1, breadth)
            field.set_value(getattr(draft, part) or None)
            field.typed.connect(self._show_hint)
            field.committed.connect(self._show_hint)
        self.body.addLayout(grid)
        self._hear(*fields.values())
        return fields

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Offer schools with why; a press takes one over into the field below."""
        head = QHBoxLayout()
        words = _("Vorschläge, nach Nähe, Geschwistern und Wunsch") if proposals else _("Kein Vorschlag")
        head.addWidget(Label(words, "small", "text3"), 1)
        self.all_proposals = Button(_("Alle Vorschläge …"), "link", height="mini")
        self.all_proposals.clicked.connect(self.proposals_asked)
        head.addWidget(self.all_proposals)
        self._proposals.addLayout(head)
        for each in proposals:
            row = _ProposalRow(each)
            row.clicked.connect(lambda _on=False, number=each.number: self.take_school(number))
            self._proposals.addWidget(row)
        self._show_state()

    def tell_no_proposals(self) -> None:
        """Say why there are none: the schools that suit are another matter for each child."""
        words = _("Vorschläge gibt es für ein Kind allein; hier sind mehrere Anfragen angekreuzt.")
        self._proposals.addWidget(Label(words, "small", "text3", wrap=True))
        self._show_state()

    def take_school(self, number: str) -> None:
        school = self.fields[Part.SCHOOL]
        school.set_value(number)
        school.setFocus()
        self._show_hint()

    # --- what is chosen

    def chosen(self) -> Move:
        """The state chosen."""
        return next((move for move in self._moves if self.chips[move.state].isChecked()), self._moves[0])

    def draft(self) -> Draft:
        """The step as far as it is filled in; what cannot be read stays out."""
        told = {part: field.value() for part, field in self.fields.items()}
        return Draft(
            self.chosen().state,
            school=told[Part.SCHOOL] or "",
            class_name=told[Part.CLASS] or "",
            starts_on=told[Part.STARTS],
            support=told[Part.SUPPORT] or "",
            reason_code=told[Part.CODE] or "",
            reason=told[Part.REASON] or "",
            happened_on=told[Part.DAY],
        )

    def _show_state(self) -> None:
        labels = self.chosen().labels
        for part, field in self.fields.items():
            field.setVisible(part in labels)
            if part in labels:
                field.set_label(_(labels[part]))
        self.proposed.setVisible(Part.SCHOOL in labels and self._proposals.count() > 0)
        self._show_hint()

    def _show_hint(self, _value: object = None) -> None:
        words = hint(self.draft())
        self.follows.setText(words)
        self.follows.setVisible(bool(words))
        if self.isVisible():
            self._fit()

    # --- doing it

    def ask(self) -> None:
        """Open with the keyboard on the state."""
        self.open(self.chips[self.chosen().state])

    def _ask(self) -> None:
        shown = [field for part, field in self.fields.items() if part in self.chosen().labels]
        wrong = [field for field in shown if not field.commit()]
        if wrong:
            wrong[0].setFocus()
            self._fit()
            return
        self.show_busy(_("Wird eingetragen …"))
        self.asked.emit(self.draft())

    def show_failed(self, message: str) -> None:
        self.show_busy("")
        super().show_failed(message)

    def dismiss(self) -> None:
        for field in self.fields.values():
            field.commit()
        self.left.emit(self.draft())
        super().dismiss()

    def refit(self) -> None:
        self._fit_chips()
        super().refit()


class _ProposalRow(PressRow):
    """A school and why, on one line."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(_("{school} übernehmen: {why}").format(school=proposal.name, why=proposal.why))
        self.row.setContentsMargins(4, 0, 4, 0)
        self.setToolTip(proposal.why)
        self.add(Label(proposal.name, "small", strong=True))
        self.add(ElidedLabel(proposal.why, "small", "text2"), 1)

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(30))
