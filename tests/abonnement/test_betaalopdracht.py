"""Money out, over HTTP: two pairs of eyes, one message for the bank, and what comes back on statements."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from gemeengoed_lokaal import bank
from gemeengoed_lokaal.bank import Bijschrijving

from tests.abonnement.betalen import (
    AKJ,
    BUREAU,
    KINDERTELEFOON,
    SENSOOR,
    Mutatie,
    bericht,
    goedgekeurd,
    mutaties,
    rekeningen,
    tekst,
)
from tests.abonnement.test_factuurstuk import REGELS, VERKOPER
from tests.abonnement.wereld import IBAN, post

pytestmark = pytest.mark.usefixtures("klein")
AFDRAGEN = ("2410", "2420", "2430", "2440")


@pytest.fixture
def verdeeld(wereld) -> dict:
    """Three invoices paid, one with 500 cents too much, distributed; accounts are known."""
    rekeningen(wereld)
    wereld.gefactureerd()
    facturen = wereld.alle("/v1/facturen?jaar=2018")[:3]
    posten = [
        post(f["bedragCent"] + (500 if plaats == 0 else 0), kenmerk=f["betalingskenmerk"]) for plaats, f in enumerate(facturen)
    ]
    wereld.lees_in(posten)
    return wereld.verdeeld("2018-02-15")


def saldo(wereld) -> int:
    return sum(rij["eindsaldoCent"] for rij in wereld.alle("/v1/bankafschriften")[-1:])


def saldi(wereld, *nummers: str) -> list[int]:
    wereld.jobs()
    alle = wereld.outway.saldi()
    assert sum(alle.values()) == 0
    return [alle.get(nummer, 0) for nummer in nummers]


def soort(antwoord) -> str:
    return antwoord.json()["type"].rpartition("/")[2]


def test_wat_is_verdeeld_gaat_naar_de_bekende_rekeningen_en_is_onderweg_tot_het_op_een_afschrift_staat(
    wereld, verdeeld, tmp_path
):
    pad = f"/v1/verdelingen/{verdeeld['id']}/betaalopdrachten"
    voorstel = wereld.post(pad, {}, status=201)
    eigen = voorstel.headers["location"]
    assert voorstel.json()["status"] == "voorgesteld" and voorstel.json()["bericht"] is None
    assert wereld.client.get(f"{eigen}/bericht", headers=wereld.administratie()).status_code == 404
    assert wereld.post(f"{eigen}/goedkeuringen", None).status_code == 403  # the role that proposed it
    opdracht = wereld.post(f"{eigen}/goedkeuringen", None, status=200, headers=wereld.fiatteur()).json()
    aandelen = {deel["aanbieder"]: deel["bedragCent"] for deel in verdeeld["aandelen"]}
    assert {r["aanbieder"]: r["bedragCent"] for r in opdracht["regels"]} == {w: c for w, c in aandelen.items() if w != BUREAU}
    assert opdracht["status"] == "onderweg" and opdracht["onderwegCent"] == opdracht["bedragCent"]
    xml = bericht(wereld, opdracht)
    assert hashlib.sha256(xml).hexdigest() == opdracht["bericht"]["sha256"] and bericht(wereld, opdracht) == xml
    assert tekst(xml, "p:MsgId") == tekst(xml, "p:PmtInfId") == [opdracht["kenmerk"]]
    assert tekst(xml, "p:EndToEndId") == [r["eindnaareind"] for r in opdracht["regels"]]
    assert tekst(xml, "p:Cdtr/p:Nm") == ["stichting Proef AKJ", "stichting Proef Kindertelefoon", "Proef + Zoon, stichting"]
    assert tekst(xml, "p:CtrlSum") == [f"{opdracht['bedragCent'] / 100:.2f}"] * 2 and tekst(xml, "p:ReqdExctnDt/p:Dt") == [
        "2018-01-15"
    ]
    assert not tekst(xml, "p:PstlAdr")
    nogmaals = wereld.client.get(
        opdracht["bericht"]["pad"], headers={**wereld.fiatteur(), "If-None-Match": f'"{hashlib.sha256(xml).hexdigest()}"'}
    )
    assert nogmaals.status_code == 304
    onderweg = saldi(wereld, "2490", *AFDRAGEN)
    assert onderweg == [-opdracht["bedragCent"], 0, 0, 0, -aandelen[BUREAU]]
    # paid twice it is not, also when it is asked by name
    assert soort(wereld.post(pad, {}, status=409)) == "niets-uit-te-betalen"
    assert soort(wereld.post(pad, {"aanbieders": [AKJ]}, status=409)) == "niets-uit-te-betalen"
    assert (
        soort(wereld.post(f"{eigen}/goedkeuringen", None, status=409, headers=wereld.fiatteur())) == "betaalopdracht-al-besloten"
    )

    # the first comes back with its EndToEndId, another with another amount, and nothing names the third
    een, twee, drie = opdracht["regels"]
    begin = saldo(wereld)
    posten = [
        Mutatie(-een["bedragCent"], een["eindnaareind"].lower(), tegen=een["iban"]),
        Mutatie(-twee["bedragCent"] - 1, twee["eindnaareind"]),
        Mutatie(-drie["bedragCent"], "IETS-ANDERS"),
    ]
    wereld.xml(mutaties(posten, "B-1", begin), status=201)
    nu = wereld.get(eigen)
    assert [r["status"] for r in nu["regels"]] == ["betaald", "onderweg", "onderweg"] and nu["betaaldCent"] == een["bedragCent"]
    assert wereld.get("/v1/afschrijvingen?verklaard=false")["count"] == 2
    # by hand: not with a debit of another amount that has too little left
    af = {a["bedragCent"]: a["id"] for a in wereld.get("/v1/afschrijvingen?verklaard=false")["results"]}
    hand = {"soort": "betaald", "toelichting": "volgens de bank"}
    wereld.post(f"{eigen}/uitkomsten", {**hand, "regels": [3], "afschrijving": af[drie["bedragCent"]]}, status=200)
    assert soort(wereld.post(f"{eigen}/uitkomsten", {**hand, "regels": [3], "afschrijving": af[drie["bedragCent"]]}, status=409))
    (uitkomst, _) = wereld.alle("/v1/betaaluitkomsten")
    assert wereld.get(f"/v1/betaaluitkomsten/{uitkomst['id']}")["afschrijving"].startswith("/v1/afschrijvingen/")
    assert saldi(wereld, "2490")[0] == -twee["bedragCent"]
    assert wereld.get("/v1/betaalopdrachten?status=onderweg")["count"] == 1
    klopt(xml, tmp_path)


def klopt(xml: bytes, tmp_path) -> None:
    """The message against the schema of ISO 20022 and the rules of SEPA, where those are at hand."""
    if REGELS.exists():
        (tmp_path / "betaling.xml").write_bytes(xml)
        opdracht = [sys.executable, str(REGELS), "--strict", "pain001", str(tmp_path / "betaling.xml")]
        gedaan = subprocess.run(opdracht, capture_output=True, text=True, env={**os.environ}, check=False)
        assert gedaan.returncode == 0, gedaan.stdout + gedaan.stderr


def test_verzamelboeking_wordt_in_een_keer_afgewikkeld_en_een_retour_maakt_weer_verschuldigd(wereld, verdeeld):
    pad = f"/v1/verdelingen/{verdeeld['id']}/betaalopdrachten"
    opdracht = goedgekeurd(wereld, pad, {"verzamelboeking": True})
    begin = saldo(wereld)
    wereld.xml(mutaties([Mutatie(-opdracht["bedragCent"], opdracht=opdracht["kenmerk"])], "B-1", begin), status=201)
    assert wereld.get(f"/v1/betaalopdrachten/{opdracht['id']}")["status"] == "afgehandeld"
    assert wereld.get("/v1/afschrijvingen?verklaard=false")["count"] == 0
    # one of them comes back: it is due again, and it is paid again by another order
    twee = opdracht["regels"][1]
    terug = Mutatie(twee["bedragCent"], twee["eindnaareind"], tegen=twee["iban"], retour=True)
    gelezen = wereld.xml(mutaties([terug], "B-2", begin - opdracht["bedragCent"]), status=201).json()
    assert gelezen["nietGekoppeldCent"] == 0
    nu = wereld.get(f"/v1/betaalopdrachten/{opdracht['id']}")
    assert [r["status"] for r in nu["regels"]] == ["betaald", "teruggekomen", "betaald"]
    assert saldi(wereld, "2490", "2420", "2900") == [0, -twee["bedragCent"], -500]
    stand = wereld.get("/v1/verantwoording/stand")
    assert stand["verschilCent"] == 0 and stand["nietGekoppeldCent"] == 500
    weer = goedgekeurd(wereld, pad)
    assert [(r["aanbieder"], r["bedragCent"]) for r in weer["regels"]] == [(KINDERTELEFOON, twee["bedragCent"])]
    assert weer["kenmerk"] != opdracht["kenmerk"]
    # the bank refuses it: that is said by hand, and it is due once more
    geweigerd = {"soort": "geweigerd", "regels": [1], "toelichting": "rekening opgeheven"}
    uitkomst = wereld.post(f"/v1/betaalopdrachten/{weer['id']}/uitkomsten", geweigerd, status=200).json()["uitkomsten"][0]
    assert (uitkomst["soort"], uitkomst["regel"]) == ("geweigerd", 1)
    assert saldi(wereld, "2490", "2420") == [0, -twee["bedragCent"]]
    assert goedgekeurd(wereld, pad, {"aanbieders": [KINDERTELEFOON]})["status"] == "onderweg"


def test_rekening_die_na_het_voorstel_wijzigt_wordt_niet_betaald(wereld, verdeeld):
    pad = f"/v1/verdelingen/{verdeeld['id']}/betaalopdrachten"
    assert soort(wereld.post(pad, {"aanbieders": [BUREAU]}, status=409)) == "rekening-onbekend"
    assert soort(wereld.post(pad, {"aanbieders": ["bestaat-niet"]}, status=409)) == "niets-uit-te-betalen"
    eigen = wereld.post(pad, {"aanbieders": [SENSOOR]}, status=201).headers["location"]
    anders = {**VERKOPER, "naam": "Proef & Zoon, stichting", "iban": bank.test_iban(666)}
    assert wereld.put(f"/v1/aanbieders/{SENSOOR}/verkopergegevens", anders).status_code == 200
    assert soort(wereld.post(f"{eigen}/goedkeuringen", None, status=409, headers=wereld.fiatteur())) == "rekening-gewijzigd"
    wereld.post(f"{eigen}/afwijzingen", {"reden": "andere rekening"}, status=200)
    assert wereld.get(eigen)["besluit"]["reden"] == "andere rekening"
    assert goedgekeurd(wereld, pad, {"aanbieders": [SENSOOR]})["regels"][0]["iban"] == bank.test_iban(666)


def test_dagen_van_uitvoeren(wereld, verdeeld, clock):
    pad = f"/v1/verdelingen/{verdeeld['id']}/betaalopdrachten"
    assert soort(wereld.post(pad, {"datum": "2018-01-14"}, status=409)) == "uitvoeringsdag-voorbij"
    assert soort(wereld.post(pad, {"datum": "2091-01-14"}, status=409)) == "datum-te-ver-vooruit"
    eigen = wereld.post(pad, {"datum": "2018-01-16"}, status=201).headers["location"]
    clock.moment += timedelta(days=2)
    assert soort(wereld.post(f"{eigen}/goedkeuringen", None, status=409, headers=wereld.fiatteur())) == "uitvoeringsdag-voorbij"


def test_wat_te_veel_is_betaald_gaat_terug_naar_waar_het_vandaan_kwam(wereld, verdeeld, tmp_path):
    betaling = next(b for b in wereld.alle("/v1/betalingen") if b["nietGekoppeldCent"] == 500)
    vraag = {"terugbetalingen": [{"betaling": betaling["id"]}]}
    te_veel = {"terugbetalingen": [{"betaling": betaling["id"], "bedragCent": 501}]}
    assert soort(wereld.post("/v1/terugbetalingen", te_veel, status=409)) == "terugbetaling-past-niet"
    assert soort(wereld.post("/v1/terugbetalingen", {"terugbetalingen": vraag["terugbetalingen"] * 2}, status=409))
    eigen = wereld.post("/v1/terugbetalingen", vraag, status=201).headers["location"]
    # what is proposed is nobody else's to use, and free again when it is rejected
    assert wereld.get(f"/v1/betalingen/{betaling['id']}")["nietGekoppeldCent"] == 0
    wereld.post(f"{eigen}/afwijzingen", {"reden": "nog niet"}, status=200, headers=wereld.fiatteur())
    assert wereld.get(f"/v1/betalingen/{betaling['id']}")["nietGekoppeldCent"] == 500
    opdracht = goedgekeurd(wereld, "/v1/terugbetalingen", vraag)
    assert (opdracht["regels"][0]["iban"], opdracht["regels"][0]["bedragCent"]) == (betaling["tegenrekening"], 500)
    xml = bericht(wereld, opdracht)
    assert tekst(xml, "p:Ustrd") == ["Terugbetaling factuur 2018-000001, ontvangen 15-02-2018"]
    klopt(xml, tmp_path)
    assert saldi(wereld, "2490", "2900") == [-500, 0]
    naam = opdracht["regels"][0]["eindnaareind"]
    begin = saldo(wereld)
    wereld.xml(mutaties([Mutatie(-500, naam, tegen=betaling["tegenrekening"])], "B-1", begin), status=201)
    assert wereld.get(f"/v1/betaalopdrachten/{opdracht['id']}")["status"] == "afgehandeld"
    (koppeling,) = wereld.alle("/v1/koppelingen")
    assert (koppeling["soort"], koppeling["bedragCent"]) == ("terugbetaling", 500)
    assert saldi(wereld, "2490", "2900") == [0, 0]
    # our refund comes back: that is money that a person must look at
    wereld.xml(mutaties([Mutatie(500, naam, retour=True)], "B-2", begin - 500), status=201)
    assert wereld.get(f"/v1/betaalopdrachten/{opdracht['id']}")["regels"][0]["status"] == "teruggekomen"
    stand = wereld.get("/v1/verantwoording/stand")
    assert (stand["nietGekoppeldCent"], stand["verschilCent"]) == (500, 0)
    assert saldi(wereld, "2900") == [-500]


def test_wie_niet_bekend_is_krijgt_niets_terug(wereld):
    wereld.gefactureerd()
    wereld.lees_in([Bijschrijving(700, "Zonder rekening", IBAN, None, "eigen"), post(900)])
    eigen, ander = wereld.alle("/v1/betalingen")
    for betaling in (eigen, ander):  # from our own account; and nothing is known of ourselves
        antwoord = wereld.post("/v1/terugbetalingen", {"terugbetalingen": [{"betaling": betaling["id"]}]}, status=409)
        assert soort(antwoord) == "rekening-onbekend"
    vreemd = {"terugbetalingen": [{"betaling": "00000000-0000-0000-0000-000000000001"}]}
    assert soort(wereld.post("/v1/terugbetalingen", vreemd, status=409)) == "onbekende-ontvangst"


def test_wat_na_betaling_is_gecrediteerd_wordt_verrekend_of_terugbetaald(wereld, verdeeld):
    een, twee, drie = wereld.alle("/v1/facturen?jaar=2018")[:3]
    pad = f"/v1/facturen/{een['nummer']}/verrekeningen"
    assert soort(wereld.post(pad, {"toelichting": "te vroeg"}, status=409)) == "niets-te-verrekenen"
    nieuw = {"reden": "inwoners", "inwoners": 10_000}
    wereld.post(f"/v1/facturen/{een['nummer']}/correcties", nieuw, status=201)
    (verbeterd,) = [f for f in wereld.alle("/v1/facturen?openstaand=true") if f["gemeentecode"] == een["gemeentecode"]]
    for anders, waarom in ((drie["nummer"], "onbekende-factuur"), (een["nummer"], "onbekende-factuur")):
        assert soort(wereld.post(pad, {"met": anders, "toelichting": "x"}, status=409)) == waarom
    gedaan = wereld.post(pad, {"met": verbeterd["nummer"], "toelichting": "verbeterd"}, status=200).json()
    assert gedaan["verrekendCent"] == verbeterd["bedragCent"] == 900_000
    assert gedaan["vrijgekomenCent"] == een["bedragCent"] - 900_000
    assert [k["soort"] for k in gedaan["koppelingen"]] == ["ongedaan", "met_de_hand"]
    stand = {f["nummer"]: f["openstaandCent"] for f in wereld.alle("/v1/facturen")}
    assert stand[een["nummer"]] == stand[verbeterd["nummer"]] == 0
    # what came free is given back, with the 500 cents that were paid too much before
    over = next(b for b in wereld.alle("/v1/betalingen") if b["nietGekoppeldCent"])
    assert over["nietGekoppeldCent"] == een["bedragCent"] - 900_000 + 500
    opdracht = goedgekeurd(wereld, "/v1/terugbetalingen", {"terugbetalingen": [{"betaling": over["id"]}]})
    wereld.xml(
        mutaties([Mutatie(-opdracht["bedragCent"], opdracht["regels"][0]["eindnaareind"])], "B-1", saldo(wereld)), status=201
    )
    na = wereld.get("/v1/verantwoording/stand")
    assert (na["nietGekoppeldCent"], na["verschilCent"], na["teruggegaanCent"]) == (0, 0, opdracht["bedragCent"])
    # the foundations got it already: the next distribution waits until it is covered
    assert na["nogTeVerdelenCent"] == 900_000 - een["bedragCent"]
    assert soort(wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=409)) == "niets-te-verdelen"
    assert wereld.get(f"/v1/facturen/{twee['nummer']}")["openstaandCent"] == 0


def test_voorstel_dat_is_achterhaald_wordt_niet_vastgesteld(wereld):
    wereld.gefactureerd()
    factuur = wereld.alle("/v1/facturen")[0]
    wereld.lees_in([post(1000, kenmerk=factuur["betalingskenmerk"])])
    pad = wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=201).headers["location"]
    assert soort(wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=409)) == "verdeling-al-voorgesteld"
    assert wereld.post(f"{pad}/betaalopdrachten", {}, status=409).json()["type"].endswith("/verdeling-niet-vastgesteld")
    assert wereld.stand()["nogTeVerdelenCent"] == 1000
    wereld.lees_in([post(2000, kenmerk=factuur["betalingskenmerk"])], "A-2", dag=date(2018, 2, 16))
    assert soort(wereld.post(f"{pad}/vaststellingen", None, status=409, headers=wereld.fiatteur())) == "verdeling-achterhaald"
    wereld.post(f"{pad}/afwijzingen", {"reden": "achterhaald"}, status=200)
    assert (wereld.get(pad)["status"], wereld.get(pad)["bedragCent"]) == ("afgewezen", 1000)
    assert wereld.verdeeld()["bedragCent"] == 3000
