"""Sending a family to an offer: everything has a default, Eingabe does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from desk_app.casework.referrals import Draft
from desk_app.domain.code_lists import code_list
from desk_app.domain.referral_states import ADDRESSED, REFERRED, asks_again
from desk_app.gui import icons
from desk_app.gui.choice_row import ChoiceRow
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.info_line import InfoLine
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import TextField
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import _
from desk_app.presenters.offer_choices import Choice
from desk_app.presenters.offer_reading import Context

_WIDTH, _PADDING = 560, 26


class ReferDialog(StepDialog):
    """``asked`` comes with the ``Draft`` and the ``Choice``; whoever opened it closes it once it is done."""

    asked = Signal(object, object)
    consent_asked = Signal(object)
    """The ``Draft`` as it stands: whether its recipient may be told something."""

    def __init__(self, window: QWidget, context: Context, offers: Sequence[Choice], today: date) -> None:
        title = offers[0].title if len(offers) == 1 else _("Vermitteln")
        super().__init__(window, title, _("für {family}").format(family=context.title), _("Vermitteln"))
        self._width = _WIDTH
        self._context, self._offers, self._today = context, tuple(offers), today
        self._id = uuid4()
        self._agreed = False
        self.rows: list[_OfferRow] = []
        self.chips: dict[UUID | None, FilterChip] = {}
        if len(offers) > 1:
            self._build_offers()
        self.before = InfoLine("", "warn")
        self.body.addWidget(self.before)
        self._build_whom()
        self.consent_words = InfoLine()
        self.agrees = TickField(label=_("Heute einverstanden: Angaben dürfen an diesen Träger gehen"))
        self.form = ChoiceField(label=_("Wie erklärt"))
        self.form.set_choices([(code.key, code.label) for code in code_list("consent_forms").entries])
        self.form.set_value("oral")
        self.state = ChoiceField(label=_("Stand"))
        self.state.set_choices([(key, code_list("referral_outcomes").label(key)) for key in (REFERRED, ADDRESSED)])
        self.state.set_value(REFERRED)
        self.again = self._day(_("Nachfragen am"), today, self._asks_again())
        self.words = TextField(label=_("Notiz"))
        self.words.set_hint(_("Nur Sachliches: Die Familie kann Auskunft verlangen."))
        self._build_rest()
        self.slip = TickBox(_("Danach den Zettel mit dem Code drucken"))
        self.body.addWidget(self.slip)
        self.all_offers = Button("", "link", "compass")
        self.all_offers.hide()
        self.finish(self.all_offers)
        self._show_offer()

    def _build_offers(self) -> None:
        group = QButtonGroup(self)
        for place, offer in enumerate(self._offers):
            row = _OfferRow(offer)
            row.setChecked(place == 0)
            row.clicked.connect(self._show_offer)
            row.installEventFilter(self)
            group.addButton(row)
            self.rows.append(row)
            self.body.addWidget(row)

    def _build_whom(self) -> None:
        self._whom = QWidget()
        self._whom.setAccessibleName(_("Für wen"))
        row = FlowLayout(self._whom)
        for key, words in ((None, _("ganze Familie")), *self._context.people):
            chip = self.chips[key] = FilterChip(words)
            chip.setChecked(key is None)
            chip.clicked.connect(lambda _on=False, key=key: self._choose_whom(key))
            chip.installEventFilter(self)
            row.addWidget(chip)
        self.body.addWidget(Label(_("Für wen"), "small", "text2"))
        self.body.addWidget(self._whom)
        self._fit_chips()

    def _build_rest(self) -> None:
        self.body.addWidget(self.consent_words)
        self.body.addWidget(self.agrees)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.form, 0, 0)
        grid.addWidget(self.state, 1, 0)
        grid.addWidget(self.again, 1, 1)
        grid.addWidget(self.words, 2, 0, 1, 2)
        self.body.addLayout(grid)
        self._hear(self.agrees, self.form, self.state, self.again, self.words)
        self.agrees.committed.connect(lambda _value: self._show_consent())
        self.state.committed.connect(lambda _value: self.again.offer_value(self._asks_again()))

    def _fit_chips(self) -> None:
        layout = self._whom.layout()
        assert layout is not None
        # the body of a dialog does not ask wrapped lines for their height by itself
        self._whom.setFixedHeight(layout.heightForWidth(Theme.current().px(_WIDTH) - 2 * _PADDING))

    def refit(self) -> None:
        self._fit_chips()
        super().refit()

    def offer_all(self, words: str, go: Callable[[], None]) -> None:
        """A way on where none of these offers is the right one."""
        self.all_offers.setText(words)
        self.all_offers.show()
        self.all_offers.clicked.connect(self.dismiss)
        self.all_offers.clicked.connect(lambda _checked=False: go())
        self.all_offers.refit()

    # --- what is chosen

    def chosen(self) -> Choice:
        """The offer."""
        return next((row.offer for row in self.rows if row.isChecked()), self._offers[0])

    def draft(self) -> Draft:
        """The referral as it stands."""
        people = tuple(key for key, chip in self.chips.items() if key is not None and chip.isChecked())
        return Draft(
            self._id, self._context.household, self.chosen().id, people, self.state.value() or REFERRED,
            agreed=bool(self.agrees.value()) and not self._agreed, form=self.form.value() or "",
            asks_again_on=self.again.value(), words=self.words.value() or "",
        )  # fmt: skip

    def show_consent(self, offer: UUID, *, agreed: bool) -> None:
        """Say whether the family agreed before that this provider is told something."""
        if offer == self.chosen().id:
            self._agreed = agreed
            self._show_consent()

    def _choose_whom(self, key: UUID | None) -> None:
        """The family as a whole, or one or several of it."""
        if key is None:
            for other, chip in self.chips.items():
                chip.setChecked(other is None)
        else:
            some = any(chip.isChecked() for other, chip in self.chips.items() if other is not None)
            self.chips[None].setChecked(not some)
        self.consent_asked.emit(self.draft())

    def _show_offer(self) -> None:
        offer = self.chosen()
        earlier = next((line for line in self._context.referrals if line.offer == offer.id), None)
        told = _("Schon vermittelt: {state}").format(state=earlier.label) if earlier is not None else ""
        self.before.say(" ".join(part for part in (told, offer.warning) if part), "warn")
        self.again.offer_value(self._asks_again())
        self._agreed = False
        self._show_consent()
        self.consent_asked.emit(self.draft())

    def _show_consent(self) -> None:
        if self._agreed:
            words, tone = _("Einwilligung für diesen Träger liegt vor."), "info"
        else:
            words, tone = (
                _(
                    "Eine Einwilligung für diesen Träger liegt nicht vor. Die Familie nimmt den Zettel selbst mit, von "
                    "hier geht nichts hinaus."
                ),
                "warn",
            )
        self.consent_words.say(words if self._agreed or not self.agrees.value() else "", tone)
        self.agrees.setVisible(not self._agreed)
        self.form.setVisible(not self._agreed and bool(self.agrees.value()))
        if self.isVisible():
            self._fit()

    def _asks_again(self) -> date | None:
        state = self.state.value() if hasattr(self, "state") else REFERRED
        return asks_again(state or REFERRED, self._today, self.chosen().days)

    # --- doing it

    def ask(self) -> None:
        """Open with the keyboard on the deed, so that Eingabe is enough; where there is a choice, on the first."""
        self.open(self.rows[0] if self.rows else self.deed)
        self.consent_asked.emit(self.draft())

    def _ask(self) -> None:
        wrong = [field for field in (self.state, self.form, self.again, self.words) if not field.commit()]
        if wrong:
            wrong[0].setFocus()
            self._fit()
            return
        self.show_busy(_("Wird eingetragen …"))
        self.asked.emit(self.draft(), self.chosen())

    def show_failed(self, message: str) -> None:
        self.show_busy("")
        super().show_failed(message)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self.rows:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                place = (self.rows.index(watched) + step) % len(self.rows)
                self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
                self.rows[place].click()
                return True
        return super().eventFilter(watched, event)


class _OfferRow(ChoiceRow):
    def __init__(self, offer: Choice) -> None:
        super().__init__(offer.title, offer.why)
        self.offer = offer

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        icons.paint(painter, "compass", centre, round(size * 0.6), "accent" if self.isChecked() else "text2")
