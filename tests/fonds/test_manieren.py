"""Ways to put the ledger out of balance, as the service's own role: after each of them every invariant holds."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from fonds_api.app import service
from gemeengoed_kit.process import migrate
from gemeengoed_lokaal.databases import ServiceDatabase, create_service_database, drop_database
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from tests.fonds.conftest import prepare
from tests.invariants.fonds import INVARIANTEN, schendingen
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters


def boeking(id: str = "{x}", aantal: object = 2, dag: str = "2018-01-01", op: str = "now()", pad: str | None = None) -> str:
    pad = pad or f"/v1/proef/{id}"
    return (
        "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
        f"VALUES ('{id}', 'derdengelden', '{dag}', {op}, 'x', 'proef', '{pad}', {aantal})"
    )


def regels(*genummerd: tuple[object, object], id: str = "{x}", fonds: str = "derdengelden", rekening: str = "1300") -> str:
    rijen = ", ".join(f"('{id}', {nummer}, '{fonds}', '{rekening}', {cent})" for nummer, cent in genummerd)
    return f"INSERT INTO boekingsregel VALUES {rijen}"


def kopie(*genummerd: tuple[int, int]) -> str:
    rijen = "\n".join("\t".join(["{x}", str(nummer), "derdengelden", "1300", str(cent)]) for nummer, cent in genummerd)
    return f"COPY boekingsregel FROM STDIN\n{rijen}"


AUDIT = (
    "INSERT INTO audit (op, peer_id, handeling, onderwerp, wijziging) "
    "VALUES (now(), 'proef', 'boeking.boeken', '/v1/boekingen/{x}', '{}')"
)
GOED = regels((1, 900), (2, -900))
METEEN, LATER = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"
BRON = "FROM (VALUES ('{e}'::uuid, 3)) AS bron (boeking, nummer)"
BIJDRAGE = "INSERT INTO bijdrage VALUES ('ggu-2020-{g}', 'ggu', 2020, '{g}', 'x', 1, '2020-01-01', {c})"
RONDE = (
    "INSERT INTO bijdrageronde (id, fonds, jaar, status, aangevraagd_op) VALUES ('ggu-2020', 'ggu', 2020, 'aangevraagd', now())"
)
KLAAR = "UPDATE bijdrageronde SET status = 'vastgesteld', vastgesteld_op = now(), aantal = 1"


def bijdrage(gemeente: str = "GM0001", cent: int = 5_230_000_000) -> str:
    return BIJDRAGE.replace("{g}", gemeente).replace("{c}", str(cent))


def met(eerste: str, tweede: str) -> str:
    return f"WITH eerste AS ({eerste} RETURNING *) {tweede}"


REGELS_UIT = (
    "INSERT INTO boekingsregel SELECT eerste.id, n, 'derdengelden', '1300', cent FROM eerste, (VALUES {rijen}) AS regel (n, cent)"
)

# What can be written, in the end adds up: {x} is a new entry, {e} one that was committed with lines 1 and 2.
GROOTBOEK = [
    manier("zoals het hoort", None, boeking(), AUDIT, GOED),
    manier("regels andersom", None, boeking(), AUDIT, regels((2, -900)), regels((1, 900))),
    manier("regels met COPY", None, boeking(), AUDIT, kopie((2, -900), (1, 900))),
    manier("regels na een savepoint", None, boeking(), AUDIT, "SAVEPOINT s", GOED, "RELEASE s"),
    manier("boeking in een savepoint", None, "SAVEPOINT s", boeking(), AUDIT, "RELEASE s", GOED),
    manier("mislukte regel, opnieuw", None, boeking(), AUDIT, "SAVEPOINT s", f"mislukt: {regels((3, 9))}", "ROLLBACK TO s", GOED),
    manier("controle vroeg en goed", None, boeking(), AUDIT, GOED, METEEN),
    manier("een opdracht die de boeking ziet", None, AUDIT, met(boeking(), REGELS_UIT.replace("{rijen}", "(1, 900), (2, -900)"))),
    manier("een opdracht, eerst de boeking", None, AUDIT, met(GOED, boeking())),
    manier("serialiseerbaar", None, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", boeking(), AUDIT, GOED),
    manier("regel bestaat al, niets doen", None, regels((1, 5), id="{e}") + " ON CONFLICT DO NOTHING"),
    # The case of the issue: lines numbered beyond the entry, in the statement that makes it; then the numbers left over.
    manier("een opdracht, 7 en 8", REGEL, AUDIT, met(boeking(), regels((7, 900), (8, -900)))),
    manier("een opdracht, 7 en 8, later 1", REGEL, AUDIT, met(boeking(), regels((7, 900), (8, -900))), "COMMIT", regels((1, 999999))),
    manier("een opdracht, 1 en 2", REGEL, AUDIT, met(boeking(), GOED)),
    manier("een opdracht, 1 en 2, scheef", REGEL, AUDIT, met(boeking(), regels((1, 900), (2, -899)))),
    manier("een opdracht, gezien, 7 en 8", REGEL, AUDIT, met(boeking(), REGELS_UIT.replace("{rijen}", "(7, 900), (8, -900)"))),
    manier("een opdracht, eerst de boeking, 7 en 8", REGEL, AUDIT, met(regels((7, 900), (8, -900)), boeking())),
    manier("regels eerst", REGEL, AUDIT, GOED, boeking()),
    manier("regels zonder boeking", REGEL, GOED),
    manier("geen regels", REGEL, AUDIT, boeking()),
    manier("een van twee regels", REGEL, boeking(), AUDIT, regels((1, 900))),
    manier("twee van drie regels", REGEL, boeking(aantal=3), AUDIT, GOED),
    manier("drie van twee regels", REGEL, boeking(), AUDIT, regels((1, 900), (2, -900), (3, 1))),
    manier("nummers 2 en 3", REGEL, boeking(), AUDIT, regels((2, 900), (3, -900))),
    manier("nummers 0 en 1", REGEL, boeking(), AUDIT, regels((0, 900), (1, -900))),
    manier("nummers -1 en 1", REGEL, boeking(), AUDIT, regels((-1, 900), (1, -900))),
    manier("een nummer dubbel", REGEL, boeking(), AUDIT, regels((1, 900), (1, -900))),
    manier("zonder nummer", REGEL, boeking(), AUDIT, regels(("NULL", 900), (2, -900))),
    manier("scheef", REGEL, boeking(), AUDIT, regels((1, 900), (2, -899))),
    manier("twee keer debet", REGEL, boeking(), AUDIT, regels((1, 900), (2, 900))),
    manier("bedragen nul", REGEL, boeking(), AUDIT, regels((1, 0), (2, 0))),
    manier("zonder bedrag", REGEL, boeking(), AUDIT, regels((1, "NULL"), (2, 900))),
    manier("rond in 64 bits", REGEL, boeking(aantal=3), AUDIT, regels((1, 2**63 - 1), (2, 2**63 - 1), (3, 2))),
    manier("een regel", REGEL, boeking(aantal=1), AUDIT, regels((1, 900))),
    manier("min twee regels", REGEL, boeking(aantal=-2), AUDIT, GOED),
    manier("onbekend aantal", REGEL, boeking(aantal="NULL"), AUDIT, GOED),
    manier("ander fonds", REGEL, boeking(), AUDIT, regels((1, 900), (2, -900), fonds="ggu")),
    manier("rekening van een ander fonds", REGEL, boeking(), AUDIT, regels((1, 900), (2, -900), rekening="8000")),
    manier("regel zonder fonds", REGEL, boeking(), AUDIT, GOED.replace("'derdengelden'", "NULL")),
    manier("later een regel 3", REGEL, regels((3, 5), id="{e}")),
    manier("later een regel 1", REGEL, regels((1, 5), id="{e}")),
    manier("later met COPY", REGEL, kopie((3, 5)).replace("{x}", "{e}")),
    manier("later met MERGE", REGEL, f"MERGE INTO boekingsregel r USING (SELECT * {BRON}) b ON (r.boeking, r.regelnummer) = (b.boeking, b.nummer) "
           "WHEN NOT MATCHED THEN INSERT VALUES (b.boeking, b.nummer, 'derdengelden', '1300', 5)"),
    manier("wijzigen met MERGE", RECHT, f"MERGE INTO boekingsregel r USING (SELECT * {BRON}) b ON r.boeking = b.boeking "
           "WHEN MATCHED THEN UPDATE SET bedrag_cent = 5"),
    manier("wissen met MERGE", RECHT, f"MERGE INTO boekingsregel r USING (SELECT * {BRON}) b ON r.boeking = b.boeking WHEN MATCHED THEN DELETE"),
    manier("regel bestaat al, wijzigen", RECHT, regels((1, 5), id="{e}") + " ON CONFLICT (boeking, regelnummer) DO UPDATE SET bedrag_cent = 5"),
    manier("boeking bestaat al, wijzigen", RECHT, boeking("{e}") + " ON CONFLICT (id) DO UPDATE SET aantal_regels = 3"),
    manier("later, in een SELECT", REGEL, "INSERT INTO boekingsregel SELECT boeking, 3, fonds, rekening, 5 FROM boekingsregel WHERE boeking = '{e}' LIMIT 1"),
    manier("later, en controles uit", REGEL, LATER, regels((3, 5), id="{e}")),
    manier("controle vroeg, dan een regel", REGEL, boeking(), AUDIT, GOED, METEEN, regels((3, 5))),
    manier("controle vroeg en weer laat, dan een regel", REGEL, boeking(), AUDIT, GOED, METEEN, LATER, regels((3, 5), (4, -5))),
    manier("controle meteen aan", REGEL, METEEN, boeking(), AUDIT, GOED),
    manier("een controle bij naam", REGEL, boeking(), AUDIT, GOED, "SET CONSTRAINTS boeking_in_evenwicht IMMEDIATE", regels((3, 5))),
    manier("gecontroleerde regels teruggedraaid", REGEL, boeking(), AUDIT, "SAVEPOINT s", GOED, METEEN, "ROLLBACK TO s"),
    manier("gecontroleerd in een savepoint dat blijft", REGEL, boeking(), AUDIT, "SAVEPOINT s", GOED, "SAVEPOINT t", METEEN, "RELEASE t", "ROLLBACK TO s"),
    manier("regels teruggedraaid", REGEL, boeking(), AUDIT, regels((1, 900)), "SAVEPOINT s", regels((2, -900)), "ROLLBACK TO s"),
    manier("mislukte controle weggewuifd", REGEL, boeking(), AUDIT, "SAVEPOINT s", f"mislukt: {METEEN}", "ROLLBACK TO s"),
    manier("mislukte controle in een blok", REGEL, AUDIT, f"DO $$ BEGIN {boeking()}; BEGIN {METEEN}; EXCEPTION WHEN OTHERS THEN NULL; END; END $$"),
    manier("teruggedraaid en opnieuw met minder", REGEL, "SAVEPOINT s", boeking(), GOED, METEEN, "ROLLBACK TO s", boeking(aantal=3), AUDIT, GOED),
    manier("regel bij een boeking van een ander", REGEL, boeking(), AUDIT, GOED, "B: " + regels((1, 5)), "COMMIT"),
    manier("regel bij een boeking die net komt", REGEL, boeking(), AUDIT, GOED, "COMMIT", "B: " + regels((3, 5))),
    manier("regels in een opdracht waarin de boeking komt", REGEL, "SELECT pg_advisory_xact_lock(7)", boeking(), AUDIT, GOED,
           "B wacht: INSERT INTO boekingsregel SELECT '{x}', n, 'derdengelden', '1300', 5 "
           "FROM (VALUES (7), (8)) AS regel (n), (SELECT pg_advisory_xact_lock(7)) AS slot", "COMMIT", "B: SELECT 1"),
    manier("regel met een blik van voor de boeking", REGEL, "B: SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "B: SELECT 1",
           boeking(), AUDIT, GOED, "COMMIT", "B: " + regels((3, 5))),
    manier("twee boekingen van een document", REGEL, boeking("{x}", pad="/v1/een/{x}"), AUDIT, GOED,
           "B wacht: " + boeking("{y}", pad="/v1/een/{x}"), "COMMIT", "B: SELECT 1"),
    manier("tijdelijke tabel boeking", REGEL, "CREATE TEMP TABLE boeking AS SELECT '{e}'::uuid AS id, 99 AS aantal_regels", regels((3, 5), id="{e}")),
    manier("tijdelijke tabel boekingsregel", REGEL, "CREATE TEMP TABLE boekingsregel AS SELECT '{x}'::uuid AS boeking, 0 AS bedrag_cent FROM generate_series(1, 2)",
           boeking(), AUDIT, GOED.replace("INTO ", "INTO public.").replace("-900", "-899")),
    manier("zoekpad met eigen schema voorop", REGEL, "SET search_path = pg_temp, public, pg_catalog",
           "CREATE TEMP TABLE boeking AS SELECT '{e}'::uuid AS id, 99 AS aantal_regels", regels((3, 5), id="{e}")),
    manier("eigen type numeric", REGEL, "CREATE TYPE pg_temp.numeric AS (x int)", boeking(), AUDIT, regels((1, 900), (2, -899))),
    manier("eigen functie sum", REGEL, "CREATE FUNCTION pg_temp.altijd_nul(numeric, bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 0'",
           "CREATE AGGREGATE pg_temp.sum(bigint) (SFUNC = pg_temp.altijd_nul, STYPE = numeric, INITCOND = '0')",
           "SET search_path = pg_temp, public, pg_catalog", boeking(), AUDIT, regels((1, 900), (2, -899))),
    manier("eigen operator", REGEL, "CREATE FUNCTION pg_temp.ja(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
           "CREATE OPERATOR pg_temp.<= (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_temp.ja)",
           "SET search_path = pg_temp, public, pg_catalog", regels((3, 5), id="{e}")),
    manier("tijdelijke view, regel erbij", REGEL, "CREATE TEMP VIEW v AS SELECT * FROM boekingsregel", "INSERT INTO v VALUES ('{e}', 3, 'derdengelden', '1300', 5)"),
    manier("tijdelijke view, wijzigen", RECHT, "CREATE TEMP VIEW v AS SELECT * FROM boekingsregel", "UPDATE v SET bedrag_cent = 5"),
    manier("tabel die erft", RECHT, "CREATE TEMP TABLE erft () INHERITS (public.boekingsregel)"),
    manier("tabel die verwijst", errors.InvalidTableDefinition, "CREATE TEMP TABLE verwijst (b uuid REFERENCES public.boeking ON DELETE CASCADE)"),
    manier("wijzigen", RECHT, "UPDATE boekingsregel SET bedrag_cent = -bedrag_cent"),
    manier("wissen", RECHT, "DELETE FROM boeking"),
    manier("legen", RECHT, "TRUNCATE boeking, boekingsregel CASCADE"),
    manier("regels vergrendelen", RECHT, "SELECT FROM boeking FOR UPDATE"),
    manier("triggers uit", RECHT, "SET session_replication_role = replica"),
    manier("trigger uit", RECHT, "ALTER TABLE boekingsregel DISABLE TRIGGER USER"),
    manier("eigen trigger", RECHT, "CREATE FUNCTION pg_temp.niets() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
           "CREATE TRIGGER aa BEFORE INSERT ON boekingsregel FOR EACH ROW EXECUTE FUNCTION pg_temp.niets()"),
    manier("eigen regel", RECHT, "CREATE RULE r AS ON INSERT TO boekingsregel DO INSTEAD NOTHING"),
    manier("functie vervangen", RECHT, "CREATE OR REPLACE FUNCTION public.controleer_boeking() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"),
    manier("functie in public", RECHT, "CREATE FUNCTION public.sum(int) RETURNS int LANGUAGE sql AS 'SELECT 0'"),
    manier("schema maken", RECHT, "CREATE SCHEMA anders"),
    manier("recht nemen", RECHT, "SET ROLE fonds_eigenaar"),
    manier("volgnummer terugzetten", RECHT, "SELECT setval('boeking_volgnummer_seq', 1)"),
    manier("volgnummer opmaken", RECHT, "SELECT nextval('boeking_volgnummer_seq')"),
    manier("volgnummer kiezen", RECHT, boeking().replace("(id, ", "(id, volgnummer, ").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (").replace("VALUES ('{x}'", "VALUES ('{x}', 1000")),
    manier("in twee keer vastleggen", errors.ObjectNotInPrerequisiteState, boeking(), AUDIT, GOED, "PREPARE TRANSACTION 'half'"),
    *(manier(f"boekdatum {dag}", REGEL, boeking(dag=dag), AUDIT, GOED) for dag in ("0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "infinity", "-infinity")),
    manier("geboekt op oneindig", REGEL, boeking(op="'infinity'"), AUDIT, GOED),
]  # fmt: skip

# Before each of these there is no round.
RONDES = [
    manier("ronde zoals het hoort", None, RONDE, bijdrage(), KLAAR),
    manier("ronde aangevraagd", None, RONDE),
    manier("bijdrage zonder ronde", REGEL, bijdrage()),
    manier("bijdrage in een ronde die open blijft", REGEL, RONDE, bijdrage()),
    manier("bijdrage van nul in een ronde die open blijft", REGEL, RONDE, "COMMIT", bijdrage(cent=0)),
    manier("klaar zonder bijdragen", REGEL, RONDE, KLAAR),
    manier("klaar, nul bijdragen", REGEL, RONDE, KLAAR.replace("aantal = 1", "aantal = 0")),
    manier("een cent te weinig", REGEL, RONDE, bijdrage(cent=5_229_999_999), KLAAR),
    manier("een bijdrage te veel", REGEL, RONDE, bijdrage(), bijdrage("GM0002", 0), KLAAR),
    manier("bijdrage na klaar", REGEL, RONDE, bijdrage(), KLAAR, bijdrage("GM0002", 0)),
    manier("bijdrage na vroege controle", REGEL, RONDE, bijdrage(), KLAAR, METEEN, bijdrage("GM0002", 0)),
    manier("bijdrage later", REGEL, RONDE, bijdrage(), KLAAR, "COMMIT", bijdrage("GM0002", 0)),
    manier("bijdrage terwijl een ander klaar is", REGEL, RONDE, "COMMIT", bijdrage(), KLAAR, "B wacht: " + bijdrage("GM0002", 0), "COMMIT", "B: SELECT 1"),
    manier("klaar terwijl een ander toevoegt", REGEL, RONDE, "COMMIT", bijdrage("GM0002", 0), "B: " + bijdrage(), "B wacht: " + KLAAR, "COMMIT"),
    manier("klaar en weer open", REGEL, RONDE, bijdrage(), KLAAR, "UPDATE bijdrageronde SET status = 'aangevraagd', vastgesteld_op = NULL, aantal = NULL"),
    manier("bijdragen teruggedraaid", REGEL, RONDE, "SAVEPOINT s", bijdrage(), "ROLLBACK TO s", KLAAR),
    manier("andere peildatum", REGEL, RONDE, bijdrage().replace("2020-01-01", "2019-01-01"), KLAAR),
    manier("negatieve bijdrage", REGEL, RONDE, bijdrage(cent=5_230_000_001), bijdrage("GM0002", -1), KLAAR.replace("aantal = 1", "aantal = 2")),
    manier("ronde zonder omslag", REGEL, RONDE.replace("2020", "2021")),
    manier("ronde meteen klaar", REGEL, RONDE.replace("aangevraagd_op)", "aangevraagd_op, vastgesteld_op, aantal)").replace("'aangevraagd', now()", "'vastgesteld', now(), now(), 1")),
    manier("andere naam", RECHT, RONDE, "UPDATE bijdrageronde SET id = 'ggu-2021', jaar = 2021"),
    manier("ronde wissen", RECHT, RONDE, "DELETE FROM bijdrageronde"),
    manier("probleem dat niets zegt", REGEL, RONDE, "UPDATE bijdrageronde SET status = 'mislukt', probleem = 'null'"),
]  # fmt: skip


@pytest.fixture(scope="module")
def gedeeld(templates, server) -> Iterator[ServiceDatabase]:
    """One database for all ways, in which the role may make temporary tables: more than it may have elsewhere."""
    made = templates.copy("fonds", prepare)
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(f"GRANT TEMP ON DATABASE {made.name} TO fonds_api".encode())
    yield made
    templates.drop(made)


@pytest.fixture(scope="module")
def eerder(gedeeld: ServiceDatabase) -> uuid.UUID:
    """A committed entry."""
    id = uuid.uuid4()
    doe(gedeeld.url, manier("eerder", None, boeking(), AUDIT, GOED), {"x": id})
    return id


@pytest.mark.parametrize("wijze", parameters(GROOTBOEK))
def test_grootboek_klopt_hoe_er_ook_wordt_geschreven(gedeeld, eerder, wijze: Manier):
    doe(gedeeld.url, wijze, {"e": eerder})
    assert schendingen(gedeeld.url) == []


@pytest.mark.parametrize("wijze", parameters(RONDES))
def test_bijdragen_kloppen_hoe_er_ook_wordt_geschreven(gedeeld, eerder, wijze: Manier):
    try:
        doe(gedeeld.url, wijze, {})
        assert schendingen(gedeeld.url) == []
    finally:
        with psycopg.connect(gedeeld.owner_url) as eigenaar:
            eigenaar.execute("ALTER TABLE bijdrage DISABLE TRIGGER USER")
            eigenaar.execute("ALTER TABLE bijdrageronde DISABLE TRIGGER USER")
            eigenaar.execute("DELETE FROM bijdrage")
            eigenaar.execute("DELETE FROM bijdrageronde")
            eigenaar.execute("ALTER TABLE bijdrage ENABLE TRIGGER USER")
            eigenaar.execute("ALTER TABLE bijdrageronde ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("sabotage", "invariant"),
    [
        ("UPDATE boekingsregel SET bedrag_cent = bedrag_cent + 1 WHERE regelnummer = 1", "F1 every"),
        ("UPDATE boekingsregel SET regelnummer = regelnummer + 6", "F4 the lines"),
        ("UPDATE boekingsregel SET regelnummer = 3 WHERE regelnummer = 1", "F4 the lines"),
        ("DELETE FROM boekingsregel WHERE regelnummer = 2", "F4 a boeking"),
        ("UPDATE boeking SET aantal_regels = 3", "F4 a boeking"),
        ("DELETE FROM boekingsregel", "F4 a boeking"),
        ("GRANT UPDATE (bedrag_cent) ON boekingsregel TO fonds_api", "F5 the service"),
        ("ALTER TABLE boekingsregel DISABLE TRIGGER boekingsregel_niet_erbij", "F5 the triggers"),
        ("DROP TRIGGER bijdrage_in_ronde ON bijdrage", "F5 the triggers"),
        ("INSERT INTO bijdrageronde VALUES ('ggu-2020', 'ggu', 2020, 'vastgesteld', now(), now(), 0)", "F10"),
        ("DELETE FROM audit", "every boeking"),
    ],
)
def test_invarianten_zien_een_grootboek_dat_niet_klopt(gedeeld, eerder, server, sabotage: str, invariant: str):
    """The queries themselves: a superuser with the triggers off breaks what they guard."""
    with psycopg.connect(server.database_url(gedeeld.name)) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute(sabotage.encode())
        gezien = [naam for naam, vraag in INVARIANTEN.items() if breker.execute(vraag.encode()).fetchone()]
        breker.rollback()
    assert any(naam.startswith(invariant) for naam in gezien), gezien


@pytest.fixture
def vorige(server, passwords) -> Iterator[ServiceDatabase]:
    """A database of the release before these guards, with an entry."""
    made = create_service_database(server.url, "fonds", name="fonds_vorige", passwords=passwords)
    migrate(service, made.owner_url, "0003")
    doe(made.url, manier("goed", None, boeking(), AUDIT, GOED), {})
    yield made
    drop_database(server.url, made.name)


def test_database_die_klopt_krijgt_de_grendels(vorige):
    doe(vorige.url, manier("oude dag", None, boeking(dag="0001-01-01"), AUDIT, GOED), {})
    migrate(service, vorige.owner_url)
    assert schendingen(vorige.url) == [], "what was booked on an odd day stays"


@pytest.mark.parametrize(
    ("kwaad", "bezwaar"),
    [
        ([met(boeking(), regels((7, 900), (8, -900)))], "2 van 2 regels, genummerd 7 tot en met 8, samen 0 cent"),
        (
            [met(boeking(), regels((7, 900), (8, -900))), "COMMIT", regels((1, 999999))],
            "3 van 2 regels, genummerd 1 tot en met 8",
        ),
        (["SET session_replication_role = replica", boeking(), regels((1, 900), (2, -899))], "samen 1 cent"),
        (["SET session_replication_role = replica", boeking()], "0 van 2 regels"),
        (["SET session_replication_role = replica", RONDE, bijdrage()], "bijdrageronde ggu-2020 klopt niet"),
    ],
)
def test_database_die_niet_klopt_wordt_niet_gemigreerd(vorige, server, kwaad: list[str], bezwaar: str):
    doe(server.database_url(vorige.name), manier("kwaad", None, *kwaad), {})
    with pytest.raises(DBAPIError, match=bezwaar):
        migrate(service, vorige.owner_url)
