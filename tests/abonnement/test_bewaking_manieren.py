"""Ways past rounds, messages and the guards themselves, as the service's own role."""

from __future__ import annotations

import itertools

import pytest

from tests.abonnement.test_manieren import (
    AFSCHRIFT,
    BESLUIT,
    BETAALD,
    GEFACTUREERD,
    RONDE,
    VERDEELD,
    boeking,
    ontvangst,
)
from tests.abonnement.test_manieren import gedeeld as gedeeld
from tests.invariants.abonnement import schendingen
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

VAN_EERSTE = " WHERE onderwerp = '/v1/facturen/{j}-000001'"
BEZORGD = "UPDATE outbox SET pogingen = 1, verzonden_op = now(), antwoord_pad = '/v1/boekingen/{x}'" + VAN_EERSTE
MANIEREN = [
    # Rounds, again: of their own year.
    manier("peildatum van een ander jaar", REGEL, RONDE.replace("'{j}-01-01'", "'2018-01-01'")),
    manier("peildatum later in het jaar", REGEL, RONDE.replace("'{j}-01-01'", "'{j}-01-02'")),
    manier("besluit van een ander jaar", REGEL, RONDE.replace(BESLUIT, "balv-2016-11-30")),
    manier("besluit dat niet bestaat", REGEL, RONDE.replace(BESLUIT, "geen")),
    manier("later een besluit van een ander jaar", REGEL, RONDE, "COMMIT", "UPDATE facturatieronde SET tariefbesluit = 'balv-2016-11-30' WHERE jaar = {j}"),
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
    manier("boeking van de verdeling met een ander bedrag", REGEL, *BETAALD, *(stap.replace("'bedragCent', bedrag_cent", "'bedragCent', bedrag_cent + 1").replace("-bedrag_cent", "-bedrag_cent - 1") for stap in VERDEELD)),
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
    doe(gedeeld.url, wijze, {"j": str(next(JAREN)) if any("{j}" in stap for stap in wijze.stappen) else ""})
    assert schendingen(gedeeld.url) == {}
