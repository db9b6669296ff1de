"""Outcomes of the delivery of documents, and of reminders."""

from __future__ import annotations

import uuid

from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.testing import moment

from tests.abonnement.test_factuurstuk import afnemer
from tests.contract.proef import Proef

GEEN = uuid.uuid4()
LATER = FixedClock(moment("2018-03-20T09:00"))
"""More than a month after the last day to pay."""


def scenario(proef: Proef) -> None:
    """After the documents were made up of some."""
    bezorgingen(proef)
    assert proef.context is not None
    nu = proef.context.clock
    proef.context.clock = LATER
    herinneringen(proef)
    proef.context.clock = nu


def bezorgingen(proef: Proef) -> None:
    alle = proef.doe("GET", "/bezorgingen", 200)["results"]
    gemaakt = next(een for een in alle if een["status"] != "niet-opgemaakt")
    ongemaakt = next(een for een in alle if een["status"] == "niet-opgemaakt")
    pad, niet, code = f"/bezorgingen/{gemaakt['nummer']}", f"/bezorgingen/{ongemaakt['nummer']}", gemaakt["gemeentecode"]
    wijze = {"gemeentecode": code, "vanaf": "2018-01-01", "wijze": "email"}
    proef.doe("POST", "/bezorgwijzen", 200, json={"wijzen": [wijze]})
    proef.doe("POST", "/bezorgwijzen", 409, json={"wijzen": [wijze, wijze]})
    proef.doe("POST", "/bezorgwijzen", 400, json={"wijzen": []})
    for lijst in ("/bezorgwijzen", "/bezorgingen"):
        proef.doe("GET", lijst, 200)
        proef.doe("GET", f"{lijst}?page=0", 400)
    proef.doe("GET", pad, 200)
    proef.doe("GET", f"{pad}/email", 409)
    proef.doe("POST", f"{pad}/aanbiedingen", 409, json={})
    proef.doe("PUT", f"/factuurgegevens/{code}", 200, json=afnemer(4, email="facturen@proef.example"))
    proef.doe("GET", f"{pad}/email", 200)
    proef.doe("GET", f"{pad}/envelop", 200)
    proef.doe("GET", f"{niet}/envelop", 409)
    proef.doe("POST", f"{pad}/pogingen", 409, json={"reden": "Proef"})
    proef.doe("POST", f"{pad}/aanbiedingen", 200, json={})
    proef.doe("POST", f"{pad}/bezorgmeldingen", 200, json={"uitkomst": "geweigerd", "reden": "Proef"})
    proef.doe("POST", f"{pad}/bezorgmeldingen", 409, json={"uitkomst": "bezorgd"})
    proef.doe("POST", f"{pad}/aanbiedingen", 409, json={})
    proef.doe("POST", f"{pad}/pogingen", 200, json={"reden": "Proef"})
    daden = {"aanbiedingen": {}, "bezorgmeldingen": {"uitkomst": "bezorgd"}, "pogingen": {"reden": "Proef"}}
    for daad, inhoud in daden.items():
        proef.doe("POST", f"/bezorgingen/2033-000001/{daad}", 404, json=inhoud)
        proef.doe("POST", f"/bezorgingen/x/{daad}", 400, json=inhoud)
    for vorm in ("", "/email", "/envelop"):
        proef.doe("GET", f"/bezorgingen/2033-000001{vorm}", 404)
        proef.doe("GET", f"/bezorgingen/x{vorm}", 400)
    vreemd = proef.kop("gemeente", gemeentecode=code)
    proef.doe("PUT", f"/afnemers/{code}", 200, json={"peerId": "00000099000000000004"})
    for lijst in ("/bezorgwijzen", "/bezorgingen", pad):
        proef.doe("GET", lijst, 403, als=vreemd)
    proef.doe("POST", f"{pad}/bezorgmeldingen", 403, als=vreemd, json={"uitkomst": "bezorgd"})
    proef.doe("DELETE", f"/afnemers/{code}", 204)


