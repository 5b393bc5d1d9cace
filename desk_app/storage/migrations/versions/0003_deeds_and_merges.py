"""Deeds that can be taken back, and rows that another stands for since a merge"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MERGEABLE = (
    "household", "person", "set_apart", "address", "person_name", "guardian", "language", "school_year", "document",
    "consent", "school_wish", "referral", "placement_request",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "deed",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["deed.id"], name=op.f("fk_deed_undoes_deed")),
        sa.ForeignKeyConstraint(["undone_by"], ["deed.id"], name=op.f("fk_deed_undone_by_deed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sa.UniqueConstraint("sequence", name=op.f("uq_deed_sequence")),
    )
    op.create_index(op.f("ix_deed_household_id"), "deed", ["household_id"])
    op.create_table(
        "deed_row",
        sa.Column("deed_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deed.id"], name=op.f("fk_deed_row_deed_id_deed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed_row")),
    )
    for column in ("deed_id", "household_id", "row_id"):
        op.create_index(op.f(f"ix_deed_row_{column}"), "deed_row", [column])
    for table in MERGEABLE:
        op.add_column(table, sa.Column("merged_into", sa.Uuid(), nullable=True))


def downgrade() -> None:
    for table in MERGEABLE:
        op.execute(f"ALTER TABLE {table} DROP COLUMN merged_into")
    op.drop_table("deed_row")
    op.drop_table("deed")
