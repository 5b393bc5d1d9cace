"""Why rules made follow-ups"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("worked_out", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("taken_over", sa.Boolean(), nullable=True))


def downgrade() -> None:
    for column in ("taken_over", "withdrawn", "worked_out", "why"):
        op.drop_column("follow_up", column)
