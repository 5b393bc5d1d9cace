"""A field of tags in which every tag is a record: a language, another spelling of a name, a guardian."""

from __future__ import annotations

from uuid import UUID

from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import FieldType
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.gui.widgets.tag_field import TagField
from desk_app.presenters.intake import IntakePresenter


class RecordTags:
    """Shows the records of one kind that carry ``also``, by the value of ``key``, and adds or removes them.

    ``person`` is whose records they are, ``None`` for the family's.
    """

    def __init__(
        self,
        presenter: IntakePresenter,
        field: TagField,
        kind: RecordKind,
        key: str,
        person: UUID | None,
        also: dict[str, Value] | None = None,
    ) -> None:
        self._presenter = presenter
        self.field = field
        self._kind, self._key, self._person = kind, key, person
        self._also = also or {}
        field.set_key(field.get_key() or field.objectName())
        field.committed.connect(self._keep)

    def show(self, file: FamilyFile) -> None:
        tags = tuple(row.text(self._key) for row in self._records(file)) or None
        if tags != self.field.value():
            self.field.offer_value(tags)

    def _records(self, file: FamilyFile) -> list[Record]:
        rows = file.all(self._kind, self._person)
        return [row for row in rows if row.text(self._key) and all(row.get(k) == v for k, v in self._also.items())]

    def _keep(self, tags: tuple[str, ...] | None) -> None:
        wanted = tags or ()
        known = self._records(self._presenter.file)
        for row in known:
            if row.text(self._key) not in wanted:
                self._presenter.remove(row.ref)
        there = {row.text(self._key) for row in known}
        is_link = field_of(self._kind, self._key).type is FieldType.LINK
        for tag in wanted:
            if tag not in there:
                self._presenter.add(self._kind, self._person, {self._key: UUID(tag) if is_link else tag, **self._also})
