SET LOCAL timezone = 'UTC';

ALTER TABLE transaction_record RENAME TO transaction_record_0001;
CREATE TABLE transaction_record (
    transaction_id uuid NOT NULL, created_at timestamptz NOT NULL, grant_number integer NOT NULL, owner_number integer NOT NULL,
    outgoing boolean NOT NULL, trace_id text, span_id text
) PARTITION BY RANGE (created_at);
CREATE INDEX transaction_record_transaction_idx ON transaction_record (transaction_id);
CREATE INDEX transaction_record_own_idx ON transaction_record (owner_number, outgoing, created_at);
CREATE INDEX transaction_record_grant_idx ON transaction_record (grant_number, created_at);

-- Attaching a filled-in table takes a lock that lets calls be written; CREATE TABLE … PARTITION OF would not.
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
END $$;

-- The clock here is the database's own, and the floor is fixed: whoever takes over the service's role cannot erase what is
-- young. Dropping needs the whole table for a moment; a quarter of a second of waiting fits in the log's time limit.
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
END $$;

CREATE TRIGGER transaction_record_bevroren BEFORE UPDATE OR DELETE ON transaction_record
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER transaction_record_niet_legen BEFORE TRUNCATE ON transaction_record
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON transaction_record FROM gateway_api;
GRANT SELECT, INSERT ON transaction_record TO gateway_api;

CREATE VIEW transaction_log AS
    SELECT p.peer_id, r.outgoing, g.grant_hash, g.service_name, g.outway_peer_id, g.delegator_peer_id AS outway_delegator_id,
        g.service_peer_id, g.service_delegator_id, g.external_contract AS additional_data,
        r.transaction_id, r.created_at, r.trace_id, r.span_id
    FROM transaction_record r
    LEFT JOIN contract_grant g ON g.number = r.grant_number LEFT JOIN hosted_peer p ON p.number = r.owner_number;

REVOKE ALL ON transaction_log FROM gateway_api;
GRANT SELECT ON transaction_log TO gateway_api;

DO $$
DECLARE
    lost record;
BEGIN
    SELECT peer_id, grant_hash, count(*) AS records INTO lost FROM transaction_record_0001 r
    WHERE NOT EXISTS (SELECT FROM contract_grant g WHERE g.owner_id = r.peer_id AND g.grant_hash = r.grant_hash)
    GROUP BY peer_id, grant_hash ORDER BY peer_id, grant_hash LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction_record: % records of peer % name grant %, which is in none of its contracts',
            lost.records, lost.peer_id, lost.grant_hash;
    END IF;
END $$;

SELECT transaction_record_make_month(month::date) FROM generate_series(
    date_trunc('month', least(now(), (SELECT min(created_at) FROM transaction_record_0001)), 'UTC'),
    now() + interval '3 months', interval '1 month') AS month;
INSERT INTO transaction_record (transaction_id, created_at, grant_number, owner_number, outgoing)
    SELECT r.transaction_id, r.created_at, g.number, p.number, r.direction = 'DIRECTION_OUTGOING'
    FROM transaction_record_0001 r JOIN hosted_peer p USING (peer_id)
    JOIN (SELECT owner_id AS peer_id, grant_hash, min(number) AS number FROM contract_grant GROUP BY owner_id, grant_hash) g
        USING (peer_id, grant_hash);
DROP TABLE transaction_record_0001;

REVOKE ALL ON FUNCTION transaction_record_make_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transaction_record_make_month(date) TO gateway_api;
REVOKE ALL ON FUNCTION transaction_record_drop_month(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transaction_record_drop_month(date, integer) TO gateway_api;
