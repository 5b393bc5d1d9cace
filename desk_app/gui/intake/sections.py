"""The sections of the intake in the order of the page."""

from __future__ import annotations

from desk_app.gui.intake.arrival_section import ArrivalSection
from desk_app.gui.intake.consents_section import ConsentsSection
from desk_app.gui.intake.documents_section import DocumentsSection
from desk_app.gui.intake.family_section import FamilySection
from desk_app.gui.intake.languages_section import LanguagesSection
from desk_app.gui.intake.note_section import NoteSection
from desk_app.gui.intake.persons_section import PersonsSection
from desk_app.gui.intake.school_section import SchoolSection
from desk_app.gui.intake.section import IntakeSection

SECTIONS: tuple[type[IntakeSection], ...] = (
    FamilySection,
    PersonsSection,
    ArrivalSection,
    LanguagesSection,
    SchoolSection,
    DocumentsSection,
    ConsentsSection,
    NoteSection,
)