def herinneringen(proef: Proef) -> None:
    ladder = proef.doe("GET", "/herinneringsbeleid", 200)["results"][0]["stappen"]
    proef.doe("PUT", "/herinneringsbeleid/2018-01-01", 200, json={"stappen": ladder, "bron": "Proef"})
    proef.doe("PUT", "/herinneringsbeleid/2018-01-01", 400, json={"stappen": [], "bron": "Proef"})
    eerste, tweede = proef.doe("GET", "/achterstanden?status=aan-de-beurt", 200)["results"][:2]
    proef.doe("GET", "/achterstanden?dag=2099-01-01", 409)
    wens = {"factuur": eerste["factuur"].removeprefix("/v1/facturen/"), "soort": "betwist", "toelichting": "Proef"}
    gemaakt = proef.doe("POST", "/aanhoudingen", 201, json=wens)
    for soort, inhoud in (
        ("factuur-al-aangehouden", wens),
        ("onbekende-factuur-bij-aanhouding", {**wens, "factuur": "2033-000001"}),
        ("onmogelijke-aanhouding", {**wens, "soort": "betalingsregeling"}),
        ("datum-te-ver-vooruit", {**wens, "vanaf": "2099-01-01"}),
    ):
        assert proef.doe("POST", "/aanhoudingen", 409, json=inhoud)["type"].endswith(soort)
    proef.doe("POST", "/aanhoudingen", 400, json={**wens, "soort": "x"})
    pad = f"/aanhoudingen/{gemaakt['id']}"
    proef.doe("GET", pad, 200)
    sleutel = {"Idempotency-Key": "opheffing"}
    proef.doe("POST", f"{pad}/opheffing", 200, json={"toelichting": "Proef"}, headers=sleutel)
    proef.doe("POST", f"{pad}/opheffing", 409, json={"toelichting": "Anders"}, headers=sleutel)
    proef.doe("POST", "/herinneringen", 409, headers=sleutel)
    proef.doe("POST", "/herinneringen", 400, headers={"Idempotency-Key": "x" * 300})
    assert proef.doe("POST", "/herinneringen", 200)["brieven"] > 0
    brieven = proef.doe("GET", "/herinneringen", 200)["results"]
    brief = next(een for een in brieven if een["gemeentecode"] == tweede["gemeentecode"])
    eigen, code = f"/herinneringen/{brief['id']}", brief["gemeentecode"]
    proef.doe("GET", eigen, 200)
    proef.doe("GET", f"{eigen}/pdf", 200)
    for een in brieven:
        bekend = proef.client.get(f"/v1/factuurgegevens/{een['gemeentecode']}", headers=proef.kop()).status_code == 200
        mailbaar = bekend and proef.doe("GET", f"/factuurgegevens/{een['gemeentecode']}", 200)["email"] is not None
        if not mailbaar:
            proef.doe("GET", f"/herinneringen/{een['id']}/email", 409)
    proef.doe("PUT", f"/factuurgegevens/{code}", 200, json=afnemer(5, email="facturen@proef.example"))
    proef.doe("GET", f"{eigen}/email", 200)
    for lijst in ("/herinneringsbeleid", "/achterstanden", "/herinneringen", "/aanhoudingen"):
        proef.doe("GET", lijst, 200)
        proef.doe("GET", f"{lijst}?page=0", 400)
    for soort, vormen in (("herinneringen", ("", "/pdf", "/email")), ("aanhoudingen", ("",))):
        for vorm in vormen:
            proef.doe("GET", f"/{soort}/{GEEN}{vorm}", 404)
            proef.doe("GET", f"/{soort}/x{vorm}", 400)
    proef.doe("POST", f"/aanhoudingen/{GEEN}/opheffing", 404, json={"toelichting": "Proef"})
    proef.doe("POST", "/aanhoudingen/x/opheffing", 400, json={"toelichting": "Proef"})
    vreemd = proef.kop("gemeente", gemeentecode=code)
    proef.doe("PUT", f"/afnemers/{code}", 200, json={"peerId": "00000099000000000004"})
    for lijst in ("/herinneringen", "/aanhoudingen", eigen, f"{eigen}/pdf", pad):
        proef.doe("GET", lijst, 403, als=vreemd)
    proef.doe("POST", "/aanhoudingen", 403, als=vreemd, json=wens)
    proef.doe("DELETE", f"/afnemers/{code}", 204)
