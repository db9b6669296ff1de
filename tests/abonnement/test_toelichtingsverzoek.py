"""Questions of gemeenten to foundations: who asks, answers and reads what, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from abonnement_api.toelichtingsverzoek import rules
from hypothesis import given
from hypothesis import strategies as st

from tests.abonnement.test_verantwoordingsstuk import KIND, SENSOOR, dien_in, stel_vast

VERZOEKEN = "/v1/toelichtingsverzoeken"
VRAAG = {"aanbieder": KIND, "vraag": "Waarom groeit de post huisvesting?"}
ANTWOORD = {"antwoord": "Er kwam een locatie bij."}
EIGEN, ANDER = "GM0344", "GM0003"


def test_van_vraag_tot_open_voor_alle_gemeenten(wereld, clock):
    eigen, ander, zelf, concurrent = (
        *(wereld.gemeente(code) for code in (EIGEN, ANDER)),
        *(wereld.aanbieder(code) for code in (KIND, SENSOOR)),
    )
    pad = wereld.post(VERZOEKEN, VRAAG, status=201, headers=eigen).headers["location"]
    een = wereld.get(pad, eigen)
    assert (een["gemeentecode"], een["status"], een["uiterlijk"], een["teLaat"]) == (EIGEN, "gesteld", "2018-02-14", False)
    ziet = [wereld.administratie(), wereld.fiatteur(), wereld.accountant(), eigen, zelf]
    for wie in ziet:
        assert wereld.get(pad, wie) == een and wereld.get(VERZOEKEN, wie)["count"] == 1
    for wie in (ander, concurrent):
        assert wereld.client.get(pad, headers=wie).status_code == 404 and wereld.get(VERZOEKEN, wie)["count"] == 0
        assert wereld.get(f"{VERZOEKEN}?gemeentecode={EIGEN}", wie)["count"] == 0
    assert wereld.post(f"{pad}/publicatie", None, headers=zelf).json()["type"].endswith("/nog-niet-beantwoord")
    assert wereld.post(f"{pad}/antwoord", ANTWOORD, headers=concurrent).status_code == 404
    clock.moment += timedelta(days=31)
    assert wereld.get(f"{VERZOEKEN}?verlopen=true", wereld.administratie())["results"][0]["teLaat"]
    assert wereld.get(f"{VERZOEKEN}?verlopen=false", wereld.administratie())["count"] == 0
    antwoord = wereld.post(f"{pad}/antwoord", ANTWOORD, status=201, headers=wereld.aanbieder(KIND)).json()
    assert (antwoord["status"], antwoord["antwoord"], antwoord["teLaat"]) == ("beantwoord", ANTWOORD["antwoord"], True)
    zelf, ander, eigen = wereld.aanbieder(KIND), wereld.gemeente(ANDER), wereld.gemeente(EIGEN)
    assert wereld.post(f"{pad}/antwoord", ANTWOORD, headers=zelf).json()["type"].endswith("/al-beantwoord")
    assert wereld.client.get(pad, headers=ander).status_code == 404
    wereld.post(f"{pad}/publicatie", None, status=201, headers=zelf)
    assert wereld.post(f"{pad}/publicatie", None, headers=zelf).json()["type"].endswith("/al-gepubliceerd")
    for wie in (eigen, ander):
        assert wereld.get(pad, wie)["status"] == "gepubliceerd" and wereld.get(VERZOEKEN, wie)["count"] == 1
    assert wereld.get(VERZOEKEN, wereld.aanbieder(SENSOOR))["count"] == 0


def test_alleen_over_een_vastgesteld_stuk_van_die_aanbieder(wereld, database):
    eigen, wacht = wereld.gemeente(EIGEN), dien_in(wereld)
    stuk = {**VRAAG, "stuk": wacht.rpartition("/")[2]}
    for soort, inhoud in (
        ("onbekende-aanbieder-van-verzoek", {**VRAAG, "aanbieder": "geen"}),
        ("onbekend-verantwoordingsstuk", stuk),
    ):
        assert wereld.post(VERZOEKEN, inhoud, headers=eigen).json()["type"].endswith(f"/{soort}")
    with psycopg.connect(database.url) as verbinding, pytest.raises(psycopg.errors.IntegrityError):
        verbinding.execute(
            "INSERT INTO toelichtingsverzoek (id, gemeentecode, aanbieder, stuk, vraag, gesteld_op, uiterlijk, peer_id, rol, "
            "contract) SELECT gen_random_uuid(), 'GM0344', aanbieder, id, 'x', now(), '2100-01-01', 'p', 'r', 'c' "
            "FROM verantwoordingsstuk"
        )
    stel_vast(wereld, wacht)
    gesteld = wereld.post(VERZOEKEN, stuk, status=201, headers=eigen).json()
    assert gesteld["stuk"] == wacht
    anders = {**stuk, "aanbieder": SENSOOR}
    assert wereld.post(VERZOEKEN, anders, headers=eigen).json()["type"].endswith("/onbekend-verantwoordingsstuk")
    for wie in (wereld.administratie(), wereld.aanbieder(KIND), wereld.commissie(), wereld.accountant()):
        assert wereld.post(VERZOEKEN, VRAAG, headers=wie).status_code == 403
    for opdracht in ("UPDATE toelichtingsverzoek SET vraag = 'anders'", "DELETE FROM toelichtingsverzoek"):
        with psycopg.connect(database.url) as verbinding, pytest.raises(psycopg.errors.InsufficientPrivilege):
            verbinding.execute(opdracht)


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_te_laat_is_na_de_laatste_dag(gesteld, na, later):
    laatste = rules.uiterlijk(gesteld)
    beantwoord, vandaag = gesteld + timedelta(days=na), gesteld + timedelta(days=na + later)
    assert rules.te_laat(laatste, beantwoord, vandaag) == (na > rules.TERMIJN_DAGEN)
    assert rules.te_laat(laatste, None, vandaag) == (na + later > rules.TERMIJN_DAGEN)
