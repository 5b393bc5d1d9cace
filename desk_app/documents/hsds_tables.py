"""The tabular data package of HSDS 3.0: services taken apart into tables that name each other by id, and back.

https://docs.openreferral.org/en/3.0/hsds/serialization.html#tabular-data-package. Tables and columns are called as the
specification calls them; those we have nothing for are left out. Our extension is one more column, as JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from desk_app.documents import hsds
from desk_app.documents.hsds_extension import KEY
from desk_app.documents.hsds_read import NO_ORGANISATION
from desk_app.domain.centre import Json
from desk_app.domain.offer_exchange import Collection
from desk_app.i18n import N_, _

DESCRIPTOR: Final = "datapackage.json"
TABLES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "organization": ("organizations.csv", (
        "id", "name", "alternate_name", "description", "email", "website", "parent_organization_id", KEY)),
    "service": ("services.csv", (
        "id", "organization_id", "name", "alternate_name", "description", "url", "email", "status",
        "interpretation_services", "application_process", "fees_description", "eligibility_description",
        "minimum_age", "maximum_age", "assured_date", "alert", "last_modified", KEY)),
    "service_at_location": ("service_at_location.csv", ("id", "service_id", "location_id", "description")),
    "location": ("locations.csv", (
        "id", "location_type", "name", "transportation", "latitude", "longitude", KEY)),
    "address": ("addresses.csv", (
        "id", "location_id", "address_1", "address_2", "city", "region", "state_province", "postal_code", "country",
        "address_type")),
    "accessibility": ("accessibility.csv", ("id", "location_id", "description", "details")),
    "schedule": ("schedules.csv", (
        "id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "wkst",
        "freq", "interval", "byday", "description", "opens_at", "closes_at", "notes")),
    "contact": ("contacts.csv", (
        "id", "organization_id", "service_id", "service_at_location_id", "location_id", "name", "title", "department",
        "email")),
    "phone": ("phones.csv", (
        "id", "location_id", "service_id", "organization_id", "contact_id", "service_at_location_id", "number",
        "extension", "type", "description")),
    "language": ("languages.csv", ("id", "service_id", "location_id", "phone_id", "name", "code", "note")),
    "cost_option": ("cost_options.csv", ("id", "service_id", "option", "currency", "amount")),
    "required_document": ("required_documents.csv", ("id", "service_id", "document", "uri")),
    "attribute": ("attributes.csv", ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value")),
    "taxonomy_term": ("taxonomy_terms.csv", ("id", "code", "name", "description", "taxonomy", "language")),
}  # fmt: skip
"""File and columns by the name of the table."""
_NUMBERS: Final = frozenset(
    ("minimum_age", "maximum_age", "latitude", "longitude", "interval", "amount", "count", "timezone")
)
_DAYS: Final = frozenset(("assured_date", "valid_from", "valid_to", "dtstart"))
_INSIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "service": {
        "schedules": "schedule", "service_at_locations": "service_at_location", "languages": "language",
        "cost_options": "cost_option", "required_documents": "required_document", "contacts": "contact",
        "phones": "phone", "attributes": "attribute",
    },
    "organization": {"phones": "phone"},
    "service_at_location": {"schedules": "schedule"},
    "location": {"addresses": "address", "accessibility": "accessibility", "schedules": "schedule"},
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}  # fmt: skip
"""What lies inside an object under which key; in its table it names the object by "<table>_id"."""
_BESIDE: Final = {"service": "organization", "service_at_location": "location", "attribute": "taxonomy_term"}
"""What stands in a table once, and who names it by "<table>_id" and holds it under the name of the table."""
_NEAREST: Final = ("phone", "contact", "service_at_location", "service", "location", "organization")
"""Where a row names several objects it lies in the first of these."""

Tables = dict[str, list[Json]]


def write(collection: Collection, target: BinaryIO) -> None:
    """Write the offers as a zip of tables with their descriptor."""
    tables = to_tables(hsds.services(collection))
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        package.writestr(DESCRIPTOR, json.dumps(_descriptor(tables), ensure_ascii=False, indent=1))
        for name, rows in tables.items():
            file, columns = TABLES[name]
            package.writestr(file, _csv(columns, rows).encode())


def to_tables(services: Iterable[Json]) -> Tables:
    """The rows of each table that has any, by its name; each object once."""
    found: dict[str, dict[str, Json]] = {name: {} for name in TABLES}
    for service in services:
        if not service.get("organization_id"):
            nobody = {"id": NO_ORGANISATION, "name": _(_NOBODY), "description": _(_NOBODY)}
            service = {**service, "organization_id": NO_ORGANISATION, "organization": nobody}
        _lay_out("service", service, found)
    return {name: list(rows.values()) for name, rows in found.items() if rows}


_NOBODY: Final = N_("Träger nicht hinterlegt")


def _lay_out(table: str, there: Json, found: dict[str, dict[str, Json]]) -> None:
    row = {column: there[column] for column in TABLES[table][1] if column in there}
    found[table].setdefault(there["id"], row)
    for key, inner in _INSIDE.get(table, {}).items():
        for each in there.get(key, []):
            link = {} if inner == "attribute" else {f"{table}_id": there["id"]}
            _lay_out(inner, {**each, **link}, found)
    other = _BESIDE.get(table, "")
    if other in there and there[other]["id"] not in found[other]:
        _lay_out(other, there[other], found)


def _csv(columns: tuple[str, ...], rows: list[Json]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _descriptor(tables: Tables) -> Json:
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "resources": [_resource(name) for name in tables],
    }


def _resource(name: str) -> Json:
    file, columns = TABLES[name]
    return {
        "name": name, "path": file, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"primaryKey": "id", "fields": [{"name": column, "type": _type(column)} for column in columns]},
    }  # fmt: skip


def _type(column: str) -> str:
    if column == KEY:
        return "object"
    return "number" if column in _NUMBERS else "date" if column in _DAYS else "string"


# --- back


def from_tables(tables: Tables) -> Iterator[Json]:
    """The services, each with everything it names inside it."""
    return _Nesting(tables).services()


def parsed(row: Mapping[str, str]) -> Json:
    """One row of a file as an object: empty cells are not there, numbers are numbers.

    Raises ValueError where a number or our extension is none.
    """
    found: Json = {key: value for key, value in row.items() if key and value not in (None, "")}
    for key in _NUMBERS & found.keys():
        number = float(found[key])
        found[key] = int(number) if number.is_integer() else number
    if KEY in found:
        found[KEY] = json.loads(found[KEY])
    return found


class _Nesting:
    """Tables on their way back into each other. What several objects name is nested once."""

    def __init__(self, tables: Tables) -> None:
        self._services = tables.get("service", [])
        self._inside: dict[tuple[str, str, str], list[Json]] = {}
        self._rows = {name: {str(row.get("id", "")): row for row in tables.get(name, [])} for name in _BESIDE.values()}
        self._beside: dict[tuple[str, str], Json] = {}
        for name, rows in tables.items():
            for row in rows:
                outer = _outer(name, row)
                if outer is not None:
                    self._inside.setdefault((*outer, name), []).append(row)

    def services(self) -> Iterator[Json]:
        for row in self._services:
            yield self._whole("service", row)

    def _whole(self, table: str, row: Json) -> Json:
        whole = dict(row)
        for key, inner in _INSIDE.get(table, {}).items():
            rows = self._inside.get((table, str(row.get("id", "")), inner))
            if rows:
                whole[key] = [self._whole(inner, each) for each in rows]
        other = _BESIDE.get(table)
        if other is not None:
            named = self._named(other, str(row.get(f"{other}_id", "")))
            if named is not None:
                whole[other] = named
        return whole

    def _named(self, table: str, id_: str) -> Json | None:
        if (table, id_) not in self._beside and id_ in self._rows[table]:
            self._beside[table, id_] = self._whole(table, self._rows[table][id_])
        return self._beside.get((table, id_))


def _outer(name: str, row: Json) -> tuple[str, str] | None:
    """What a row lies inside of."""
    if name == "attribute":
        return str(row.get("link_entity", "service")), str(row.get("link_id", ""))
    for outer in _NEAREST:
        if name in _INSIDE.get(outer, {}).values() and row.get(f"{outer}_id"):
            return outer, str(row[f"{outer}_id"])
    return None
