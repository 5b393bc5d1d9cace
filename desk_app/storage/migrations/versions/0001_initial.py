"""The tables of the first version"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "app_user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
    )
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_deed"), ["deed"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)

    op.create_table(
        "centre_setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_centre_setting_key")),
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "household",
        sa.Column("file_number", sa.String(length=20), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("search_form", sa.Text(), nullable=False),
        sa.Column("intake_open", sa.Boolean(), nullable=False),
        sa.Column("first_contact_on", sa.Date(), nullable=True),
        sa.Column("reported_by", sa.String(length=40), nullable=True),
        sa.Column("appointment_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointment_status", sa.String(length=40), nullable=True),
        sa.Column("counsellor", sa.String(length=40), nullable=True),
        sa.Column("conversation_mode", sa.String(length=40), nullable=True),
        sa.Column("contact_way", sa.String(length=40), nullable=True),
        sa.Column("reachable", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("emergency_name", sa.Text(), nullable=True),
        sa.Column("emergency_phone", sa.Text(), nullable=True),
        sa.Column("interpreter_kind", sa.String(length=40), nullable=True),
        sa.Column("interpreter_name", sa.Text(), nullable=True),
        sa.Column("interpreter_language", sa.String(length=40), nullable=True),
        sa.Column("conversation_language", sa.String(length=40), nullable=True),
        sa.Column("internal_note", sa.Text(), nullable=True),
        sa.Column("delete_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("guardian_kind", sa.String(length=40), nullable=True),
        sa.Column("entry_date", sa.String(length=40), nullable=True),
        sa.Column("arrival_in_city", sa.Date(), nullable=True),
        sa.Column("registered_since", sa.Date(), nullable=True),
        sa.Column("country_of_origin", sa.String(length=40), nullable=True),
        sa.Column("allocated", sa.Boolean(), nullable=True),
        sa.Column("allocated_on", sa.Date(), nullable=True),
        sa.Column("previous_city", sa.Text(), nullable=True),
        sa.Column("planned_move_to", sa.Text(), nullable=True),
        sa.Column("planned_move_on", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("file_number", name=op.f("uq_household_file_number")),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_intake_open"), ["intake_open"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_search_form"), ["search_form"], unique=False)

    op.create_table(
        "school",
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("all_day", sa.Boolean(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("number", name=op.f("uq_school_number")),
    )
    op.create_table(
        "sending",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
    )
    with op.batch_alter_table("sending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sending_at"), ["at"], unique=False)

    op.create_table(
        "store_identity",
        sa.Column("store", sa.String(length=36), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("store", name=op.f("pk_store_identity")),
    )
    op.create_table(
        "person",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("search_form", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.String(length=40), nullable=True),
        sa.Column("birth_date_source", sa.String(length=40), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("nationality_1", sa.String(length=40), nullable=True),
        sa.Column("nationality_2", sa.String(length=40), nullable=True),
        sa.Column("birth_place", sa.Text(), nullable=True),
        sa.Column("birth_country", sa.String(length=40), nullable=True),
        sa.Column("name_native_script", sa.Text(), nullable=True),
        sa.Column("all_given_names", sa.Text(), nullable=True),
        sa.Column("birth_name", sa.Text(), nullable=True),
        sa.Column("name_affix", sa.Text(), nullable=True),
        sa.Column("single_name", sa.Boolean(), nullable=True),
        sa.Column("repatriate", sa.Boolean(), nullable=True),
        sa.Column("has_custody", sa.Boolean(), nullable=True),
        sa.Column("salutation", sa.String(length=40), nullable=True),
        sa.Column("own_phone", sa.Text(), nullable=True),
        sa.Column("own_email", sa.Text(), nullable=True),
        sa.Column("own_language", sa.String(length=40), nullable=True),
        sa.Column("own_address", sa.Text(), nullable=True),
        sa.Column("unaccompanied", sa.Boolean(), nullable=True),
        sa.Column("place_wanted", sa.Boolean(), nullable=True),
        sa.Column("german_level", sa.String(length=40), nullable=True),
        sa.Column("german_level_source", sa.String(length=40), nullable=True),
        sa.Column("german_course", sa.Text(), nullable=True),
        sa.Column("literacy", sa.String(length=40), nullable=True),
        sa.Column("script", sa.String(length=40), nullable=True),
        sa.Column("wants_heritage_lessons", sa.Boolean(), nullable=True),
        sa.Column("years_of_schooling", sa.Double(), nullable=True),
        sa.Column("last_grade", sa.Text(), nullable=True),
        sa.Column("interruptions", sa.Text(), nullable=True),
        sa.Column("online_schooling", sa.Boolean(), nullable=True),
        sa.Column("highest_certificate", sa.String(length=40), nullable=True),
        sa.Column("reports_available", sa.String(length=40), nullable=True),
        sa.Column("prior_german_school", sa.Boolean(), nullable=True),
        sa.Column("prior_german_school_name", sa.Text(), nullable=True),
        sa.Column("prior_german_school_since", sa.String(length=40), nullable=True),
        sa.Column("last_school_no", sa.Text(), nullable=True),
        sa.Column("kindergarten_years", sa.String(length=40), nullable=True),
        sa.Column("math_level", sa.Text(), nullable=True),
        sa.Column("strengths", sa.Text(), nullable=True),
        sa.Column("aspiration", sa.Text(), nullable=True),
        sa.Column("work_experience", sa.Text(), nullable=True),
        sa.Column("school_stage", sa.String(length=40), nullable=True),
        sa.Column("stage_reason", sa.Text(), nullable=True),
        sa.Column("proposed_grade", sa.String(length=40), nullable=True),
        sa.Column("grade_reason", sa.Text(), nullable=True),
        sa.Column("compulsory_done", sa.Boolean(), nullable=True),
        sa.Column("recommended_form", sa.String(length=40), nullable=True),
        sa.Column("support_type", sa.String(length=40), nullable=True),
        sa.Column("preference_reason", sa.Text(), nullable=True),
        sa.Column("sibling_school", sa.String(length=40), nullable=True),
        sa.Column("all_day_needed", sa.Boolean(), nullable=True),
        sa.Column("support_start", sa.Date(), nullable=True),
        sa.Column("support_end", sa.Date(), nullable=True),
        sa.Column("follow_up_end", sa.Date(), nullable=True),
        sa.Column("measles_proof", sa.String(length=40), nullable=True),
        sa.Column("school_medical", sa.String(length=40), nullable=True),
        sa.Column("school_medical_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_person_household_id_household")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_birth_date", ["birth_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_search_form"), ["search_form"], unique=False)

    op.create_table(
        "address",
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("house_number", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.String(length=10), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.String(length=40), nullable=True),
        sa.Column("housing_type", sa.String(length=40), nullable=True),
        sa.Column("mailbox_name", sa.Text(), nullable=True),
        sa.Column("protection", sa.String(length=40), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_address_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_address_person_id"), ["person_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("recipient", sa.String(length=40), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("interpreted", sa.Boolean(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_consent_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("document", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_document_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_person_id"), ["person_id"], unique=False)

    op.create_table(
        "guardian",
        sa.Column("guardian", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["guardian"], ["person.id"], name=op.f("fk_guardian_guardian_person")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_guardian_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_guardian_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
    )
    with op.batch_alter_table("guardian", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardian_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_guardian_person_id"), ["person_id"], unique=False)

    op.create_table(
        "language",
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("family_language", sa.Boolean(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_language_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_language_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language")),
    )
    with op.batch_alter_table("language", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_language_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_language_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_name",
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("search_form", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_person_name_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_name_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
    )
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name_search_form"), ["search_form"], unique=False)

    op.create_table(
        "placement_request",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("remark_authority", sa.Text(), nullable=True),
        sa.Column("return_reason", sa.String(length=40), nullable=True),
        sa.Column("office", sa.String(length=40), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_placement_request_household_id_household")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_placement_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_request")),
        sa.UniqueConstraint("number", name=op.f("uq_placement_request_number")),
    )
    with op.batch_alter_table("placement_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_request_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_request_person_id"), ["person_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("offer", sa.Text(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_referral_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_person_id"), ["person_id"], unique=False)

    op.create_table(
        "school_wish",
        sa.Column("school", sa.String(length=10), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_school_wish_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_school_wish_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_wish")),
    )
    with op.batch_alter_table("school_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_wish_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_wish_person_id"), ["person_id"], unique=False)

    op.create_table(
        "school_year",
        sa.Column("school_year", sa.String(length=9), nullable=True),
        sa.Column("until_year", sa.String(length=9), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=True),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_school_year_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_school_year_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_year")),
    )
    with op.batch_alter_table("school_year", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_year_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_year_person_id"), ["person_id"], unique=False)

    op.create_table(
        "set_apart",
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("guardian_kind", sa.String(length=40), nullable=True),
        sa.Column("entry_date", sa.String(length=40), nullable=True),
        sa.Column("arrival_in_city", sa.Date(), nullable=True),
        sa.Column("registered_since", sa.Date(), nullable=True),
        sa.Column("country_of_origin", sa.String(length=40), nullable=True),
        sa.Column("allocated", sa.Boolean(), nullable=True),
        sa.Column("allocated_on", sa.Date(), nullable=True),
        sa.Column("previous_city", sa.Text(), nullable=True),
        sa.Column("planned_move_to", sa.Text(), nullable=True),
        sa.Column("planned_move_on", sa.String(length=40), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_set_apart_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_set_apart_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_apart")),
    )
    with op.batch_alter_table("set_apart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_set_apart_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_set_apart_person_id"), ["person_id"], unique=False)

    op.create_table(
        "placement_event",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["placement_request.id"], name=op.f("fk_placement_event_request_id_placement_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_event")),
    )
    with op.batch_alter_table("placement_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_event_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_event_state"), ["state"], unique=False)

    op.create_table(
        "sending_item",
        sa.Column("sending_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["placement_request.id"], name=op.f("fk_sending_item_request_id_placement_request")
        ),
        sa.ForeignKeyConstraint(["sending_id"], ["sending.id"], name=op.f("fk_sending_item_sending_id_sending")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_item")),
    )
    with op.batch_alter_table("sending_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sending_item_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sending_item_sending_id"), ["sending_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sending_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sending_item_sending_id"))
        batch_op.drop_index(batch_op.f("ix_sending_item_request_id"))

    op.drop_table("sending_item")
    with op.batch_alter_table("placement_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_event_state"))
        batch_op.drop_index(batch_op.f("ix_placement_event_request_id"))
        batch_op.drop_index(batch_op.f("ix_placement_event_at"))

    op.drop_table("placement_event")
    with op.batch_alter_table("set_apart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_set_apart_person_id"))
        batch_op.drop_index(batch_op.f("ix_set_apart_household_id"))

    op.drop_table("set_apart")
    with op.batch_alter_table("school_year", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_school_year_person_id"))
        batch_op.drop_index(batch_op.f("ix_school_year_household_id"))

    op.drop_table("school_year")
    with op.batch_alter_table("school_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_school_wish_person_id"))
        batch_op.drop_index(batch_op.f("ix_school_wish_household_id"))

    op.drop_table("school_wish")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_person_id"))
        batch_op.drop_index(batch_op.f("ix_referral_household_id"))

    op.drop_table("referral")
    with op.batch_alter_table("placement_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_placement_request_household_id"))

    op.drop_table("placement_request")
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name_search_form"))
        batch_op.drop_index(batch_op.f("ix_person_name_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_name_household_id"))

    op.drop_table("person_name")
    with op.batch_alter_table("language", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_language_person_id"))
        batch_op.drop_index(batch_op.f("ix_language_household_id"))

    op.drop_table("language")
    with op.batch_alter_table("guardian", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardian_person_id"))
        batch_op.drop_index(batch_op.f("ix_guardian_household_id"))

    op.drop_table("guardian")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_person_id"))
        batch_op.drop_index(batch_op.f("ix_document_household_id"))

    op.drop_table("document")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_person_id"))
        batch_op.drop_index(batch_op.f("ix_consent_household_id"))

    op.drop_table("consent")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_person_id"))
        batch_op.drop_index(batch_op.f("ix_address_household_id"))

    op.drop_table("address")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_search_form"))
        batch_op.drop_index(batch_op.f("ix_person_household_id"))
        batch_op.drop_index("ix_person_birth_date")

    op.drop_table("person")
    op.drop_table("store_identity")
    with op.batch_alter_table("sending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sending_at"))

    op.drop_table("sending")
    op.drop_table("school")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_search_form"))
        batch_op.drop_index(batch_op.f("ix_household_intake_open"))

    op.drop_table("household")
    op.drop_table("counter")
    op.drop_table("centre_setting")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_deed"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
    op.drop_table("app_user")
