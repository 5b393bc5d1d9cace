"""What is set apart for one child: a block of the shared questions, for as long as they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import call_name


@dataclass(frozen=True)
class ApartForm:
    """The questions of one block, their bindings, and the family's record that each binding falls back on."""

    widget: QWidget
    bindings: Sequence[tuple[FormBinding, Callable[[FamilyFile], Record | None]]]


def apart_record(file: FamilyFile, child: UUID) -> Record | None:
    """What is set apart for ``child`` already."""
    return next(iter(file.all(RecordKind.APART, child)), None)


def new_apart_record(presenter: IntakePresenter, child: UUID) -> Ref:
    return presenter.add(RecordKind.APART, child)


class ApartBlock(QWidget):
    """ "Abweichend für Karim": empty fields show what holds for all."""

    def __init__(self, form: ApartForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.title = Label("", "body", strong=True)
        self.back = Button(_("Gilt wieder wie für alle"), "link", "undo-2", height="mini")
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(form.widget)

    def show_file(self, file: FamilyFile, name: str) -> None:
        title = _("Abweichend für {name}").format(name=name)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.back.setAccessibleName(_("Für {name} gilt wieder, was für alle gilt").format(name=name))
        for binding, fallback in self.form.bindings:
            binding.show(file)
            shared = fallback(file)
            if shared is not None:
                binding.show_placeholders(shared)

    def field(self, key: str) -> Field | None:
        found = (binding.field(key) for binding, _fallback in self.form.bindings)
        return next((field for field in found if field is not None), None)


class ApartArea(QWidget):
    """The blocks of one section. Put ``opener``, the button that opens another, beside the section's own actions.

    ``differs`` says whether something is set apart for a child here, ``clear`` takes it back.
    """

    def __init__(
        self,
        presenter: IntakePresenter,
        build: Callable[[UUID], ApartForm],
        differs: Callable[[FamilyFile, UUID], bool],
        clear: Callable[[UUID], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter, self._build, self._differs, self._clear = presenter, build, differs, clear
        self._blocks: dict[UUID, ApartBlock] = {}
        self._opened: set[UUID] = set()
        self._menu = QMenu(self)
        self.opener = Button(_("Für ein Kind abweichend …"), "link", "split", height="mini")
        self.opener.clicked.connect(self._ask_for_child)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        column.addLayout(self._column)

    def block(self, child: UUID) -> ApartBlock | None:
        return self._blocks.get(child)

    def open(self, child: UUID) -> ApartBlock:
        """Show the block of a child, even while nothing differs."""
        self._opened.add(child)
        self.show_file(self._presenter.file)
        return self._blocks[child]

    def show_file(self, file: FamilyFile) -> None:
        children = {child.id: call_name(child, place) for place, child in enumerate(file.children)}
        for child, name in children.items():
            if child in self._opened or self._differs(file, child):
                self._shown(child).show_file(file, name)
            else:
                self._drop(child)
        for child in set(self._blocks) - set(children):
            self._drop(child)
        self.opener.setVisible(bool(set(children) - set(self._blocks)))

    def _shown(self, child: UUID) -> ApartBlock:
        block = self._blocks.get(child)
        if block is None:
            block = self._blocks[child] = ApartBlock(self._build(child), self)
            block.back.clicked.connect(lambda: self._take_back(child))
            self._column.addWidget(block)
            block.show()
        return block

    def _drop(self, child: UUID) -> None:
        self._opened.discard(child)
        block = self._blocks.pop(child, None)
        if block is not None:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()

    def _take_back(self, child: UUID) -> None:
        commit_all(self._blocks[child])
        self._opened.discard(child)
        self._clear(child)
        self.show_file(self._presenter.file)
        self.opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_child(self) -> None:
        file = self._presenter.file
        names = {child.id: call_name(child, place) for place, child in enumerate(file.children)}
        left = {child: name for child, name in names.items() if child not in self._blocks}
        if len(left) == 1:
            self._begin(next(iter(left)))
            return
        self._menu.clear()
        for child, name in left.items():
            action = self._menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, child=child: self._begin(child))
        self._menu.popup(self.opener.mapToGlobal(QPoint(0, self.opener.height())))

    def _begin(self, child: UUID) -> None:
        first = next(iter(self.open(child).form.widget.findChildren(Field)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
