"""What every service's migrations share: the Alembic environment and the kit's own tables."""

from __future__ import annotations

from alembic import context, op
from procrastinate.schema import SchemaManager
from sqlalchemy import create_engine, text

from gemeengoed_kit.db import Base, sqlalchemy_url


def run(role: str) -> None:
    """Body of a service's migrations/env.py. Waits at most 5 s for a lock, so that a live service never hangs. The service's role
    may read which revision there is, since readiness asks for it."""
    url = context.config.attributes["database_url"]
    engine = create_engine(sqlalchemy_url(url), connect_args={"options": "-c lock_timeout=5s"})
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text(f"GRANT SELECT ON alembic_version TO {role}"))
        connection.commit()
    engine.dispose()


def create_kit_tables(role: str, *, jobs: bool) -> None:
    """Idempotency and audit, and for a service with jobs the outbox and the job queue; rights for its role.

    Written out as SQL, not taken from the models: a migration never changes after its release.
    """
    if jobs:
        op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
        for table in op.get_bind().exec_driver_sql(QUEUE_TABLES).scalars().all():
            op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}")
    op.execute(FREEZE_FUNCTION)
    op.execute(IDEMPOTENCY)
    op.execute(AUDIT)
    op.execute("CREATE INDEX audit_transactie_id_idx ON audit (transactie_id)")
    op.execute("CREATE INDEX audit_onderwerp_idx ON audit (onderwerp)")
    grant(role, "idempotentie", "SELECT, INSERT, UPDATE")
    freeze(role, "audit")
    if jobs:
        op.execute(OUTBOX)
        op.execute("CREATE INDEX outbox_groep_idx ON outbox (groep)")
        op.execute(
            "CREATE INDEX outbox_te_versturen_idx ON outbox (volgende_poging_op) "
            "WHERE verzonden_op IS NULL AND geweigerd_op IS NULL"
        )
        grant(role, "outbox", "SELECT, INSERT, UPDATE")
    grant_sequences(role)


def limit_retention(role: str) -> None:
    """Let the service forget stored idempotent answers that are old enough; it has no right to remove anything itself."""
    op.execute("CREATE INDEX idempotentie_ontstaan_op_idx ON idempotentie USING brin (ontstaan_op)")
    _owners_function(role, "vergeet_antwoorden(integer, integer)", FORGET_ANSWERS)


def lease_outbox(role: str) -> None:
    """Leases for the outbox, an index for one loop that looks at all that is not delivered, and an end to sent bodies.

    The column `onderweg` and the drain's jobs are of the release before, which serves on while this is migrated.
    """
    op.execute("ALTER TABLE outbox ADD COLUMN bezet_tot timestamptz, ALTER COLUMN inhoud DROP NOT NULL")
    op.execute(f"GRANT UPDATE (bezet_tot) ON outbox TO {role}")
    op.execute("ALTER TABLE outbox ADD CONSTRAINT outbox_inhoud_check CHECK (inhoud IS NOT NULL OR verzonden_op IS NOT NULL)")
    op.execute("CREATE INDEX outbox_onbezorgd_idx ON outbox (volgende_poging_op, volgnummer) WHERE verzonden_op IS NULL")
    op.execute("DROP INDEX outbox_te_versturen_idx")
    op.execute("CREATE INDEX outbox_inhoud_idx ON outbox (verzonden_op) WHERE inhoud IS NOT NULL AND verzonden_op IS NOT NULL")
    _owners_function(role, "vergeet_berichten(integer, integer)", FORGET_BODIES)


def _owners_function(role: str, signature: str, definition: str) -> None:
    op.execute(definition)
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")


QUEUE_TABLES = r"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'procrastinate\_%%'"

IDEMPOTENCY = """
CREATE TABLE idempotentie (
    afzender text NOT NULL, sleutel text NOT NULL, vingerafdruk bytea NOT NULL,
    status integer, kopregels jsonb, antwoord bytea, ontstaan_op timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (afzender, sleutel))"""

AUDIT = """
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, op timestamptz NOT NULL,
    peer_id text, delegator_id text, transactie_id text,
    handeling text NOT NULL, onderwerp text NOT NULL, wijziging jsonb NOT NULL)"""

OUTBOX = """
CREATE TABLE outbox (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    bron text NOT NULL, pad text NOT NULL, inhoud jsonb NOT NULL,
    onderwerp text NOT NULL UNIQUE, groep text NOT NULL, ontstaan_op timestamptz NOT NULL,
    pogingen integer NOT NULL DEFAULT 0, volgende_poging_op timestamptz NOT NULL,
    onderweg boolean NOT NULL DEFAULT false,
    verzonden_op timestamptz, geweigerd_op timestamptz, antwoord_pad text, fout text)"""

