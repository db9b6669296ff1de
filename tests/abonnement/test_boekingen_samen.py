"""Entries go to fonds many at a time: one wrong keeps no other, and none is made twice."""

from __future__ import annotations

import pytest
from gemeengoed_kit.outbox import Delivery

from tests.abonnement.wereld import KLEIN

pytestmark = pytest.mark.usefixtures("klein")


@pytest.fixture
def gefactureerd(wereld):
    """A round whose entries fonds has not got yet."""
    wereld.outway.storing["fonds"] = 503
    assert wereld.gefactureerd()["status"] == "gefactureerd"
    wereld.outway.storing.clear()
    wereld.outway.samen.clear()
    wereld.nu()
    return wereld


def lever(wereld) -> None:
    wereld.context.jobs.delivery.deliver_due(wereld.context)


def test_alle_boekingen_van_een_ronde_gaan_in_een_aanroep_in_volgorde(gefactureerd):
    wereld = gefactureerd
    lever(wereld)
    assert wereld.outway.samen == [len(KLEIN)] and not wereld.outway.sleutels
    assert list(wereld.outway.boekingen) == [f"/v1/facturen/2018-{n:06d}" for n in range(1, len(KLEIN) + 1)]
    for pad, boeking in wereld.outway.paden.items():
        assert wereld.get(pad)["boeking"] == {"bron": "fonds", "pad": boeking}
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt"


def test_wat_fonds_al_heeft_of_niet_wil_gaat_alleen_en_de_rest_samen(gefactureerd):
    wereld = gefactureerd
    al, anders = "/v1/facturen/2018-000002", "/v1/facturen/2018-000005"
    for opdracht in wereld.alle("/v1/boekingsopdrachten"):
        assert opdracht["status"] == "wachtend"
    lever_kopie = {pad: wereld.get(pad) for pad in (al, anders)}
    for pad, factuur in lever_kopie.items():
        wereld.outway.geboekt(
            {
                "fonds": "derdengelden",
                "boekdatum": factuur["factuurdatum"],
                "omschrijving": f"Factuur {factuur['nummer']} aan gemeente {factuur['gemeentenaam']}",
                "bron": {"bron": "abonnement", "pad": pad},
                "regels": [
                    {"rekening": "1300", "bedragCent": factuur["bedragCent"] if pad == al else 1},
                    *(
                        {
                            "rekening": {"v": "2310", "k": "2320", "l": "2330", "b": "2340"}[r["dienst"][0]],
                            "bedragCent": -r["bedragCent"],
                        }
                        for r in factuur["regels"]
                    ),
                ],
            }
        )
    lever(wereld)
    assert wereld.outway.samen == [len(KLEIN), len(KLEIN) - 2] and wereld.outway.keren == len(KLEIN)
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["aantalGeweigerdeBoekingen"] == 1 and ronde["voortgang"]["gedaan"] == len(KLEIN) - 1
    (geweigerd,) = wereld.alle("/v1/boekingsopdrachten?status=geweigerd")
    assert geweigerd["onderwerp"] == anders and "is anders" in geweigerd["fout"]
    # Tried again, it goes alone.
    wereld.outway.samen.clear()
    wereld.nu()
    lever(wereld)
    assert not wereld.outway.samen


def test_gedood_nadat_fonds_boekte_en_voor_het_werd_opgeschreven_boekt_niet_dubbel(gefactureerd, monkeypatch):
    wereld = gefactureerd

    class Gedood(BaseException):
        pass

    def gedood(*_: object) -> None:
        raise Gedood

    with monkeypatch.context() as even:
        even.setattr(Delivery, "_sent", gedood)
        with pytest.raises(Gedood):
            lever(wereld)
    assert wereld.outway.keren == len(KLEIN) and wereld.get("/v1/facturatierondes/2018")["voortgang"]["gedaan"] == 0
    # Another worker takes over; with others between them, so that the Idempotency-Key is another too.
    wereld.post("/v1/facturen/2018-000001/creditnotas", {"reden": "Ertussen"}, status=201)
    wereld.nu()
    lever(wereld)
    del wereld.outway.boekingen["/v1/creditnotas/2018-500001"]
    assert wereld.outway.keren == len(KLEIN) + 1 and len(wereld.outway.boekingen) == len(KLEIN)
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt"


def test_onbegrijpelijk_antwoord_op_velen_laat_ze_wachten(gefactureerd):
    wereld = gefactureerd
    wereld.outway.storing["fonds"] = 200
    lever(wereld)
    stand = wereld.get("/v1/boekingsopdrachten")["results"]
    assert {een["status"] for een in stand} == {"wachtend"} and all("boekingen" in een["fout"] for een in stand)
    wereld.outway.storing.clear()
    wereld.nu()
    lever(wereld)
    assert wereld.outway.keren == len(KLEIN)
