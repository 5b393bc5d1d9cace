"""Notes, what to look at again, and families as they are"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "family_event",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("other_household", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_family_event_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["other_household"], ["household.id"], name=op.f("fk_family_event_other_household_household")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_family_event_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_event")),
    )
    op.create_index(op.f("ix_family_event_household_id"), "family_event", ["household_id"])
    op.create_index(op.f("ix_family_event_other_household"), "family_event", ["other_household"])
    op.create_index(op.f("ix_family_event_person_id"), "family_event", ["person_id"])

    op.create_table(
        "follow_up",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_follow_up_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_up_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index(op.f("ix_follow_up_done_at"), "follow_up", ["done_at"])
    op.create_index(op.f("ix_follow_up_due_on"), "follow_up", ["due_on"])
    op.create_index(op.f("ix_follow_up_household_id"), "follow_up", ["household_id"])
    op.create_index(op.f("ix_follow_up_person_id"), "follow_up", ["person_id"])

    op.create_table(
        "note",
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["note.id"], name=op.f("fk_note_corrects_note")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_note_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["placement_request.id"], name=op.f("fk_note_request_id_placement_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_at"), "note", ["at"])
    op.create_index(op.f("ix_note_corrects"), "note", ["corrects"])
    op.create_index(op.f("ix_note_household_id"), "note", ["household_id"])
    op.create_index(op.f("ix_note_person_id"), "note", ["person_id"])
    op.create_index(op.f("ix_note_request_id"), "note", ["request_id"])

    op.add_column("household", sa.Column("moved_away_on", sa.Date(), nullable=True))
    op.add_column("household", sa.Column("moved_away_to", sa.Text(), nullable=True))
    op.create_index(op.f("ix_household_moved_away_on"), "household", ["moved_away_on"])

    op.add_column("language", sa.Column("by_phone", sa.Boolean(), nullable=True))
    op.add_column("language", sa.Column("reads", sa.Boolean(), nullable=True))

    op.add_column("person", sa.Column("organisation", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("deceased", sa.Boolean(), nullable=True))
    op.add_column("person", sa.Column("deceased_on", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE person DROP COLUMN deceased_on")
    op.execute("ALTER TABLE person DROP COLUMN deceased")
    op.execute("ALTER TABLE person DROP COLUMN organisation")

    op.execute("ALTER TABLE language DROP COLUMN reads")
    op.execute("ALTER TABLE language DROP COLUMN by_phone")

    op.drop_index(op.f("ix_household_moved_away_on"))
    op.execute("ALTER TABLE household DROP COLUMN moved_away_to")
    op.execute("ALTER TABLE household DROP COLUMN moved_away_on")

    op.drop_table("note")

    op.drop_table("follow_up")

    op.drop_table("family_event")
