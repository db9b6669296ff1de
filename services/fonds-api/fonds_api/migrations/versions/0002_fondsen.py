"""The fondsen and their charts of accounts: reference data of this service.

What the fondsen are comes from the papers that the rows name. The papers name no accounts: the division
into accounts is the service's own, as narrow as the entries that exist.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql(__file__)
