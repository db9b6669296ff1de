"""Outcomes of the catalogus API: initiatieven, steun, pilots, impactanalyses and faseovergangen."""

from __future__ import annotations

import uuid
from typing import Any

from tests.catalogus.besluiten import PUNTEN, besluit
from tests.catalogus.levensloop import AFGEROND, AMSTERDAM, ANALYSE, IDEE, UTRECHT
from tests.contract.proef import Proef

GEEN = uuid.uuid4()
GEBEURTENIS = {"gebeurtenis": "Een proef (test)."}


def scenario(proef: Proef) -> None:
    initiatieven(proef)
    pilots(proef)
    faseovergangen(proef)


def gemeente(proef: Proef, code: str = UTRECHT) -> dict[str, str]:
    return proef.kop("gemeente", gemeentecode=code)


def initiatieven(proef: Proef) -> None:
    wie, ander, weg = gemeente(proef), gemeente(proef, AMSTERDAM), gemeente(proef, "GM9999")
    proef.doe("POST", "/initiatieven", 400, als=wie, json={})
    proef.doe("POST", "/initiatieven", 409, als=weg, json=IDEE)
    pad = f"/initiatieven/{proef.doe('POST', '/initiatieven', 201, als=wie, json=IDEE)['id']}"
    for wijziging, versie, kop, status in (
        ({"titel": "Beter (test)", "status": "ingediend"}, 1, wie, 200),
        ({"titel": None}, 2, wie, 400),
        ({"titel": "Anders"}, 2, wie, 409),
        ({"status": "ingetrokken"}, 1, wie, 412),
        ({"status": "ingetrokken"}, None, wie, 428),
        ({"status": "ingetrokken"}, 2, ander, 403),
    ):
        proef.doe("PATCH", pad, status, als=kop, json=wijziging, headers=_versie(versie))
    proef.doe("PATCH", f"/initiatieven/{GEEN}", 404, als=wie, json={}, headers=_versie(1))
    assert proef.client.get(f"/v1{pad}", headers={**wie, "If-None-Match": '"2"'}).status_code == 304
    wijziging = ("PATCH", pad, {"status": "ingetrokken"}, 2)
    _andere_organisatie(proef, ("POST", "/initiatieven", IDEE, None), wijziging)
    _verlaten_verband(proef)
    _steun(proef, pad, wie, weg)
    aan = {"status": "aangenomen", "voorziening": {"code": "uit-initiatief", "soort": "app"}}
    bezet = {**aan, "voorziening": {"code": "gibit", "soort": "app"}}
    for oordeel, versie, status in (
        ({"status": "in behandeling"}, None, 428),
        ({"status": "in behandeling"}, 1, 412),
        ({"status": "mooi"}, 2, 400),
        (aan, 2, 409),
        ({"status": "in behandeling"}, 2, 200),
        (bezet, 3, 409),
        (aan, 3, 200),
    ):
        proef.doe("POST", f"{pad}/beoordelingen", status, json=oordeel, headers=_versie(versie))
    proef.doe("POST", f"/initiatieven/{GEEN}/beoordelingen", 404, json={"status": "afgewezen"}, headers=_versie(1))
    proef.doe("PUT", f"{pad}/steun/{UTRECHT}", 409, als=wie, json={})
    _steun(proef, "/voorzieningen/uit-initiatief", wie, weg)
    proef.doe("PUT", f"/voorzieningen/gibit/steun/{UTRECHT}", 409, als=wie, json={})
    for vraag, status in (("?status=aangenomen", 200), ("?status=mooi", 400), (f"/{GEEN}", 404), ("/x", 400)):
        proef.doe("GET", f"/initiatieven{vraag}", status)
    proef.doe("GET", pad, 200)
    proef.doe("GET", f"{pad}/versies", 200)
    proef.doe("GET", f"/initiatieven/{GEEN}/versies", 404)
    proef.doe("GET", "/initiatieven/x/versies", 400)


def _andere_organisatie(proef: Proef, *aanvragen: tuple[str, str, Any, int | None]) -> None:
    """A contract for GM0014, by another peer than has its OIN (scenario_catalogus.identificaties)."""
    for methode, pad, inhoud, versie in aanvragen:
        meer = {} if inhoud is None else {"json": inhoud}
        geweigerd = proef.doe(methode, pad, 403, als=gemeente(proef, "GM0014"), headers=_versie(versie), **meer)
        assert geweigerd["type"].endswith("/andere-organisatie"), geweigerd


def _verlaten_verband(proef: Proef) -> None:
    """It brought something in, and then had no members any more."""
    verband = {"code": "verlaten", "naam": "Verlaten verband (test)", "vanaf": "2020-01-01", "leden": ["GM0505"]}
    proef.doe("POST", "/samenwerkingsverbanden", 201, json=verband)
    wie = proef.kop("samenwerkingsverband", samenwerkingsverband="verlaten")
    pad = f"/initiatieven/{proef.doe('POST', '/initiatieven', 201, als=wie, json=IDEE)['id']}"
    uit = {"ingangsdatum": "2021-01-01", "uittreders": ["GM0505"]}
    proef.doe("POST", "/samenwerkingsverbanden/verlaten/ledenwijzigingen", 200, json=uit)
    proef.doe("PATCH", pad, 409, als=wie, json={"status": "ingediend"}, headers=_versie(1))


