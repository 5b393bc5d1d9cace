"""How the program looks on this machine: light or dark, text size, letters on buttons. In force at once."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app import bootstrap, settings
from desk_app.gui import capture
from desk_app.gui.idle import longest
from desk_app.gui.options.centre_card import WIDEST
from desk_app.gui.theme import Appearance, Mode
from desk_app.gui.widgets.cards import Card, Divider
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.tick_fields import SegmentedControl
from desk_app.i18n import N_, _, ngettext

_MODES: tuple[tuple[Mode, str], ...] = (("system", N_("wie das System")), ("light", N_("hell")), ("dark", N_("dunkel")))
_STEPS = tuple(settings.TEXT_SCALE[::10])


class AppearanceCard(ScrollArea):
    """Choices of this machine; they stay on it and say nothing about anybody."""

    failed = Signal(str)
    key_letters_changed = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        known = settings.load()
        # a size set in the file by hand stays on offer
        self._sizes = tuple(sorted({*_STEPS, known.text_scale}))
        self.modes = SegmentedControl([_(words) for _mode, words in _MODES])
        self.sizes = SegmentedControl([_("{n} %").format(n=size) for size in self._sizes])
        most = longest(bootstrap.has_battery())
        self._minutes = tuple(range(most, 0, -1))
        self.lock_after = SegmentedControl(
            [ngettext("{n} Minute", "{n} Minuten", n).format(n=n) for n in self._minutes]
        )
        self.lock_after.set_current(self._minutes.index(min(known.lock_after, most)))
        self.letters = TickBox(_("einzelne Buchstaben benutzen"))
        self.hidden = TickBox(_("auf Bildern verbergen"), self)
        self.hidden.setVisible(capture.possible())
        self.hidden.setChecked(known.hide_from_capture)
        self.modes.set_current([mode for mode, _words in _MODES].index(cast("Mode", known.theme)))
        self.sizes.set_current(self._sizes.index(known.text_scale))
        self.letters.setChecked(known.key_letters)
        card = Card(_("Darstellung"))
        card.body.addWidget(Label(_("Gilt nur an diesem PC und sofort."), "small", "text3"))
        card.body.addSpacing(8)
        self._add(card, _("Farben"), _("Hell und dunkel sind gleich gut lesbar."), self.modes, last=False)
        self._add(card, _("Textgröße"), _("Schrift und Knöpfe wachsen zusammen."), self.sizes, last=False)
        self._add(
            card,
            _("Buchstaben als Tasten"),
            _("Zum Beispiel E für Exportieren; nur in Listen, nie beim Schreiben."),
            self.letters,
            last=False,
        )
        self._add(
            card,
            _("Sperren ohne Eingabe nach"),
            _("Was Sie gerade schreiben, wird vorher gespeichert. Länger geht an diesem PC nicht."),
            self.lock_after,
            last=not capture.possible(),
        )
        if capture.possible():
            self._add(
                card,
                _("Nicht auf Bildschirmfotos"),
                _("Auch wer den Bildschirm geteilt sieht oder aus der Ferne hilft, bekommt nur eine leere Fläche."),
                self.hidden,
                last=True,
            )
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.set_widest(WIDEST)
        self.modes.chosen.connect(self._choose_mode)
        self.sizes.chosen.connect(self._choose_size)
        self.letters.toggled.connect(self._choose_letters)
        self.hidden.toggled.connect(self._choose_hidden)
        self.lock_after.chosen.connect(lambda place: self._save(lock_after=self._minutes[place]))

    @staticmethod
    def _add(card: Card, title: str, words: str, control: QWidget, *, last: bool) -> None:
        control.setAccessibleName(title)
        control.setAccessibleDescription(words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(16)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(title, "body"))
        if words:
            lines.addWidget(Label(words, "small", "text3", wrap=True))
        row.addLayout(lines, 1)
        row.addWidget(control)
        card.body.addLayout(row)
        if not last:
            card.body.addWidget(Divider(0, 0))

    def _choose_mode(self, place: int) -> None:
        mode = _MODES[place][0]
        self._appearance.set_mode(mode)
        self._save(theme=mode)

    def _choose_size(self, place: int) -> None:
        size = self._sizes[place]
        self._appearance.set_scale(size / 100)
        self._save(text_scale=size)

    def _choose_letters(self, on: bool) -> None:
        self._save(key_letters=on)
        self.key_letters_changed.emit(on)

    def _choose_hidden(self, on: bool) -> None:
        capture.use(on)
        self._save(hide_from_capture=on)

    def _save(self, **chosen: str | int | bool) -> None:
        try:
            settings.save(settings.load()._replace(**chosen))  # type: ignore[arg-type]  # the callers name one setting each
        except OSError:
            self.failed.emit(
                _(
                    "Die Darstellung gilt jetzt, ließ sich aber nicht merken: In den Ordner der Einstellungen dieses "
                    "Rechners kann nicht geschrieben werden. Ihre Daten sind davon nicht berührt."
                )
            )
