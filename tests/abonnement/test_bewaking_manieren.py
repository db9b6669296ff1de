"""Ways past rounds, messages and the guards themselves, as the service's own role."""

from __future__ import annotations

import itertools

import pytest

from tests.abonnement.test_manieren import (
    AANVRAAG,
    AFSCHRIFT,
    BESLUIT,
    BETAALD,
    GEFACTUREERD,
    RONDE,
    VERDEELD,
    VOORSTEL,
    boeking,
    jaar_voor,
    onderweg,
    ontvangst,
    toewijzing,
)
from tests.abonnement.test_manieren import gedeeld as gedeeld
from tests.abonnement.wereld import IBAN
from tests.invariants.abonnement import schendingen
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

VAN_EERSTE = " WHERE onderwerp = '/v1/facturen/{j}-000001'"
BEZORGD = "UPDATE outbox SET pogingen = 1, verzonden_op = now(), antwoord_pad = '/v1/boekingen/{x}'" + VAN_EERSTE
LOS = (*GEFACTUREERD, AFSCHRIFT, *ontvangst(100, factuur="NULL"), "COMMIT")
KOPPELING = (
    "INSERT INTO koppeling (id, betaling, soort, datum, vastgelegd_op) VALUES ('{z}', '{y}', 'met_de_hand', '{j}-03-01', now())"
)
KOPPELDEEL = "INSERT INTO betalingstoewijzing VALUES ('{y}', '{j}-000001', 'kindertelefoon', 100, '{z}')"
AF = (
    AFSCHRIFT.replace("{x}", "{v}"),
    "INSERT INTO afschrijving (id, bankafschrift, volgnummer, iban, boekdatum, bedrag_cent, omschrijving, saldo_voor_cent, soort) "
    f"VALUES ('{{v}}', '{{v}}', 1, '{IBAN}', '{{j}}-03-01', 200, '', 0, 'retour')",
    onderweg("afschrijving", "/v1/afschrijvingen/", "id = '{v}'", "2900", "1100"),
)
TERUG = (
    "INSERT INTO koppeling (id, betaling, soort, datum, afschrijving, bedrag_cent, vastgelegd_op) "
    "SELECT gen_random_uuid(), '{y}', 'retour', '{j}-03-01', '{v}', 100, now()"
)


def onderweg_koppeling(bij: int = 0, debet: str = "2900", credit: str = "1300") -> str:
    tabel = f"(SELECT '{{z}}'::text AS id, {100 + bij} AS bedrag_cent) AS k"
    return onderweg(tabel, "/v1/koppelingen/", "id IS NOT NULL", debet, credit)