def _steun(proef: Proef, van: str, wie: dict[str, str], weg: dict[str, str]) -> None:
    pad, geen = f"{van}/steun", f"{van.rpartition('/')[0]}/{GEEN}/steun"
    proef.doe("PUT", f"{pad}/{UTRECHT}", 200, als=wie, json={"toelichting": "Goed (test)."})
    proef.doe("PUT", f"{pad}/{UTRECHT}", 400, als=wie, json={"toelichting": ""})
    proef.doe("PUT", f"{pad}/{AMSTERDAM}", 403, als=wie, json={})
    proef.doe("PUT", f"{pad}/GM9999", 409, als=weg, json={})
    proef.doe("PUT", f"{geen}/{UTRECHT}", 404, als=wie, json={})
    proef.doe("DELETE", f"{pad}/{UTRECHT}", 204, als=wie)
    proef.doe("DELETE", f"{pad}/{UTRECHT}", 404, als=wie)
    proef.doe("DELETE", f"{geen}/{UTRECHT}", 404, als=wie)
    proef.doe("DELETE", f"{pad}/x", 400, als=wie)
    proef.doe("DELETE", f"{pad}/{AMSTERDAM}", 403, als=wie)
    proef.doe("DELETE", f"{pad}/GM9999", 409, als=weg)
    _andere_organisatie(proef, *((methode, f"{pad}/GM0014", inhoud, None) for methode, inhoud in (("PUT", {}), ("DELETE", None))))
    proef.doe("GET", f"{pad}?actueel=false", 200)
    proef.doe("GET", f"{pad}?actueel=x", 400)
    proef.doe("GET", geen, 404)


def pilots(proef: Proef) -> None:
    wie, code = gemeente(proef), "uit-initiatief"
    nieuw = {"voorziening": code, "naam": "Proef (test)", "doel": "Zien (test).", "begin": "2017-12-01", "eind": "2018-02-01"}
    pad = f"/pilots/{proef.doe('POST', '/pilots', 201, json=nieuw)['id']}"
    proef.doe("POST", "/pilots", 400, json={})
    proef.doe("POST", "/pilots", 409, json={**nieuw, "voorziening": "geen"})
    proef.doe("POST", "/pilots", 409, json={**nieuw, "eind": "2017-01-01"})
    proef.doe("POST", "/pilots", 409, json={**nieuw, "begin": "2030-01-01", "eind": "2030-02-01"})
    deelnemer = f"{pad}/deelnemers/{UTRECHT}"
    proef.doe("DELETE", deelnemer, 409, als=wie)
    proef.doe("PUT", deelnemer, 200, als=wie)
    proef.doe("PUT", f"{pad}/deelnemers/{AMSTERDAM}", 200)
    proef.doe("DELETE", f"{pad}/deelnemers/{AMSTERDAM}", 204)
    for methode in ("PUT", "DELETE"):
        proef.doe(methode, f"{pad}/deelnemers/x", 400, als=wie)
        proef.doe(methode, f"{pad}/deelnemers/{AMSTERDAM}", 403, als=wie)
        proef.doe(methode, f"{pad}/deelnemers/GM9999", 409, als=gemeente(proef, "GM9999"))
        _andere_organisatie(proef, (methode, f"{pad}/deelnemers/GM0014", None, None))
        proef.doe(methode, f"/pilots/{GEEN}/deelnemers/{UTRECHT}", 404, als=wie)
    for wijziging, versie, status in (
        ({"status": "loopt"}, 1, 200),
        ({"naam": None}, 2, 400),
        ({"status": "gepland"}, 2, 409),
        ({"begin": "2030-01-01"}, 2, 409),
        ({"naam": "Anders"}, 1, 412),
        ({"naam": "Anders"}, None, 428),
        (AFGEROND, 2, 200),
    ):
        proef.doe("PATCH", pad, status, json=wijziging, headers=_versie(versie))
    proef.doe("PATCH", f"/pilots/{GEEN}", 404, json={}, headers=_versie(1))
    proef.doe("PUT", deelnemer, 409, als=wie)
    assert proef.client.get(f"/v1{pad}", headers={"If-None-Match": '"3"'}).status_code == 304
    for deel in ("", "/versies", "/deelnemers"):
        proef.doe("GET", f"{pad}{deel}", 200)
        proef.doe("GET", f"/pilots/{GEEN}{deel}", 404)
        proef.doe("GET", f"/pilots/x{deel}", 400)
    proef.doe("GET", f"/pilots?voorziening={code}", 200)
    proef.doe("GET", "/pilots?status=x", 400)


