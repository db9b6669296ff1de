"""Outcomes of the abonnement API: a year of a few gemeenten, and what goes wrong."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date
from typing import Any

from gemeengoed_lokaal.bank import EIGEN_IBAN as IBAN
from gemeengoed_lokaal.bank import Bijschrijving, afschrift, test_iban

from tests.contract import (
    scenario_abonnement_aanbod,
    scenario_abonnement_aansluiting,
    scenario_abonnement_bank,
    scenario_abonnement_betaling,
    scenario_abonnement_bezorging,
    scenario_abonnement_factuur,
    scenario_abonnement_ronde,
    scenario_abonnement_tarief,
    scenario_abonnement_verantwoording,
)
from tests.contract.proef import Proef

GEEN = uuid.uuid4()


def scenario(proef: Proef) -> None:
    afnemers(proef)
    tariefbesluiten(proef)
    scenario_abonnement_tarief.scenario(proef)
    abonnementen(proef)
    scenario_abonnement_factuur.voorgevens(proef)
    facturen(proef)
    scenario_abonnement_factuur.stukken(proef, werk)
    scenario_abonnement_bezorging.scenario(proef)
    ontvangsten(proef)
    scenario_abonnement_bank.scenario(proef)
    boekingsopdrachten(proef)
    scenario_abonnement_ronde.een_tegelijk(proef, werk)
    scenario_abonnement_aansluiting.scenario(proef, werk)
    scenario_abonnement_aanbod.scenario(proef, werk)
    scenario_abonnement_verantwoording.scenario(proef, werk)
    proef.doe("GET", "/aanbieders", 200)
    proef.doe("GET", "/verantwoording/stand?jaar=2018", 200)
    for pad in (
        f"/collectieve-aanmeldingen/{GEEN}",
        f"/abonnementen/{GEEN}",
        "/facturatierondes/2033",
        "/facturen/2033-000001",
        "/facturen/2033-000001/onderbouwing",
        f"/bankafschriften/{GEEN}",
        f"/betalingen/{GEEN}",
        f"/verdelingen/{GEEN}",
        f"/boekingsopdrachten/{GEEN}",
        "/tariefbesluiten/geen",
    ):
        proef.doe("GET", pad, 404)
    for pad in (
        "/aanbieders",
        "/afnemers",
        "/tariefbesluiten",
        "/abonnementen",
        "/facturatierondes",
        "/facturen",
        "/bankafschriften",
        "/betalingen",
        "/verdelingen",
        "/boekingsopdrachten",
    ):
        proef.doe("GET", f"{pad}?page=0", 400)
    for pad in (
        "/tariefbesluiten/GEEN",
        "/collectieve-aanmeldingen/x",
        "/abonnementen/x",
        "/facturatierondes/x",
        "/facturen/x",
        "/facturen/x/onderbouwing",
        "/bankafschriften/x",
        "/betalingen/x",
        "/verdelingen/x",
        "/boekingsopdrachten/x",
        "/verantwoording/stand?jaar=x",
    ):
        proef.doe("GET", pad, 400)


def werk(proef: Proef) -> None:
    """Run the waiting jobs."""
    assert proef.context is not None and proef.context.jobs is not None
    proef.context.jobs.run_waiting(proef.context)


def afnemers(proef: Proef) -> None:
    proef.doe("PUT", "/afnemers/GM0003", 200, json={"peerId": "00000099000000000004"})
    proef.doe("PUT", "/afnemers/GM0003", 400, json={"peerId": "4"})
    proef.doe("GET", "/afnemers", 200)
    for pad in (
        "/abonnementen",
        f"/abonnementen/{GEEN}",
        f"/abonnementen/{GEEN}/gebeurtenissen",
        f"/abonnementen/{GEEN}/uittreden",
        *("/aanbiedingen", "/aanbiedingen/geen"),
        *(f"/aanbiedingen/geen/{wat}" for wat in ("antwoorden", "gemeenten", "rappels", "uittreden?gemeentecode=GM0003")),
        "/betaalafspraken",
        "/facturen",
        "/facturen/2018-000001",
        "/facturen/2018-000001/onderbouwing",
    ):
        proef.doe("GET", pad, 403, als=proef.kop("gemeente", gemeentecode="GM0003"))
    proef.doe("DELETE", "/afnemers/GM0003", 204)
    proef.doe("DELETE", "/afnemers/GM0003", 404)
    proef.doe("DELETE", "/afnemers/GEEN", 400)


def tariefbesluiten(proef: Proef) -> None:
    eerste = proef.doe("GET", "/tariefbesluiten", 200)["results"][0]
    proef.doe("GET", f"/tariefbesluiten/{eerste['id']}", 200)
    invoer = proef.telling.document["components"]["schemas"]["NieuwTariefbesluit"]["properties"]
    nieuw = {**{naam: eerste[naam] for naam in invoer}, "id": "proefbesluit", "eersteJaar": 2040, "laatsteJaar": 2040}
    proef.doe("POST", "/tariefbesluiten", 201, json=nieuw)
    ander = {**nieuw, "id": "ander"}
    sleutel = [{"dienst": "geen-dienst", "gewicht": deel["gewicht"]} for deel in nieuw["verdeelsleutel"][:1]]
    onbekend = {
        "pakketten": [{**pakket, "diensten": ["geen-dienst"]} for pakket in nieuw["pakketten"]],
        "verdeelsleutel": sleutel,
    }
    for soort, inhoud in (
        ("tariefbesluit-bestaat", nieuw),
        ("datum-te-ver-vooruit", {**ander, "datum": "2099-01-01"}),
        ("onsamenhangend-besluit", {**ander, "laatsteJaar": 2039}),
        ("onbekende-dienst", {**ander, **onbekend}),
    ):
        assert proef.doe("POST", "/tariefbesluiten", 409, json=inhoud)["type"] == f"/v1/problemen/{soort}"


def abonnementen(proef: Proef) -> None:
    aanmelding = {"begindatum": "2018-01-01", "einddatum": "2021-12-31", "pakket": "volledig", "uitzonderingen": []}
    gemaakt = proef.doe("POST", "/collectieve-aanmeldingen", 202, json=aanmelding)
    werk(proef)
    proef.doe("POST", "/collectieve-aanmeldingen", 200, json=aanmelding)
    proef.doe("POST", "/collectieve-aanmeldingen", 409, json={**aanmelding, "pakket": "geen-pakket"})
    proef.doe("POST", "/collectieve-aanmeldingen", 409, json={**aanmelding, "einddatum": "2017-12-31"})
    proef.doe("GET", f"/collectieve-aanmeldingen/{gemaakt['id']}", 200)
    eerste = proef.doe("GET", "/abonnementen", 200)["results"][0]
    proef.doe("GET", f"/abonnementen/{eerste['id']}", 200)


def facturen(proef: Proef) -> None:
    ronde = {"jaar": 2018, "factuurdatum": "2018-01-15"}
    scenario_abonnement_ronde.voor_de_ronde(proef, werk)
    proef.doe("POST", "/facturatierondes", 202, json=ronde)
    scenario_abonnement_ronde.besluiten(proef, werk, ronde)
    proef.doe("POST", "/facturatierondes", 200, json=ronde)
    besluit = proef.doe("GET", "/tariefbesluiten/proefbesluit", 200)
    invoer = proef.telling.document["components"]["schemas"]["NieuwTariefbesluit"]["properties"]
    tweede = {**{naam: besluit[naam] for naam in invoer}, "id": "tweede", "eersteJaar": 2018, "laatsteJaar": 2019}
    proef.doe("POST", "/tariefbesluiten", 201, json=tweede)
    for soort, anders in (
        ("geen-tarief", {"tariefbesluit": "proefbesluit"}),
        ("ander-tarief", {"tariefbesluit": "tweede"}),
        ("andere-factuurdatum", {"factuurdatum": "2018-02-01"}),
        ("geen-abonnementen", {"jaar": 2040}),
        ("onbekende-voorvertoning", {"jaar": 2019, "tariefbesluit": "tweede", "voorvertoning": str(GEEN)}),
        ("onmogelijke-factuurdatum", {"jaar": 2019, "factuurdatum": "2010-01-01"}),
    ):
        gezegd = proef.doe("POST", "/facturatierondes", 409, json={"jaar": 2018, **anders})
        assert gezegd["type"] == f"/v1/problemen/{soort}", gezegd
    proef.doe("GET", "/facturatierondes", 200)
    proef.doe("GET", "/facturatierondes/2018", 200)
    nummer = proef.doe("GET", "/facturen", 200)["results"][0]["nummer"]
    proef.doe("GET", f"/facturen/{nummer}", 200)
    proef.doe("GET", f"/facturen/{nummer}/onderbouwing", 200)


def ontvangsten(proef: Proef) -> None:
    factuur = proef.doe("GET", "/facturen", 200)["results"][0]
    post = Bijschrijving(factuur["bedragCent"], "Betaler (test)", test_iban(7), factuur["betalingskenmerk"], None)
    gemaakt = lees_in(proef, [post], 201)
    lees_in(proef, [post], 200)
    lees_in(proef, [post, post], 409)
    meer = dataclasses.replace(post, bedrag_cent=post.bedrag_cent + 1)
    stuur(proef, bankbestand([meer]).replace(b"<Id>2018-046</Id>", b"<Id>2018-047</Id>"), 409)
    stuur(proef, bankbestand([post], nummer="2018-048", dag=date(2098, 1, 1)), 409)
    proef.doe("POST", "/bankafschriften", 400, content=b"<Document/>", headers={"Content-Type": "application/xml"})
    proef.doe("GET", f"/bankafschriften/{gemaakt['id']}", 200)
    proef.doe("GET", "/bankafschriften", 200)
    betaling = proef.doe("GET", "/betalingen", 200)["results"][0]
    proef.doe("GET", f"/betalingen/{betaling['id']}", 200)
    verdeling = scenario_abonnement_betaling.scenario(proef)
    proef.doe("POST", "/verdelingen", 409, json={"totEnMet": "2018-02-15"})
    proef.doe("POST", "/verdelingen", 409, json={"totEnMet": "2099-01-01"})
    proef.doe("GET", f"/verdelingen/{verdeling['id']}", 200)
    proef.doe("GET", "/verdelingen", 200)


def lees_in(proef: Proef, posten: list[Bijschrijving], status: int) -> Any:
    return stuur(proef, bankbestand(posten), status)


def bankbestand(posten: list[Bijschrijving], *, nummer: str = "2018-046", dag: date = date(2018, 2, 15)) -> bytes:
    return afschrift(posten, nummer=nummer, dag=dag, eigen_iban=IBAN)


def stuur(proef: Proef, inhoud: bytes, status: int) -> Any:
    return proef.doe("POST", "/bankafschriften", status, content=inhoud, headers={"Content-Type": "application/xml"})


def boekingsopdrachten(proef: Proef) -> None:
    """One that fonds refuses, sent again."""
    opdracht = proef.doe("GET", "/boekingsopdrachten?status=wachtend", 200)["results"][0]
    proef.outway.storing["fonds"] = 409
    werk(proef)
    proef.outway.storing.clear()
    pad = f"/boekingsopdrachten/{opdracht['id']}"
    assert proef.doe("GET", pad, 200)["status"] == "geweigerd"
    sleutel = {"Idempotency-Key": "opnieuw"}
    proef.doe("POST", f"{pad}/opnieuw", 202, headers=sleutel)
    proef.doe("POST", f"{pad}/opnieuw", 200)
    proef.doe("POST", f"/boekingsopdrachten/{GEEN}/opnieuw", 409, headers=sleutel)
    proef.doe("POST", f"/boekingsopdrachten/{GEEN}/opnieuw", 404)
    proef.doe("POST", "/boekingsopdrachten/x/opnieuw", 400)
