"""Placements"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "address_point",
        sa.Column("street", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=True),
        sa.Column("easting", sa.Integer(), nullable=False),
        sa.Column("northing", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("street", "number", name=op.f("pk_address_point")),
    )
    op.create_table(
        "placement_line",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("line", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_placement_line")),
    )
    with op.batch_alter_table("placement_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_line_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_line_stale"), ["stale"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_line_valid_until"), ["valid_until"], unique=False)

    op.create_table(
        "shipment",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("passphrase", sa.Text(), nullable=True),
        sa.Column("second_person", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
        sa.UniqueConstraint("number", name=op.f("uq_shipment_number")),
    )
    with op.batch_alter_table("shipment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shipment_at"), ["at"], unique=False)

    op.create_table(
        "transition",
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("school_year", sa.Text(), nullable=True),
        sa.Column("from_school", sa.String(length=40), nullable=True),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("recommended_form", sa.String(length=40), nullable=True),
        sa.Column("recommendation", sa.Text(), nullable=True),
        sa.Column("school_recommends", sa.String(length=40), nullable=True),
        sa.Column("wished_school", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("outcome_school", sa.String(length=40), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
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
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_transition_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_transition_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
    )
    with op.batch_alter_table("transition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transition_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transition_person_id"), ["person_id"], unique=False)

    op.create_table(
        "answer_review",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["placement_request.id"], name=op.f("fk_answer_review_request_id_placement_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_review")),
    )
    with op.batch_alter_table("answer_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_review_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_review_settled_at"), ["settled_at"], unique=False)

    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rule", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_follow_up_rule"), ["rule"], unique=False)
    _add_reference("follow_up", "request_id", "placement_request")

    with op.batch_alter_table("placement_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("happened_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("school", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("class_name", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("support", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("reason_code", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("deed_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_placement_event_deed_id"), ["deed_id"], unique=False)
    _add_reference("placement_event", "shipment_id", "shipment")

    _add_reference("sending", "shipment_id", "shipment")

    with op.batch_alter_table("sending_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("content", sa.JSON(none_as_null=True), nullable=True))


def _add_reference(table: str, column: str, to: str) -> None:
    """Without building the table anew, which would put its constraints in another order each time."""
    key = sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{column}_{to}"))
    op.add_column(table, sa.Column(column, sa.Uuid(), key, nullable=True), inline_references=True)
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    with op.batch_alter_table("sending_item", schema=None) as batch_op:
        batch_op.drop_column("content")

    op.drop_index(op.f("ix_sending_shipment_id"), "sending")
    op.drop_column("sending", "shipment_id")
    op.drop_index(op.f("ix_placement_event_shipment_id"), "placement_event")
    op.drop_column("placement_event", "shipment_id")
    with op.batch_alter_table("placement_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_event_deed_id"))
        batch_op.drop_column("voided_at")
        batch_op.drop_column("deed_id")
        batch_op.drop_column("reason_code")
        batch_op.drop_column("support")
        batch_op.drop_column("starts_on")
        batch_op.drop_column("class_name")
        batch_op.drop_column("school")
        batch_op.drop_column("happened_on")

    op.drop_index(op.f("ix_follow_up_request_id"), "follow_up")
    op.drop_column("follow_up", "request_id")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_rule"))
        batch_op.drop_column("rule")

    with op.batch_alter_table("answer_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_review_settled_at"))
        batch_op.drop_index(batch_op.f("ix_answer_review_request_id"))

    op.drop_table("answer_review")
    with op.batch_alter_table("transition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transition_person_id"))
        batch_op.drop_index(batch_op.f("ix_transition_household_id"))

    op.drop_table("transition")
    with op.batch_alter_table("shipment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shipment_at"))

    op.drop_table("shipment")
    with op.batch_alter_table("placement_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_line_valid_until"))
        batch_op.drop_index(batch_op.f("ix_placement_line_stale"))
        batch_op.drop_index(batch_op.f("ix_placement_line_household_id"))

    op.drop_table("placement_line")
    op.drop_table("address_point")
