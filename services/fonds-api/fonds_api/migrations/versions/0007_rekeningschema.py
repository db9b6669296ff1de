"""Charts of accounts with roll-up, normal side, floor and ceiling; the accounts of the Fonds GGU per begrotingspost."""

from gemeengoed_kit.migrations import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql(__file__)
