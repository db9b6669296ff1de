"""Three ways to sell: equal amounts per gemeente, to the cent, and every invoice valid."""

from __future__ import annotations

import pytest

from tests.abonnement.test_factuurstuk import VERKOPER, VRIJ, bytes_van, controleer, stel_in
from tests.verwacht import facturen_2018

STICHTINGEN = ("stichting-akj", "stichting-kindertelefoon", "stichting-sensoor")
DIENSTEN = ("vertrouwenswerk", "kindertelefoon", "luisterend-oor", "beheer-en-betaling")


def stel_verkopers_in(wereld, wijze: dict[str, str]) -> None:
    stel_in(wereld)
    for nummer, code in enumerate(STICHTINGEN, start=2):
        gegevens = {**VERKOPER, "naam": f"{code} (test)", "kvk": f"9900000{nummer}"}
        assert wereld.put(f"/v1/aanbieders/{code}/verkopergegevens", gegevens).status_code == 200
        for dienst in DIENSTEN:
            belast = {"vanaf": "2018-01-01", "categorie": "S", "percentage": "21.00", "bron": "aanname van de proef"}
            assert wereld.put(f"/v1/aanbieders/{code}/btw/{dienst}", belast if nummer == 3 else VRIJ).status_code == 200
    assert wereld.put("/v1/verkoopwijzen/2018", {**wijze, "bron": "aanname van de proef"}).status_code == 200


@pytest.mark.usefixtures("klein")
@pytest.mark.parametrize(
    "wijze",
    [{"wijze": "bureau"}, {"wijze": "stichtingen"}, {"wijze": "penvoerder", "penvoerder": "stichting-kindertelefoon"}],
    ids=lambda wijze: wijze["wijze"],
)
def test_bedragen_zijn_bij_elke_wijze_gelijk_en_alles_is_geldig(wereld, tmp_path, wijze):
    stel_verkopers_in(wereld, wijze)
    ronde = wereld.gefactureerd()
    facturen, verwacht = wereld.alle("/v1/facturen"), facturen_2018()
    per_gemeente: dict[str, int] = {}
    for factuur in facturen:
        per_gemeente[factuur["gemeentecode"]] = per_gemeente.get(factuur["gemeentecode"], 0) + factuur["bedragCent"]
    assert per_gemeente == {code: sum(verwacht[code].values()) for code in per_gemeente} and len(per_gemeente) == 7
    sleutels = ronde["perDienstCent"]
    assert sleutels == {dienst: sum(verwacht[code].get(dienst, 0) for code in per_gemeente) for dienst in sleutels}
    # Seven gemeenten, of which four without Luisterend Oor.
    assert len(facturen) == (7 + 7 + 3 if wijze["wijze"] == "stichtingen" else 7)
    reeks = {"bureau": {"0"}, "stichtingen": {"1", "2", "3"}, "penvoerder": {"2"}}[wijze["wijze"]]
    assert {factuur["nummer"][5] for factuur in facturen} == reeks
    per_profiel: dict[str, list[str]] = {}
    for factuur in facturen:
        pad = f"/v1/facturen/{factuur['nummer']}"
        stuk = wereld.get(f"{pad}/stuk")
        assert (stuk["status"], stuk["belemmeringen"]) == ("opgemaakt", [])
        ubl = bytes_van(wereld, f"{pad}/ubl")
        assert (b"PayeeParty" in ubl) == (wijze["wijze"] != "bureau")
        assert wereld.get(f"{pad}/onderbouwing")["bedragCent"] == factuur["bedragCent"]
        bestand = tmp_path / f"{factuur['nummer']}.xml"
        bestand.write_bytes(ubl)
        per_profiel.setdefault(stuk["profiel"], []).append(str(bestand))
    eerste = facturen[0]
    wens = {"reden": "Inwoners verbeterd", "inwoners": 1001}
    nieuw = wereld.post(f"/v1/facturen/{eerste['nummer']}/correcties", wens, status=201).json()
    samen = [f for f in wereld.alle(f"/v1/facturen?gemeentecode={eerste['gemeentecode']}") if f["vervangt"]]
    assert nieuw["vervangt"] == eerste["nummer"] and sum(f["bedragCent"] for f in samen) == 90090
    controleer(per_profiel)


def test_penvoerder_moet_een_stichting_zijn(wereld):
    for wijze in (
        {"wijze": "penvoerder"},
        {"wijze": "penvoerder", "penvoerder": "administratiebureau"},
        {"wijze": "bureau", "penvoerder": "stichting-akj"},
    ):
        antwoord = wereld.put("/v1/verkoopwijzen/2018", {**wijze, "bron": "proef"})
        assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("onmogelijke-verkoopwijze")
    assert wereld.get("/v1/verkoopwijzen")["count"] == 0
