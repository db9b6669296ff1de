"""The transaction log in one table per month: an old month goes as a whole, a new one is there before it begins.

A call writes one row here on each side, so there are few indexes, and each serves one question:
by transaction; a peer's own records; those it shares with one other peer; those of a delegator; those of a grant.
Texts compare as bytes ("C"), which is what an OIN or a hash is.
"""

from alembic import op
from gemeengoed_kit.migrations import freeze

ROLE = "gateway_api"
revision = "0005"
down_revision = "0004"

TABLE = """
ALTER TABLE transaction_record RENAME TO transaction_record_0001;
CREATE TABLE transaction_record (
    peer_id text COLLATE "C" NOT NULL, outgoing boolean NOT NULL, transaction_id uuid NOT NULL,
    grant_hash text COLLATE "C" NOT NULL, service_name text COLLATE "C" NOT NULL,
    outway_peer_id text COLLATE "C" NOT NULL, outway_delegator_id text COLLATE "C",
    service_peer_id text COLLATE "C" NOT NULL, service_delegator_id text COLLATE "C",
    additional_data json, trace_id text COLLATE "C", span_id text COLLATE "C", created_at timestamptz NOT NULL,
    CHECK (peer_id = CASE WHEN outgoing THEN outway_peer_id ELSE service_peer_id END)
) PARTITION BY RANGE (created_at);
CREATE INDEX transaction_record_transaction_idx ON transaction_record (transaction_id);
CREATE INDEX transaction_record_own_idx ON transaction_record (peer_id, outgoing, created_at);
CREATE INDEX transaction_record_shared_idx ON transaction_record (outway_peer_id, service_peer_id, created_at);
CREATE INDEX transaction_record_grant_idx ON transaction_record (right(grant_hash, 11), created_at);
CREATE INDEX transaction_record_outway_delegator_idx ON transaction_record (peer_id, outway_delegator_id, created_at)
    WHERE outway_delegator_id IS NOT NULL;
CREATE INDEX transaction_record_service_delegator_idx ON transaction_record (peer_id, service_delegator_id, created_at)
    WHERE service_delegator_id IS NOT NULL"""

# Attaching a filled-in table takes a lock that lets calls be written; CREATE TABLE … PARTITION OF would not.
MAKE_MONTH = """
CREATE FUNCTION transaction_record_make_month(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '1s' AS $$
DECLARE
    first timestamptz := date_trunc('month', day::timestamptz);
    name text := to_char(first, '"transaction_record_"YYYY_MM');
BEGIN
    IF first > now() + interval '2 years' THEN
        RAISE EXCEPTION '% lies more than two years ahead', to_char(first, 'YYYY-MM');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('transaction_record', 0));
    IF EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'public.transaction_record'::regclass
               AND inhrelid = to_regclass('public.' || name)) THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.transaction_record INCLUDING CONSTRAINTS)', name);
    EXECUTE format('CREATE TRIGGER transaction_record_niet_legen BEFORE TRUNCATE ON public.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION public.weiger_wijziging()', name);
    EXECUTE format('ALTER TABLE public.transaction_record ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   name, first, first + interval '1 month');
    RETURN true;
END $$"""

# The clock here is the database's own, and the floor is fixed: whoever takes over the service's role cannot erase what is
# young. Dropping needs the whole table for a moment; a quarter of a second of waiting fits in the log's time limit.
DROP_MONTH = """
CREATE FUNCTION transaction_record_drop_month(day date, keep_days integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '250ms' AS $$
DECLARE
    first timestamptz := date_trunc('month', day::timestamptz);
    name text := to_char(first, '"transaction_record_"YYYY_MM');
    bounds text := format('FOR VALUES FROM (%L) TO (%L)', first, first + interval '1 month');
BEGIN
    IF first + interval '1 month' > now() - make_interval(days => greatest(keep_days, 30)) THEN
        RAISE EXCEPTION '% is kept: not yet % days old', to_char(first, 'YYYY-MM'), greatest(keep_days, 30);
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('transaction_record', 0));
    IF NOT EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                   WHERE i.inhparent = 'public.transaction_record'::regclass AND c.oid = to_regclass('public.' || name)
                   AND pg_get_expr(c.relpartbound, c.oid) = bounds) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE public.%I', name);
    RETURN true;
END $$"""

MOVE = """
SELECT transaction_record_make_month(month::date) FROM generate_series(
    date_trunc('month', least(now(), (SELECT min(created_at) FROM transaction_record_0001)), 'UTC'),
    now() + interval '3 months', interval '1 month') AS month;
INSERT INTO transaction_record (peer_id, outgoing, transaction_id, grant_hash, service_name, outway_peer_id,
        outway_delegator_id, service_peer_id, service_delegator_id, created_at)
    SELECT peer_id, direction = 'DIRECTION_OUTGOING', transaction_id, grant_hash, service_name, outway_peer_id,
        outway_delegator_id, service_peer_id, service_delegator_id, created_at
    FROM transaction_record_0001;
DROP TABLE transaction_record_0001"""

FUNCTIONS = ("transaction_record_make_month(date)", "transaction_record_drop_month(date, integer)")


def upgrade() -> None:
    op.execute("SET LOCAL timezone = 'UTC'")
    for statements in (TABLE, MAKE_MONTH, DROP_MONTH):
        op.execute(statements)
    freeze(ROLE, "transaction_record")
    op.execute(MOVE)
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {ROLE}")
