"""Words of names and possible duplicates"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "search_change",
        sa.Column("subject", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_search_change")),
    )
    op.create_table(
        "search_pair",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("second", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("likely", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name=op.f("pk_search_pair")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("search_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_pair_second"), ["second"], unique=False)

    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("sounds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("search_word")
    with op.batch_alter_table("search_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_pair_second"))

    op.drop_table("search_pair")
    op.drop_table("search_change")