MANIEREN = [
    # Rounds, again: of their own year.
    manier("peildatum van een ander jaar", REGEL, RONDE.replace("'{j}-01-01'", "'2018-01-01'")),
    manier("peildatum later in het jaar", REGEL, RONDE.replace("'{j}-01-01'", "'{j}-01-02'")),
    manier("besluit van een ander jaar", REGEL, RONDE.replace(BESLUIT, "balv-2016-11-30")),
    manier("besluit dat niet bestaat", REGEL, RONDE.replace(BESLUIT, "geen")),
    manier("later een besluit van een ander jaar", REGEL, AANVRAAG.replace(VOORSTEL, "NULL"), "COMMIT", "UPDATE facturatieronde SET tariefbesluit = 'balv-2016-11-30' WHERE jaar = {j}"),
    # Messages: made undelivered, delivered once, and what their document says.
    *(
        manier(f"bericht dat begint met {kolom}", REGEL, *(
            stap.replace("groep, ontstaan_op", f"groep, {kolom}, ontstaan_op").replace("'x', now(), now() FROM factuur", f"'x', {waarde}, now(), now() FROM factuur")
            for stap in GEFACTUREERD))
        for kolom, waarde in (("verzonden_op", "now()"), ("antwoord_pad", "'/v1/boekingen/x'"), ("geweigerd_op", "now()"), ("bezet_tot", "'infinity'"), ("pogingen", "7"))
    ),
    manier("bericht dat nooit wordt geprobeerd", REGEL, *(stap.replace("'x', now(), now() FROM factuur", "'x', now(), 'infinity' FROM factuur") for stap in GEFACTUREERD)),
    manier("bericht dat later nooit wordt geprobeerd", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE outbox SET volgende_poging_op = 'infinity'" + VAN_EERSTE),
    manier("bericht dat ver vooruit wordt geprobeerd", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE outbox SET volgende_poging_op = now() + interval '1 year'" + VAN_EERSTE),
    manier("bericht dat altijd bezet is", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE outbox SET bezet_tot = now() + interval '1 year'" + VAN_EERSTE),
    manier("bezorgd zonder boeking", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE outbox SET pogingen = 1, verzonden_op = now()" + VAN_EERSTE),
    manier("bezorgd zonder poging", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE outbox SET verzonden_op = now(), antwoord_pad = '/v1/boekingen/{x}'" + VAN_EERSTE),
    manier("bezorgd", None, *GEFACTUREERD, "COMMIT", BEZORGD),
    manier("bezorgd met de boeking van een ander", REGEL, *GEFACTUREERD, "COMMIT", BEZORGD, BEZORGD.replace("000001", "000002")),
    *(
        manier(f"bezorgd bericht krijgt een ander(e) {kolom}", REGEL, *GEFACTUREERD, "COMMIT", BEZORGD, "COMMIT", f"UPDATE outbox SET {kolom} = {waarde}" + VAN_EERSTE)
        for kolom, waarde in (("verzonden_op", "NULL"), ("antwoord_pad", "'/v1/boekingen/{y}'"), ("fout", "'x'"), ("geweigerd_op", "now()"), ("pogingen", "0"))
    ),
    *(
        manier(f"boeking van de factuur met {wat}", REGEL, *(stap.replace(oud, nieuw) if stap == boeking(2) else stap for stap in GEFACTUREERD))
        for wat, oud, nieuw in (
            ("een ander bedrag", "'bedragCent', bedrag_cent), json", "'bedragCent', bedrag_cent + 1), json"),
            ("het bedrag twee keer", "bedrag_cent", "2 * bedrag_cent"),
            ("debet en credit verwisseld", "'1300'", "'2310'"),
            ("een andere rekening", "'1300'", "'1100'"),
            ("een ander document", "'pad', '/v1/facturen/' || nummer", "'pad', '/v1/facturen/{j}-000001'"),
            ("een andere bron", "'bron', 'abonnement'", "'bron', 'memoriaal'"),
            ("geen regels", "'regels', ", "'rest', "),
        )
    ),
    manier("boeking van de ontvangst met meer op debiteuren dan is toegewezen", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100, factuur="NULL", op="1300")),
    manier("toewijzing nadat alleen de boeking is bekeken", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100, op="2900"),
           "SET CONSTRAINTS outbox_opdracht_klopt IMMEDIATE", toewijzing(100)),
    manier("bekeken voor zij gesloten is", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100), toewijzing(100), "SET CONSTRAINTS bankafschrift_geboekt IMMEDIATE"),
    manier("koppeling", None, *LOS, KOPPELING, KOPPELDEEL, onderweg_koppeling()),
    manier("koppeling met een ander bedrag geboekt", REGEL, *LOS, KOPPELING, KOPPELDEEL, onderweg_koppeling(bij=1)),
    manier("koppeling omgekeerd geboekt", REGEL, *LOS, KOPPELING, KOPPELDEEL, onderweg_koppeling(debet="1300", credit="2900")),
    manier("koppeling zonder boeking", REGEL, *LOS, KOPPELING, KOPPELDEEL),
    manier("koppeldeel na de boeking", REGEL, *LOS, KOPPELING, KOPPELDEEL, onderweg_koppeling(), "SET CONSTRAINTS outbox_opdracht_klopt IMMEDIATE", KOPPELDEEL.replace("kindertelefoon", "beheer-en-betaling")),
    manier("twee keer terug, oude blik", REGEL, *LOS, *AF, "COMMIT", "B: SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "B: SELECT 1 FROM koppeling",
           TERUG, "COMMIT", "B: " + TERUG.replace("gen_random_uuid()", "'{z}'")),
    *(
        manier(f"oude blik op {tabel}", REGEL, f"SET TRANSACTION ISOLATION LEVEL {niveau}", *stappen)
        for tabel, niveau, stappen in (
            ("facturen", "REPEATABLE READ", GEFACTUREERD), ("ontvangsten", "SERIALIZABLE", (AFSCHRIFT, *ontvangst(100, factuur="NULL"))))
    ),
    manier("boeking van de verdeling met een ander bedrag", REGEL, *BETAALD, *(stap.replace("'bedragCent', 100", "'bedragCent', 101").replace("'bedragCent', -100", "'bedragCent', -101") for stap in VERDEELD)),
    manier("inhoud van een bericht", RECHT, "UPDATE outbox SET inhoud = '{}'"),
    manier("onderwerp van een bericht", RECHT, "UPDATE outbox SET onderwerp = 'x'"),
    manier("bericht wissen", RECHT, "DELETE FROM outbox"),
    manier("berichten legen", RECHT, "TRUNCATE outbox"),
    manier("jonge inhoud vergeten", None, *GEFACTUREERD, "COMMIT", BEZORGD, "SELECT vergeet_berichten(-100, 1000)"),
    *(
        manier(f"tijdelijke tabel {tabel}", REGEL, f"CREATE TEMP TABLE {tabel} AS SELECT * FROM public.{tabel} LIMIT 0",
               *(stap.replace(f"INTO {tabel}", f"INTO public.{tabel}").replace(f"FROM {tabel}", f"FROM public.{tabel}") if tabel == "factuur" else stap.replace("INTO outbox", "INTO pg_temp.outbox")
                 for stap in GEFACTUREERD if tabel == "outbox" or stap != boeking(2)))
        for tabel in ("outbox", "factuur")
    ),
    # The guards themselves.
    manier("grendels uit", RECHT, "SET session_replication_role = replica"),
    manier("grendel weg", RECHT, "DROP TRIGGER factuur_klopt ON factuur"),
    manier("grendel uit", RECHT, "ALTER TABLE outbox DISABLE TRIGGER outbox_onbezorgd"),
    manier("grendel vervangen", RECHT, "CREATE OR REPLACE FUNCTION public.opdracht_klopt() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"),
    manier("eigen functie in het pad", RECHT, "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL'"),
    manier("nummer van de reeks", RECHT, "SELECT setval('bankafschrift_volgnummer_seq', 1)"),
    manier("andere rol", RECHT, "SET ROLE abonnement_eigenaar"),
]  # fmt: skip
JAREN = itertools.count(2003)


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_administratie_klopt_hoe_er_ook_wordt_geschreven(gedeeld, wijze: Manier):
    doe(gedeeld.url, wijze, {"j": jaar_voor(wijze, JAREN)})
    assert schendingen(gedeeld.url) == {}
