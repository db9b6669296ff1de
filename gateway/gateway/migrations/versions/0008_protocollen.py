"""An Inway has one upstream per protocol from here on. Earlier nginx configurations have only one per Inway, so they do not
count."""

from gemeengoed_kit.migrations import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(__file__)
