from gemeengoed_kit.migrations import guard_kit_tables

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    guard_kit_tables("proef_api", jobs=True)