FREEZE_FUNCTION = """
CREATE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rijen van % veranderen nooit', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""


# The clock here is the database's own, and the floor is fixed: whoever takes over the service's role cannot erase what is young.
FORGET_ANSWERS = """
CREATE FUNCTION vergeet_antwoorden(bewaren_dagen integer, hoogstens integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grens timestamptz := now() - make_interval(days => greatest(bewaren_dagen, 30));
    aantal integer;
BEGIN
    DELETE FROM public.idempotentie WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM public.idempotentie WHERE ontstaan_op < grens LIMIT hoogstens FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS aantal = ROW_COUNT;
    RETURN aantal;
END $$"""

FORGET_BODIES = """
CREATE FUNCTION vergeet_berichten(bewaren_dagen integer, hoogstens integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grens timestamptz := now() - make_interval(days => greatest(bewaren_dagen, 30));
    aantal integer;
BEGIN
    UPDATE public.outbox SET inhoud = NULL WHERE id = ANY (ARRAY(
        SELECT id FROM public.outbox WHERE inhoud IS NOT NULL AND verzonden_op < grens AND ontstaan_op < grens
        LIMIT hoogstens FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS aantal = ROW_COUNT;
    RETURN aantal;
END $$"""


def grant(role: str, table: str, rights: str) -> None:
    """Give the service's role exactly these rights on a table."""
    op.execute(f"REVOKE ALL ON {table} FROM {role}")
    op.execute(f"GRANT {rights} ON {table} TO {role}")


def grant_sequences(role: str) -> None:
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")


def freeze(role: str, table: str) -> None:
    """Insert only: a trigger refuses every change and removal, and the role has no right to it."""
    op.execute(
        f"CREATE TRIGGER {table}_bevroren BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_niet_legen BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"
    )
    grant(role, table, "SELECT, INSERT")


def guard_kit_tables(role: str, *, jobs: bool) -> None:
    """A stored answer never changes, an audit row tells when the database wrote it, a message keeps its content, and no row
    chooses its own number: also when the service's role says otherwise. Follows `create_kit_tables`."""
    op.execute("ALTER FUNCTION weiger_wijziging() SET search_path = pg_catalog, pg_temp")
    op.execute(ANSWER_STAYS)
    grant_insert(role, "idempotentie", "afzender, sleutel, vingerafdruk")
    grant_update(role, "idempotentie", "status, kopregels, antwoord")
    op.execute(AUDIT_TELLS_WHEN)
    grant_insert(role, "audit", "op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging")
    if jobs:
        op.execute(MESSAGE_STAYS)
        grant_update(role, "outbox", "pogingen, volgende_poging_op, onderweg, verzonden_op, geweigerd_op, antwoord_pad, fout")
    revoke_identity_sequences(role)


# The one change that a row of idempotentie has is that it gets its answer. Its key no right allows to change, nor to say how old
# it is.
ANSWER_STAYS = """
CREATE TRIGGER idempotentie_antwoord_blijft BEFORE UPDATE ON idempotentie FOR EACH ROW
    WHEN (OLD.status IS NOT NULL OR NEW.status IS NULL OR NEW.kopregels IS NULL OR NEW.antwoord IS NULL)
    EXECUTE FUNCTION weiger_wijziging()"""

# `op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
AUDIT_TELLS_WHEN = """
ALTER TABLE audit ADD geschreven_op timestamptz;
ALTER TABLE audit ALTER geschreven_op SET DEFAULT now()"""

# The role has no right to it; the owner of the table may let a body go, once it has been delivered.
MESSAGE_STAYS = """
CREATE FUNCTION bericht_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'bericht % verandert niet van inhoud', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER outbox_bericht_blijft BEFORE UPDATE ON outbox FOR EACH ROW WHEN (
    (OLD.id, OLD.volgnummer, OLD.bron, OLD.pad, OLD.onderwerp, OLD.groep, OLD.ontstaan_op)
    IS DISTINCT FROM (NEW.id, NEW.volgnummer, NEW.bron, NEW.pad, NEW.onderwerp, NEW.groep, NEW.ontstaan_op)
    OR OLD.inhoud IS DISTINCT FROM NEW.inhoud AND NOT (NEW.inhoud IS NULL AND OLD.verzonden_op IS NOT NULL))
    EXECUTE FUNCTION bericht_blijft()"""


def grant_insert(role: str, table: str, columns: str) -> None:
    """Let the role fill in just these columns of a new row: what the database numbers or dates, nobody else does."""
    op.execute(f"REVOKE INSERT ON {table} FROM {role}")
    op.execute(f"GRANT INSERT ({columns}) ON {table} TO {role}")


def grant_update(role: str, table: str, columns: str) -> None:
    """Let the role change just these columns."""
    op.execute(f"REVOKE UPDATE ON {table} FROM {role}")
    op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {role}")


def revoke_identity_sequences(role: str) -> None:
    """An identity column numbers its rows without anybody's right to its sequence."""
    for sequence in op.get_bind().exec_driver_sql(IDENTITY_SEQUENCES).scalars().all():
        op.execute(f"REVOKE ALL ON SEQUENCE {sequence} FROM {role}")


IDENTITY_SEQUENCES = """
SELECT DISTINCT d.objid::regclass::text FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'i' AND c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace"""
