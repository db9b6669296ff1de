"""A year of inhabitants over HTTP, on the real CBS figures."""

from __future__ import annotations

import pytest
from catalogus_api.inlezen import inlezen
from catalogus_api.toegang import BEHEER
from gemeengoed_kit.audit import AuditRow
from sqlalchemy import func, select

from tests.catalogus.conftest import NU
from tests.cbs import inwoners

CBS = inwoners("2025-01-01")


@pytest.fixture
def clock():
    return NU


@pytest.fixture
def lees_in(client, als):
    def doe(cijfers: dict[str, int], verwacht: int = 200, rol: str | None = BEHEER, **vraag) -> dict:
        tekst = "\n".join(["gemeentecode,inwoners", *(f"{code},{aantal}" for code, aantal in cijfers.items())])
        vraag = {"peildatum": "2026-01-01", "landstotaal": sum(cijfers.values()), **vraag}
        kop = {"Content-Type": "text/csv", **(als(rol) if rol is not None else {})}
        antwoord = client.post("/v1/inwonertallen", params=vraag, content=tekst.encode(), headers=kop)
        assert antwoord.status_code == verwacht, antwoord.text
        return antwoord.json()

    return doe


def cijfer(client, code: str, peildatum: str = "2026-01-01") -> dict:
    gevonden = client.get(f"/v1/gemeenten/{code}/inwonertallen").json()["results"]
    return next(een for een in gevonden if een["peildatum"] == peildatum)


def audits(context) -> int:
    with context.sessions() as session:
        return session.scalar(select(func.count()).where(AuditRow.handeling == "inwonertallen.inlezen"))


def test_een_nieuw_jaar_en_hetzelfde_bestand_nog_eens(client, lees_in, context):
    gedaan = lees_in(CBS)
    assert (gedaan["nieuw"], gedaan["gecorrigeerd"], gedaan["gelijk"], gedaan["gemeenten"]) == (342, 0, 0, 342)
    assert lees_in(CBS)["gelijk"] == 342 and audits(context) == 1
    pagina = client.get("/v1/gemeenten?geldigOp=2026-01-01&peildatum=2026-01-01&pageSize=500").json()
    assert sum(een["inwoners"]["aantal"] for een in pagina["results"]) == sum(CBS.values())
    with context.sessions.begin() as session:
        assert not any(inlezen(session, context.clock).values())


def test_een_correctie_bewaart_wat_er_stond(client, lees_in, context):
    lees_in(CBS, status="voorlopig")
    anders = {**CBS, "GM0344": CBS["GM0344"] + 7}
    (verschil,) = lees_in(anders, 409, status="voorlopig")["invalidParams"]
    assert verschil["name"] == "GM0344" and str(CBS["GM0344"]) in verschil["reason"]
    assert cijfer(client, "GM0344")["aantal"] == CBS["GM0344"], "refused is refused"
    gedaan = lees_in(anders, status="voorlopig", correctie=True)
    assert (gedaan["nieuw"], gedaan["gecorrigeerd"], gedaan["gelijk"]) == (0, 1, 341)
    assert lees_in(anders, status="definitief", correctie=True)["gecorrigeerd"] == 342
    utrecht = cijfer(client, "GM0344")
    assert (utrecht["aantal"], utrecht["status"]) == (CBS["GM0344"] + 7, "definitief")
    assert [(een["aantal"], een["status"]) for een in utrecht["eerder"]] == [
        (CBS["GM0344"] + 7, "voorlopig"),
        (CBS["GM0344"], "voorlopig"),
    ]
    assert {een["vervangenOp"] for een in utrecht["eerder"]} == {"2026-01-15T09:00:00.000Z"}
    assert len(cijfer(client, "GM0363")["eerder"]) == 1
    lijst = client.get("/v1/gemeenten?peildatum=2026-01-01&naam=Utrecht").json()["results"]
    assert [een["inwoners"]["aantal"] for een in lijst if een["code"] == "GM0344"] == [CBS["GM0344"] + 7]
    assert audits(context) == 3


def test_een_correctie_van_een_geladen_jaar_blijft_bij_opnieuw_inlezen(client, lees_in, context):
    anders = {**CBS, "GM0344": CBS["GM0344"] - 1}
    lees_in(anders, peildatum="2025-01-01", correctie=True)
    with context.sessions.begin() as session:
        assert not any(inlezen(session, context.clock).values())
    utrecht = cijfer(client, "GM0344", "2025-01-01")
    assert utrecht["aantal"] == CBS["GM0344"] - 1 and [een["aantal"] for een in utrecht["eerder"]] == [CBS["GM0344"]]


def test_alle_fouten_in_een_antwoord_en_niets_ingelezen(client, lees_in, context):
    fout = {code: aantal for code, aantal in CBS.items() if code != "GM0344"} | {"GM9999": 5, "GMxxxx": 1}
    antwoord = lees_in(fout, 400, landstotaal=1, peildatum="2026-01-16")
    assert {een["name"] for een in antwoord["invalidParams"]} == {
        "regel 344",
        "peildatum",
        "landstotaal",
        "GM9999",
        "GM0344",
    }
    assert audits(context) == 0
    assert client.get("/v1/gemeenten/GM0363?peildatum=2026-01-16").json()["inwoners"] is None


def test_een_herindeling_bepaalt_wie_in_het_bestand_hoort(client, als, lees_in):
    delen = [{"van": "GM1696", "naar": "GM0402"}]
    invoer = {"ingangsdatum": "2026-01-01", "delen": delen}
    assert client.post("/v1/herindelingen", json=invoer, headers=als(BEHEER)).status_code == 201
    assert [een["name"] for een in lees_in(CBS, 400)["invalidParams"]] == ["bestand", "GM1696"]
    samen = {code: aantal for code, aantal in CBS.items() if code != "GM1696"}
    samen["GM0402"] += CBS["GM1696"]
    assert lees_in(samen, landstotaal=sum(CBS.values()))["nieuw"] == 341


@pytest.mark.parametrize(("rol", "status"), [(None, 401), ("", 403), ("gemeente", 403), ("leverancier", 403)])
def test_alleen_het_beheer_leest_in(lees_in, rol, status):
    lees_in(CBS, status, rol)
