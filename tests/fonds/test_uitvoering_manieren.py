"""Ways to commit, spend and carry over past the code, as the service's own role: none of them gets anything past the budget."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
from psycopg import errors

from tests.fonds.besluiten import MAG, pad
from tests.fonds.uitvoeringen import factuur, neem_aan, verplichting
from tests.invariants.fonds import schendingen

RECHT, REGEL = errors.InsufficientPrivilege, errors.IntegrityError
V = "INSERT INTO verplichting (id, fonds, prioriteit, budgetsoort, omschrijving, leverancier, voorziening, status, aangevraagd_op, aangegaan_op) "
AAN = V + "VALUES ('{v}', 'ggu', 'A1', 'structureel', 'x', 'x', NULL, 'aangegaan', now(), now())"
WACHT = V + f"VALUES ('{{v}}', 'ggu', 'A1', 'structureel', 'x', 'x', '{MAG}', 'aangevraagd', now(), NULL)"
DEEL = "INSERT INTO verplichtingsdeel (verplichting, jaar, bedrag_cent, btw_cent) VALUES ('{v}', 2018, %s, %s)"
BOEKING = (
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
    "VALUES ('{b}', 'ggu', '2018-01-01', now(), 'x', 'fonds', '/v1/uitgaven/{u}', 2)"
)
REGELS = "INSERT INTO boekingsregel VALUES ('{b}', 1, 'ggu', '4011', 1), ('{b}', 2, 'ggu', '1600', -1)"
UIT = "INSERT INTO uitgave VALUES ('{u}', '{oud}', 2018, %s, 0, 'F', '2018-01-01', '2018-01-01', 'x', '{b}', now())"
VRIJ = "INSERT INTO vrijval VALUES ('{u}', '{oud}', 2018, %s, 0, 'x', now())"
OVER = (
    "INSERT INTO overheveling (id, fonds, jaar, prioriteit, budgetsoort, bedrag_cent, btw_cent, reden, bron, pad, status, aangevraagd_op) "
    f"VALUES ('{{v}}', 'ggu', 2018, 'A1', 'structureel', %s, 0, 'x', 'catalogus', '{pad(1)}', 'aangevraagd', now())"
)
HEVEL = "UPDATE overheveling SET status = 'vastgesteld', vastgesteld_op = now(), boeking = '{b}', onttrekking = '{al}' WHERE id = '{v}'"
DICHT = "INSERT INTO jaarafsluiting VALUES ('ggu', 2018, 0, 0, NULL, now())"


def test_de_database_weigert_wat_nooit_mag(client, als, context, database):
    """Committed: 60.000 of the 100.000 of A1 structureel, of which 10.000 is spent and 1.000 released."""
    neem_aan(client, context, als, 2018)
    kop = als("fondsbeheerder")
    oud = client.post("/v1/verplichtingen", json=verplichting((2018, 60_000, 0)), headers=kop).json()["id"]
    gedaan = client.post("/v1/uitgaven", json=factuur(oud, 10_000, 0), headers=kop).json()
    vrij = {"jaar": 2018, "bedragCent": 1_000, "btwCent": 0, "reden": "x"}
    assert client.post(f"/v1/verplichtingen/{oud}/vrijvallen", json=vrij, headers=kop).status_code == 201
    wacht = verplichting((2018, 5_000, 0), voorziening={"bron": "catalogus", "pad": MAG})
    open_ = client.post("/v1/verplichtingen", json=wacht, headers=kop).json()["id"]
    al = gedaan["boeking"].rpartition("/")[2]

    def doe(weigert: Any, *opdrachten: str) -> None:
        woorden = {"v": uuid.uuid4(), "u": uuid.uuid4(), "b": uuid.uuid4(), "oud": oud, "al": al, "open": open_}
        with psycopg.connect(database.url) as db:
            try:
                for opdracht in opdrachten:
                    db.execute(opdracht.format(**woorden).encode())
                db.commit()
            except psycopg.Error as fout:
                assert weigert and isinstance(fout, weigert), (opdrachten, fout)
            else:
                assert weigert is None, opdrachten

    doe(REGEL, AAN, DEEL % (36_001, 0))  # 36.000 is free
    doe(REGEL, AAN, DEEL % (1, 30_001))
    doe(REGEL, AAN, DEEL % (0, 0))
    doe(REGEL, AAN, (DEEL % (1, 0)).replace("2018", "2019"))  # nothing was adopted
    doe(REGEL, AAN, (DEEL % (1, 0)), DEEL % (1, 0))
    doe(REGEL, AAN.replace("A1", "C1"), DEEL % (1, 0))
    doe(REGEL, AAN.replace("NULL, 'aangegaan'", f"'{MAG}', 'aangegaan'"), DEEL % (1, 0))  # no decision permits it
    doe(RECHT, AAN.replace("fonds, prior", "besluit, fonds, prior").replace("'ggu', 'A1'", f"'{pad(1)}', 'ggu', 'A1'"))
    doe(REGEL, WACHT.replace(f"'{MAG}'", "NULL"), DEEL % (1, 0))
    doe(None, AAN, DEEL % (36_000, 30_000))
    doe(
        RECHT,
        "INSERT INTO verplichtingsdeel (verplichting, jaar, bedrag_cent, btw_cent, besteed_cent) VALUES ('{oud}', 2019, 1, 0, 1)",
    )
    doe(RECHT, "UPDATE verplichtingsdeel SET besteed_cent = 0")
    doe(RECHT, "UPDATE budgetstand SET verplicht_cent = 0")
    doe(RECHT, "INSERT INTO budgetstand (fonds, jaar, prioriteit, budgetsoort, begroot_cent) VALUES ('ggu', 2019, 'A1', 'x', 1)")
    doe(RECHT, "SELECT muteer_budget('ggu', 2018, 'A1', 'structureel', -1, 0)")
    doe(RECHT, "SELECT muteer_posten('{oud}', 2018, -1, 0, 0, 0)")
    doe(RECHT, "SELECT hevel_budget('ggu', 2018, 'A1', 'structureel', -1)")
    doe(REGEL, VRIJ % 49_001)
    doe(REGEL, VRIJ % 0)
    doe(REGEL, VRIJ % -1)
    doe(REGEL, (VRIJ % 1).replace("{oud}", "{open}"))  # it waits still
    doe(REGEL, BOEKING, REGELS, UIT % 49_001)
    doe(REGEL, BOEKING, REGELS, UIT % 2)  # the entry is of 1 cent
    doe(REGEL, BOEKING, REGELS.replace("4011", "4012"), UIT % 1)  # on the account of another post
    doe(REGEL, BOEKING, REGELS, (UIT % 1).replace("'F'", f"'{gedaan['factuurnummer']}'"))  # an invoice twice
    doe(RECHT, "DELETE FROM uitgavefactuur")
    doe(RECHT, "INSERT INTO uitgavefactuur SELECT verplichting, 'x', id FROM uitgave")
    doe(REGEL, BOEKING, REGELS, (UIT % 1).replace("{oud}", "{open}"))
    doe(REGEL, BOEKING.replace("uitgaven", "facturen"), REGELS, UIT % 1)  # the entry is of something else
    doe(REGEL, (UIT % 1).replace("{b}", "{al}"))  # that of another
    doe(REGEL, BOEKING, REGELS, (UIT % 1).replace("'2018-01-01', 'x'", "'2019-01-01', 'x'"))
    doe(
        REGEL,
        BOEKING.replace("{u}", gedaan["id"]),
        REGELS,
        f"INSERT INTO uitgavestorno VALUES ('{gedaan['id']}', '2018-01-01', 'x', '{{b}}', now())",
    )
    doe(REGEL, "UPDATE verplichting SET status = 'aangevraagd' WHERE id = '{oud}'")
    doe(REGEL, "UPDATE verplichting SET status = 'geweigerd', probleem = '{{}}', aangegaan_op = NULL WHERE id = '{oud}'")
    doe(REGEL, "UPDATE verplichting SET status = 'aangegaan', aangegaan_op = now() WHERE id = '{open}'")
    doe(RECHT, "UPDATE verplichting SET budgetsoort = 'meerjarig'")
    doe(REGEL, OVER % 1, HEVEL.replace("{b}", "{al}"))  # both of one entry, or of none
    doe(REGEL, OVER % 1, BOEKING, REGELS, HEVEL)  # 0 is free
    doe(RECHT, (OVER % 1).replace("aangevraagd_op)", "aangevraagd_op, boeking)").replace("now())", "now(), '{al}')"))
    betaald = "INSERT INTO uitgavebetaling VALUES ('{uit}', '2018-01-01', '{b}', now())".replace("{uit}", gedaan["id"])
    eigen = BOEKING.replace("{u}", gedaan["id"] + "/betaling")
    regels = REGELS.replace("'1600', -1", "'1100', -1").replace("'4011', 1", "'1600', 1")
    doe(REGEL, BOEKING, regels, betaald)  # that entry is of something else
    doe(REGEL, betaald.replace("{b}", "{al}"))
    doe(REGEL, eigen, regels, betaald.replace("2018-01-01", "2018-01-02"))
    weg = client.post("/v1/uitgaven", json=factuur(oud, 5, 0, factuurnummer="WEG"), headers=kop).json()["id"]
    storno = {"boekdatum": "2018-01-15", "reden": "x"}
    assert client.post(f"/v1/uitgaven/{weg}/storno", json=storno, headers=kop).status_code == 201
    niets = betaald.replace(gedaan["id"], weg)
    doe(REGEL, BOEKING.replace("{u}", weg + "/betaling"), regels, niets)  # nothing is owed of it
    doe(REGEL, eigen, regels, betaald)  # the entry is of 1 cent
    doe(None, eigen, regels.replace("1600', 1)", "1600', 10000)").replace("1100', -1)", "1100', -10000)"), betaald)
    doe(REGEL, DICHT)  # what was committed is open
    doe(REGEL, f"INSERT INTO resultaatbestemming (fonds, jaar, uitkeren_cent, reserve_cent, bron, pad, status, aangevraagd_op, boekdatum) "
        f"VALUES ('ggu', 2018, 0, 0, 'catalogus', '{pad(1)}', 'aangevraagd', now(), '2018-01-01')")  # fmt: skip
    for tabel, kolom in (
        ("vrijval", "reden"),
        ("uitgave", "omschrijving"),
        ("uitgavebetaling", "boekdatum"),
        ("uitgavestorno", "reden"),
        ("jaarafsluiting", "baten_cent"),
        ("resultaatuitkering", "bedrag_cent"),
        ("budgetstand", "besteed_cent"),
        ("verplichting", "fonds"),
        ("verplichtingsdeel", "jaar"),
        ("overheveling", "bedrag_cent"),
        ("resultaatbestemming", "jaar"),
    ):
        doe(RECHT, f"DELETE FROM {tabel}")
        doe(RECHT, f"TRUNCATE {tabel} CASCADE")
        doe(RECHT, f"UPDATE {tabel} SET {kolom} = {kolom}")
        with psycopg.connect(database.owner_url) as owner:
            try:
                owner.execute(f"TRUNCATE {tabel} CASCADE")
            except REGEL:
                continue
            raise AssertionError(f"{tabel} is emptied")
    doe(None, VRIJ % 49_000)
    doe(REGEL, OVER % 1, BOEKING, regels, HEVEL)  # those entries are of something else
    assert schendingen(database.url) == []
