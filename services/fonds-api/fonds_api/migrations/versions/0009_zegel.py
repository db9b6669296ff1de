"""Each fonds as a Merkle log: leaves, nodes, signed checkpoints, witnesses and their cosignatures.

Entries that were booked before are sealed by the first passes after this.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql(__file__)
