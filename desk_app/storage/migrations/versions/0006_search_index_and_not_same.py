"""What makes persons findable, and who was found not to be the same"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("beside", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "subject", name=op.f("pk_search_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_subject")),
    )
    with op.batch_alter_table("search_subject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_subject_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_subject_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_subject_rules"), ["rules"], unique=False)

    op.create_table(
        "not_same",
        sa.Column("person_a", sa.Uuid(), nullable=False),
        sa.Column("person_b", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_a"], ["person.id"], name=op.f("fk_not_same_person_a_person")),
        sa.ForeignKeyConstraint(["person_b"], ["person.id"], name=op.f("fk_not_same_person_b_person")),
        sa.PrimaryKeyConstraint("person_a", "person_b", name=op.f("pk_not_same")),
    )
    with op.batch_alter_table("not_same", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_same_person_b"), ["person_b"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("not_same", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_not_same_person_b"))

    op.drop_table("not_same")
    with op.batch_alter_table("search_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_subject_rules"))
        batch_op.drop_index(batch_op.f("ix_search_subject_person_id"))
        batch_op.drop_index(batch_op.f("ix_search_subject_household_id"))

    op.drop_table("search_subject")
    op.drop_table("search_entry")
