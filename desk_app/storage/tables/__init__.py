"""The mapped classes. Importing this package makes all of them known to the metadata."""

from desk_app.domain.records import RecordKind
from desk_app.storage.tables.audit import AuditEntry
from desk_app.storage.tables.base import Base, Keyed, Tracked
from desk_app.storage.tables.care import FamilyEvent, FollowUp, Note
from desk_app.storage.tables.deeds import Deed, DeedRow
from desk_app.storage.tables.households import (
    Address,
    Guardian,
    Household,
    Language,
    Mergeable,
    OfHousehold,
    Person,
    PersonName,
    SetApart,
)
from desk_app.storage.tables.imports import ImportProfile
from desk_app.storage.tables.lists import SavedFilter
from desk_app.storage.tables.placements import (
    AddressPoint,
    AnswerReview,
    Consent,
    PlacementEvent,
    PlacementLine,
    PlacementRequest,
    Referral,
    Sending,
    SendingItem,
    Shipment,
    Transition,
)
from desk_app.storage.tables.schooling import Document, School, SchoolWish, SchoolYear
from desk_app.storage.tables.search import NotSame, SearchChange, SearchEntry, SearchPair, SearchSubject, SearchWord
from desk_app.storage.tables.users import CentreSetting, Counter, User

RECORD_TABLES: dict[RecordKind, type[Tracked]] = {
    RecordKind.HOUSEHOLD: Household,
    RecordKind.APART: SetApart,
    RecordKind.ADDRESS: Address,
    RecordKind.PERSON: Person,
    RecordKind.NAME: PersonName,
    RecordKind.GUARDIAN: Guardian,
    RecordKind.LANGUAGE: Language,
    RecordKind.SCHOOL_YEAR: SchoolYear,
    RecordKind.DOCUMENT: Document,
    RecordKind.CONSENT: Consent,
    RecordKind.WISH: SchoolWish,
    RecordKind.REFERRAL: Referral,
    RecordKind.REQUEST: PlacementRequest,
    RecordKind.NOTE: Note,
    RecordKind.FOLLOW_UP: FollowUp,
    RecordKind.TURN: FamilyEvent,
    RecordKind.TRANSITION: Transition,
}

__all__ = [
    "RECORD_TABLES",
    "Address",
    "AddressPoint",
    "AnswerReview",
    "AuditEntry",
    "Base",
    "CentreSetting",
    "Consent",
    "Counter",
    "Deed",
    "DeedRow",
    "Document",
    "FamilyEvent",
    "FollowUp",
    "Guardian",
    "Household",
    "ImportProfile",
    "Keyed",
    "Language",
    "Mergeable",
    "NotSame",
    "Note",
    "OfHousehold",
    "Person",
    "PersonName",
    "PlacementEvent",
    "PlacementLine",
    "PlacementRequest",
    "Referral",
    "SavedFilter",
    "School",
    "SchoolWish",
    "SchoolYear",
    "SearchChange",
    "SearchEntry",
    "SearchPair",
    "SearchSubject",
    "SearchWord",
    "Sending",
    "SendingItem",
    "SetApart",
    "Shipment",
    "Tracked",
    "Transition",
    "User",
]
