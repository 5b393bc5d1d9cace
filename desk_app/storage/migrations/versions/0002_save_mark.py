"""How many saves a database holds, so that an older copy put back is noticed"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    mark = op.create_table(
        "save_mark",
        sa.Column("counter", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_save_mark")),
    )
    op.bulk_insert(mark, [{"counter": 0, "chain": "0" * 64}])


def downgrade() -> None:
    op.drop_table("save_mark")
