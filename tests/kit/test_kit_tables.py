"""Ways to rewrite what the kit keeps (stored answers, the audit trail, messages), as the service's own role."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from gemeengoed_kit.process import migrate
from gemeengoed_lokaal.databases import ServiceDatabase

from tests.kit.conftest import service
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

SLEUTEL = "INSERT INTO idempotentie (afzender, sleutel, vingerafdruk) VALUES ('a', '{x}', 'm')"
ANTWOORD = "UPDATE idempotentie SET status = 201, kopregels = '{}', antwoord = 'x' WHERE sleutel = '{x}'"
AUDIT = "INSERT INTO audit (op, handeling, onderwerp, wijziging) VALUES ('2000-01-01', 'h', 'o', '{}')"
BERICHT = (
    "INSERT INTO outbox (id, bron, pad, inhoud, onderwerp, groep, ontstaan_op, volgende_poging_op) "
    "VALUES ('{x}', 'b', '/p', '{}', '{x}', 'g', now(), now())"
)


def bericht(wijziging: str) -> str:
    return f"UPDATE outbox SET {wijziging} WHERE id = '{{x}}'"


MANIEREN = [
    manier("antwoord", None, SLEUTEL, ANTWOORD),
    manier("antwoord anders", REGEL, SLEUTEL, ANTWOORD, "COMMIT", ANTWOORD.replace("201", "200")),
    manier("antwoord hetzelfde", REGEL, SLEUTEL, ANTWOORD, "COMMIT", ANTWOORD),
    manier("antwoord weg", REGEL, SLEUTEL, ANTWOORD, "UPDATE idempotentie SET status = NULL, kopregels = NULL, antwoord = NULL"),
    manier("half antwoord", REGEL, SLEUTEL, "UPDATE idempotentie SET status = 201"),
    manier("antwoord bij een andere sleutel", RECHT, SLEUTEL, "UPDATE idempotentie SET sleutel = 'y'"),
    manier("antwoord van een ander", RECHT, SLEUTEL, "UPDATE idempotentie SET afzender = 'b'"),
    manier("antwoord op een andere aanvraag", RECHT, SLEUTEL, "UPDATE idempotentie SET vingerafdruk = 'n'"),
    manier("oud antwoord", RECHT, SLEUTEL.replace("(afz", "(ontstaan_op, afz").replace("VALUES (", "VALUES ('2000-01-01', ")),
    manier("antwoord meteen", RECHT, SLEUTEL.replace("(afz", "(status, afz").replace("VALUES (", "VALUES (201, ")),
    manier("antwoord jonger", RECHT, SLEUTEL, "UPDATE idempotentie SET ontstaan_op = now()"),
    manier("sleutel weg", RECHT, "DELETE FROM idempotentie"),
    manier("auditregel", None, AUDIT),
    manier("auditregel, eigen moment van schrijven", RECHT, AUDIT.replace("(op,", "(geschreven_op, op,").replace("VALUES (", "VALUES (now(), ")),
    manier("auditregel, eigen nummer", RECHT, AUDIT.replace("(op,", "(id, op,").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (1, ")),
    manier("auditregel, eigen nummer met COPY", RECHT, "COPY audit FROM STDIN\n1"),
    manier("auditregel wijzigen", RECHT, AUDIT, "UPDATE audit SET op = now()"),
    manier("auditregel wissen", RECHT, "DELETE FROM audit"),
    manier("nummering van het auditspoor", RECHT, "SELECT setval('audit_id_seq', 1)"),
    manier("nummer van het auditspoor opmaken", RECHT, "SELECT nextval('audit_id_seq')"),
    manier("bericht onderweg", None, BERICHT, bericht("pogingen = 1, verzonden_op = now(), antwoord_pad = '/q'")),
    *(manier(f"bericht: {wijziging}", RECHT, BERICHT, "COMMIT", bericht(wijziging)) for wijziging in (
        "id = gen_random_uuid()", "bron = 'c'", "pad = '/q'", "inhoud = '[]'", "inhoud = 'null'", "onderwerp = 'y'",
        "groep = 'h'", "ontstaan_op = '2000-01-01'")),
    manier("bericht opnieuw, anders", RECHT, BERICHT, BERICHT + " ON CONFLICT (onderwerp) DO UPDATE SET inhoud = '[]'"),
    manier("bericht zonder inhoud", RECHT, BERICHT, bericht("verzonden_op = now()"), bericht("inhoud = NULL")),
    manier("bericht wissen", RECHT, "DELETE FROM outbox"),
    manier("eigen functie voor de triggers", RECHT, "CREATE OR REPLACE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"),
]  # fmt: skip


@pytest.fixture(scope="module")
def gedeeld(templates) -> Iterator[ServiceDatabase]:
    made = templates.copy("proef", lambda database: migrate(service, database.owner_url))
    yield made
    templates.drop(made)


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_wat_de_kit_bewaart_blijft(gedeeld, wijze: Manier) -> None:
    doe(gedeeld.url, wijze, {})


def test_auditspoor_zegt_wanneer_de_database_het_schreef(gedeeld) -> None:
    with psycopg.connect(gedeeld.url) as rol:
        assert rol.execute(AUDIT + " RETURNING geschreven_op = now()").fetchone() == (True,)


EIGENAAR = [
    manier("inhoud van een verzonden bericht weg", None, BERICHT, bericht("verzonden_op = now()"), bericht("inhoud = NULL")),
    manier("inhoud van een bericht weg", REGEL, BERICHT, bericht("verzonden_op = now(), inhoud = NULL")),
    manier("andere inhoud", REGEL, BERICHT, bericht("verzonden_op = now()"), bericht("inhoud = '[]'")),
    manier("ander document", REGEL, BERICHT, bericht("onderwerp = 'y'")),
    manier("ander antwoord", REGEL, SLEUTEL, ANTWOORD, ANTWOORD),
    manier("andere auditregel", REGEL, AUDIT, "UPDATE audit SET op = now()"),
]  # fmt: skip


@pytest.mark.parametrize("wijze", parameters(EIGENAAR))
def test_trigger_weigert_ook_de_eigenaar(gedeeld, wijze: Manier) -> None:
    doe(gedeeld.owner_url, wijze, {})
