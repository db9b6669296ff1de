"""Everything at once: exact outcomes, whoever comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from abonnement_api.facturatieronde import service as rondes
from gemeengoed_lokaal.bank import afschrift

from tests.abonnement.test_tarief_router import BESLUIT
from tests.abonnement.wereld import DAG, IBAN, KLEIN, post

pytestmark = pytest.mark.usefixtures("klein")


def tegelijk(*taken: Callable[[], Any]) -> Sequence[Any]:
    """Start all at the same moment; their outcomes."""
    startschot = Barrier(len(taken))

    def doe(taak: Callable[[], Any]) -> Any:
        startschot.wait(10)
        return taak()

    with ThreadPoolExecutor(len(taken)) as pool:
        return list(pool.map(doe, taken))


def statussen(antwoorden: Sequence[Any]) -> Counter[int]:
    return Counter(antwoord.status_code for antwoord in antwoorden)


def test_acht_keer_tegelijk_gevraagd_is_een_ronde(wereld):
    wereld.aangemeld()
    antwoorden = tegelijk(*[lambda: wereld.post("/v1/facturatierondes", {"jaar": 2018})] * 8)
    assert statussen(antwoorden) == {202: 1, 200: 7}
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "voorgesteld" and wereld.outway.vragen == 2
    keur = {"voorstel": wereld.get("/v1/facturatierondes/2018")["voorstel"].rpartition("/")[2], "naam": "x"}
    besluiten = tegelijk(
        *[lambda: wereld.post("/v1/facturatierondes/2018/goedkeuringen", keur, headers=wereld.fiatteur())] * 4,
        *[lambda: wereld.post("/v1/facturatierondes/2018/afwijzingen", {"naam": "x", "toelichting": "x"})] * 4,
    )
    assert statussen(besluiten) == {200: 1, 409: 7}
    wereld.jobs()
    gekeurd = wereld.get("/v1/facturatierondes/2018")["besluit"]["uitkomst"] == "goedgekeurd"
    assert wereld.get("/v1/facturen")["count"] == (len(KLEIN) if gekeurd else 0)


def test_tariefbesluit_met_een_id_wordt_een_keer_vastgelegd(wereld):
    for ronde in range(5):
        besluit = {**BESLUIT, "id": f"besluit-{ronde}"}
        antwoorden = tegelijk(*[lambda besluit=besluit: wereld.post("/v1/tariefbesluiten", besluit)] * 6)
        assert statussen(antwoorden) == {201: 1, 409: 5}
        assert all(a.json()["type"].endswith("/tariefbesluit-bestaat") for a in antwoorden if a.status_code == 409)


def test_afnemer_die_tegelijk_wordt_vastgelegd_is_er_een(wereld):
    antwoorden = tegelijk(
        *[lambda n=n: wereld.put("/v1/afnemers/GM0344", {"peerId": f"0000009900000000000{n}"}) for n in range(6)]
    )
    assert statussen(antwoorden) == {200: 6} and wereld.get("/v1/afnemers")["count"] == 1


def test_job_die_vier_keer_tegelijk_draait_maakt_een_set_facturen(wereld, monkeypatch):
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    taken = wereld.context.jobs.tasks
    tegelijk(*[lambda: taken["facturatieronde.voorstellen"].run(wereld.context, jaar=2018)] * 4)
    wereld.goedgekeurd()
    monkeypatch.setattr(rondes, "PER_KEER", 2)  # four turns, which the jobs take from each other
    tegelijk(*[lambda: taken["facturatieronde.factureren"].run(wereld.context, jaar=2018)] * 4)
    facturen = wereld.alle("/v1/facturen")
    assert [f["nummer"] for f in facturen] == [f"2018-{n:06d}" for n in range(1, len(KLEIN) + 1)]
    wereld.jobs()
    assert len(wereld.outway.boekingen) == len(KLEIN)


def test_aanmelding_die_tegelijk_wordt_gevraagd_en_uitgevoerd_maakt_een_set_abonnementen(wereld):
    inhoud = {"begindatum": "2018-01-01", "einddatum": "2018-12-31", "pakket": "volledig"}
    antwoorden = tegelijk(*[lambda: wereld.post("/v1/collectieve-aanmeldingen", inhoud)] * 6)
    assert statussen(antwoorden) == {202: 1, 200: 5}
    taak = wereld.context.jobs.tasks["abonnement.aanmelden"]
    tegelijk(*[lambda: taak.run(wereld.context, aanmelding=antwoorden[0].json()["id"])] * 4)
    assert wereld.get("/v1/abonnementen")["count"] == len(KLEIN)


def test_zelfde_afschrift_zes_keer_tegelijk_telt_een_keer(wereld):
    wereld.gefactureerd()
    factuur = wereld.alle("/v1/facturen")[0]
    inhoud = afschrift([post(1000, kenmerk=factuur["betalingskenmerk"])], nummer="A-1", dag=DAG, eigen_iban=IBAN)
    assert statussen(tegelijk(*[lambda: wereld.xml(inhoud)] * 6)) == {201: 1, 200: 5}
    assert wereld.stand()["ontvangenCent"] == 1000


def test_afschriften_die_dezelfde_factuur_betalen_betalen_haar_precies_een_keer(wereld):
    wereld.gefactureerd()
    factuur = wereld.alle("/v1/facturen")[0]
    bedrag = factuur["bedragCent"] // 3
    deel = post(bedrag, kenmerk=factuur["betalingskenmerk"])
    # On days of their own: what is alike on one day, at the same balance, may be the same payment and waits for a person.
    tegelijk(*[lambda n=n: wereld.lees_in([deel], f"A-{n}", dag=DAG + timedelta(days=n)) for n in range(8)])
    stand = wereld.stand()
    assert wereld.get(f"/v1/facturen/{factuur['nummer']}")["openstaandCent"] == 0
    assert stand["ontvangenCent"] == 8 * bedrag and stand["nietGekoppeldCent"] == 8 * bedrag - factuur["bedragCent"]


def test_verdelingen_tegelijk_verdelen_elke_cent_een_keer(wereld):
    wereld.gefactureerd()
    facturen = wereld.alle("/v1/facturen")
    wereld.lees_in([post(f["bedragCent"] // 2, kenmerk=f["betalingskenmerk"]) for f in facturen])
    antwoorden = tegelijk(*[lambda: wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"})] * 6)
    assert statussen(antwoorden) == {201: 1, 409: 5}
    pad = next(antwoord.headers["location"] for antwoord in antwoorden if antwoord.status_code == 201)
    vast = tegelijk(*[lambda: wereld.post(f"{pad}/vaststellingen", None, headers=wereld.fiatteur())] * 6)
    assert statussen(vast) == {200: 1, 409: 5}
    stand = wereld.stand()
    assert sum(aandeel["bedragCent"] for aandeel in stand["verdeeld"]) == sum(f["bedragCent"] // 2 for f in facturen)


def test_afschriften_en_verdelingen_door_elkaar_verliezen_niets(wereld):
    wereld.gefactureerd()
    facturen = wereld.alle("/v1/facturen")

    def inlezen(nummer: int) -> None:
        wereld.lees_in([post(1000 + nummer, kenmerk=f["betalingskenmerk"]) for f in facturen], f"A-{nummer}", status=201)

    def verdelen() -> None:
        """Propose and fix, or withdraw it when a statement came between."""
        antwoord = wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"})
        if antwoord.status_code == 201:
            pad = antwoord.headers["location"]
            if wereld.post(f"{pad}/vaststellingen", None, headers=wereld.fiatteur()).status_code == 409:
                wereld.post(f"{pad}/afwijzingen", {"reden": "achterhaald"}, status=200)

    tegelijk(*[lambda n=n: inlezen(n) for n in range(6)], *[verdelen] * 4)
    verdelen()
    stand = wereld.stand()
    assert stand["nogTeVerdelenCent"] == 0
    verdeeld = sum(aandeel["bedragCent"] for aandeel in stand["verdeeld"])
    assert verdeeld == stand["ontvangenCent"] == len(facturen) * sum(1000 + n for n in range(6))