def faseovergangen(proef: Proef) -> None:
    code = "uit-initiatief"
    van, analyses = f"/voorzieningen/{code}/faseovergangen", f"/voorzieningen/{code}/impactanalyses"
    pilot = proef.doe("GET", f"/pilots?voorziening={code}", 200)["results"][0]["id"]

    def stap(naar: str, status: int, versie: int | None, **grondslag: Any) -> None:
        proef.doe("POST", van, status, json={"naar": naar, "grondslag": grondslag}, headers=_versie(versie))

    stap("opschaling", 409, 1)
    stap("pilot", 201, 1, pilot=pilot)
    stap("impactanalyse", 428, None, pilot=pilot)
    stap("impactanalyse", 412, 1, pilot=pilot)
    stap("mooi", 400, 2)
    stap("impactanalyse", 201, 2, pilot=pilot)
    proef.doe("POST", analyses, 201, json={**ANALYSE, "pilots": [pilot]})
    proef.doe("POST", analyses, 400, json={})
    proef.doe("POST", analyses, 409, json={**ANALYSE, "pilots": [str(GEEN)]})
    proef.doe("POST", "/voorzieningen/geen/impactanalyses", 404, json={**ANALYSE, "pilots": [pilot]})
    advies = {**PUNTEN, "voorzieningen": [code], "adviesOver": "opschaling"}
    advies_id = proef.doe("POST", "/besluiten", 201, json=besluit("advies", "College", **advies))["id"]
    genomen = besluit("opschaling", voorzieningen=[code], advies=advies_id, adviesGevolgd=True, **PUNTEN)
    stap("opschaling", 201, 3, besluit=proef.doe("POST", "/besluiten", 201, json=genomen)["id"])
    proef.doe("POST", van.replace(code, "geen"), 404, json={"naar": "pilot", "grondslag": {}}, headers=_versie(1))
    for waar, status in ((code, 200), ("geen", 404), ("X", 400)):
        proef.doe("GET", f"/voorzieningen/{waar}/vervolgfasen", status)
    for pad, deel in ((van, "4"), (analyses, "1")):
        proef.doe("GET", pad, 200)
        proef.doe("GET", f"{pad}/{deel}", 200)
        proef.doe("GET", f"{pad}/99", 404)
        proef.doe("GET", f"{pad}/x", 400)
        proef.doe("GET", f"{pad}?page=x", 400)
        proef.doe("GET", pad.replace(code, "geen"), 404)
        proef.doe("GET", f"{pad.replace(code, 'geen')}/1", 404)


def vullen(proef: Proef) -> None:
    """A small world: initiatieven that some see, and others that all see; two of all else."""
    pilots_van: list[str] = []
    for nummer, code in enumerate(("GM0518", "GM0363"), 1):
        wie = gemeente(proef, code)
        for status in ("concept", "ingediend"):
            geheim = {deel: f"Van {code}, {status}: {deel} (test)." for deel in ("titel", "probleem", "voorstel")}
            idee = {**geheim, "domein": "generiek", "status": status}
            pad = f"/initiatieven/{proef.doe('POST', '/initiatieven', 201, als=wie, json=idee)['id']}"
        for steunend in ("GM0518", "GM0363"):
            kop, inhoud = gemeente(proef, steunend), {"toelichting": f"{steunend} steunt {code} (test)."}
            proef.doe("PUT", f"{pad}/steun/{steunend}", 200, als=kop, json=inhoud)
        if nummer == 1:
            proef.doe("POST", f"{pad}/beoordelingen", 200, json={"status": "in behandeling"}, headers=_versie(1))
            aan = {"status": "aangenomen", "voorziening": {"code": "kindertelefoon-2", "soort": "app"}}
            proef.doe("POST", f"{pad}/beoordelingen", 200, json=aan, headers=_versie(2))
        nieuw = {"naam": f"Pilot {nummer} (test)", "doel": "Zien (test).", "begin": "2017-12-01", "eind": "2018-02-01"}
        pilot = proef.doe("POST", "/pilots", 201, json={**nieuw, "voorziening": "kindertelefoon-2"})["id"]
        for deelnemer in ("GM0518", "GM0363"):
            proef.doe("PUT", f"/pilots/{pilot}/deelnemers/{deelnemer}", 200, als=gemeente(proef, deelnemer))
        proef.doe("PATCH", f"/pilots/{pilot}", 200, json={"status": "loopt"}, headers=_versie(1))
        proef.doe("PATCH", f"/pilots/{pilot}", 200, json=AFGEROND, headers=_versie(2))
        pilots_van.append(pilot)
    pilot = pilots_van[0]
    stap = {"naar": "pilot", "grondslag": {"pilot": pilot}}
    proef.doe("POST", "/voorzieningen/kindertelefoon-2/faseovergangen", 201, json=stap, headers=_versie(1))
    for conclusie in ("negatief", "positief"):
        analyse = {**ANALYSE, "pilots": [pilot], "conclusie": conclusie}
        proef.doe("POST", "/voorzieningen/kindertelefoon-2/impactanalyses", 201, json=analyse)


def _versie(versie: int | None) -> dict[str, str]:
    return {} if versie is None else {"If-Match": f'"{versie}"'}
