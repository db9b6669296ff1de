"""What is kept for a while only, and by whom it is forgotten: nobody but the owner's functions, and never what is young."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg
import pytest
from gemeengoed_kit import retention
from gemeengoed_kit.idempotency import IdempotentAnswer
from gemeengoed_kit.outbox import OutboxMessage
from psycopg import errors

from tests.conftest import ROOT
from tests.kit.operations.proces import START
from tests.kit.test_edge import STUIVER, count
from tests.kit.test_jobs_outbox import until

STORED = "INSERT INTO idempotentie VALUES ('00000099000000000002', %s, ''::bytea, 201, '{}', ''::bytea, %s)"
SENT = (
    "INSERT INTO outbox (id, bron, pad, inhoud, onderwerp, groep, ontstaan_op, volgende_poging_op, verzonden_op, antwoord_pad) "
    "VALUES (%s, 'kluis', '/v1/stortingen', '{\"munt\": \"x\"}', %s, 'g', %s, %s, %s, %s)"
)


def ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def stored(database, *days: float) -> None:
    with psycopg.connect(database.owner_url) as connection:
        for number in days:
            connection.execute(STORED, [f"{number} dagen", ago(number)])


def sent(database, subject: str, began: float, ended: float | None) -> None:
    values = [uuid.uuid4(), subject, ago(began), ago(began), ago(ended) if ended is not None else None, "/v1/stortingen/1"]
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(SENT, values)


def keys(context) -> set[str]:
    with context.sessions() as session:
        return {row.sleutel for row in session.query(IdempotentAnswer)}


def bodies(context) -> dict[str, bool]:
    """Subject to whether its body is still there."""
    with context.sessions() as session:
        return {row.onderwerp: row.inhoud is not None for row in session.query(OutboxMessage)}


def test_oude_antwoorden_en_inhoud_van_oude_berichten_worden_vergeten(context, database):
    stored(database, 399, 401)
    sent(database, "/v1/oud", 402, 401)
    sent(database, "/v1/jong", 402, 399)
    sent(database, "/v1/onbezorgd", 500, None)
    retention.tidy(context)
    assert keys(context) == {"399 dagen"}
    assert bodies(context) == {"/v1/oud": False, "/v1/jong": True, "/v1/onbezorgd": True}
    with context.sessions() as session:
        old = session.query(OutboxMessage).filter_by(onderwerp="/v1/oud").one()
        assert (old.antwoord_pad, old.groep) == ("/v1/stortingen/1", "g") and old.verzonden_op


def test_meer_dan_een_duizendtal_gaat_in_een_keer_opruimen(context, database):
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "INSERT INTO idempotentie SELECT 'x', n::text, '', 201, '{}', '', now() - interval '401 days' "
            "FROM generate_series(1, 2500) AS n"
        )
    retention.tidy(context)
    assert count(context, IdempotentAnswer) == 0


@pytest.mark.parametrize("days", [1, -1000, 0, None])
def test_wat_jonger_is_dan_dertig_dagen_blijft_ook_als_de_dienst_anders_vraagt(context, database, days):
    stored(database, 29, 31)
    sent(database, "/v1/jong", 29, 29)
    sent(database, "/v1/oud", 31, 31)
    sent(database, "/v1/vervalst", 29, 500)  # delivered before it began: somebody made that up
    with psycopg.connect(database.url) as connection:
        for function in ("vergeet_antwoorden", "vergeet_berichten"):
            assert connection.execute(f"SELECT {function}(%s::integer, 100)".encode(), [days]).fetchone() == (1,)
    assert keys(context) == {"29 dagen"}
    assert bodies(context) == {"/v1/jong": True, "/v1/oud": False, "/v1/vervalst": True}


def test_dienst_kan_zelf_niets_weghalen(context, database):
    stored(database, 500)
    with psycopg.connect(database.url) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("DELETE FROM idempotentie")


def test_na_het_einde_van_een_sleutel_is_een_herhaling_een_nieuwe_aanvraag(client, munter, context, database):
    header = {**munter, "Idempotency-Key": "s-1"}
    assert client.post("/v1/munten", json=STUIVER, headers=header).status_code == 201
    assert client.post("/v1/munten", json=STUIVER, headers=header).status_code == 201
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("ALTER TABLE idempotentie DISABLE TRIGGER USER")
        connection.execute("UPDATE idempotentie SET ontstaan_op = now() - interval '401 days'")
    retention.tidy(context)
    assert client.post("/v1/munten", json=STUIVER, headers=header).status_code == 409


def test_werker_ruimt_op_bij_zijn_begin(context, database):
    stored(database, 401)
    stopping = threading.Event()
    thread = threading.Thread(target=retention.run, args=(partial(retention.tidy, context), stopping))
    thread.start()
    until(lambda: keys(context) == set())
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()


def test_opruimen_kan_ook_met_een_opdracht(context, database, settings):
    stored(database, 40, 401)
    environment = {
        **os.environ,
        "PROEF_DATABASE_URL": database.url,
        "PROEF_PEER_ID": settings.peer_id,
        "PROEF_JWKS_URL": settings.jwks_url,
        "PROEF_BEWAREN_DAGEN": "35",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([sys.executable, "-c", START, "opruimen"], env=environment, check=True)
    assert keys(context) == set()
