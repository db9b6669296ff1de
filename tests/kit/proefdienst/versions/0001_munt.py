from alembic import op
from gemeengoed_kit.migrations import create_kit_tables, grant, guard_kit_tables, lease_outbox, limit_retention

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE munt (naam text PRIMARY KEY, waarde_cent bigint NOT NULL)")
    op.execute("""CREATE FUNCTION geen_dertien() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.waarde_cent = 13 THEN RAISE EXCEPTION 'dertien'; END IF; RETURN NULL; END $$""")
    op.execute("""CREATE CONSTRAINT TRIGGER munt_bij_commit AFTER INSERT ON munt
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION geen_dertien()""")
    create_kit_tables("proef_api", jobs=True)
    guard_kit_tables("proef_api", jobs=True)
    limit_retention("proef_api")
    lease_outbox("proef_api")
    grant("proef_api", "munt", "SELECT, INSERT, UPDATE")
