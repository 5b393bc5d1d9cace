"""What the list of families is sorted by"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "family_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_number", sa.String(length=20), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("intake_open", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun", sa.Date(), nullable=False),
        sa.Column("moved_away", sa.Date(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("phone_languages", sa.Text(), nullable=False),
        sa.Column("counsellor", sa.Text(), nullable=False),
        sa.Column("last_contact", sa.Date(), nullable=False),
        sa.Column("last_sign", sa.Date(), nullable=False),
        sa.Column("quiet_since", sa.Date(), nullable=False),
        sa.Column("unheard_since", sa.Date(), nullable=False),
        sa.Column("follow_ups", sa.Integer(), nullable=False),
        sa.Column("states", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_order")),
        sa.UniqueConstraint("household_id", name=op.f("uq_family_order_household_id")),
    )
    with op.batch_alter_table("family_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_order_adults"), ["adults"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_begun"), ["begun"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_children"), ["children"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_counsellor"), ["counsellor"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_district"), ["district"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_file_number"), ["file_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_follow_ups"), ["follow_ups"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_intake_open"), ["intake_open"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_languages"), ["languages"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_last_contact"), ["last_contact"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_last_sign"), ["last_sign"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_moved_away"), ["moved_away"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_persons"), ["persons"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_phone_languages"), ["phone_languages"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_quiet_since"), ["quiet_since"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_rules"), ["rules"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_states"), ["states"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_unheard_since"), ["unheard_since"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_order_valid_until"), ["valid_until"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("family_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_order_valid_until"))
        batch_op.drop_index(batch_op.f("ix_family_order_unheard_since"))
        batch_op.drop_index(batch_op.f("ix_family_order_states"))
        batch_op.drop_index(batch_op.f("ix_family_order_rules"))
        batch_op.drop_index(batch_op.f("ix_family_order_quiet_since"))
        batch_op.drop_index(batch_op.f("ix_family_order_phone_languages"))
        batch_op.drop_index(batch_op.f("ix_family_order_persons"))
        batch_op.drop_index(batch_op.f("ix_family_order_name"))
        batch_op.drop_index(batch_op.f("ix_family_order_moved_away"))
        batch_op.drop_index(batch_op.f("ix_family_order_last_sign"))
        batch_op.drop_index(batch_op.f("ix_family_order_last_contact"))
        batch_op.drop_index(batch_op.f("ix_family_order_languages"))
        batch_op.drop_index(batch_op.f("ix_family_order_intake_open"))
        batch_op.drop_index(batch_op.f("ix_family_order_follow_ups"))
        batch_op.drop_index(batch_op.f("ix_family_order_file_number"))
        batch_op.drop_index(batch_op.f("ix_family_order_district"))
        batch_op.drop_index(batch_op.f("ix_family_order_counsellor"))
        batch_op.drop_index(batch_op.f("ix_family_order_children"))
        batch_op.drop_index(batch_op.f("ix_family_order_changed_at"))
        batch_op.drop_index(batch_op.f("ix_family_order_begun"))
        batch_op.drop_index(batch_op.f("ix_family_order_adults"))

    op.drop_table("family_order")
