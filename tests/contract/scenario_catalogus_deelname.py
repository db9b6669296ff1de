"""Outcomes of the catalogus API about deelnames and coverage."""

from __future__ import annotations

import uuid

from tests.catalogus.deelnames import VOORWAARDEN, deelname
from tests.contract.proef import Proef

GEEN = uuid.uuid4()


def deelnames(proef: Proef) -> None:
    voorwaarden = "/voorzieningen/govroam/deelnamevoorwaarden"
    proef.doe("POST", voorwaarden, 201, json=VOORWAARDEN)
    proef.doe("POST", voorwaarden, 409, json=VOORWAARDEN)
    proef.doe("POST", voorwaarden, 409, json={**VOORWAARDEN, "vanaf": "2030-01-01"})
    proef.doe("POST", voorwaarden, 400, json={**VOORWAARDEN, "opzegtermijnMaanden": 61})
    proef.doe("POST", voorwaarden.replace("govroam", "geen"), 404, json=VOORWAARDEN)
    gemaakt = proef.doe("POST", "/deelnames", 201, json=deelname())
    proef.doe("POST", "/deelnames", 409, json=deelname())
    proef.doe("POST", "/deelnames", 409, json=deelname("GM9999"))
    proef.doe("POST", "/deelnames", 409, json=deelname("GM0363", voorwaardenVersie=2))
    proef.doe("POST", "/deelnames", 400, json=deelname("x"))
    proef.doe("POST", "/deelnames", 403, als=proef.kop("gemeente", gemeentecode="GM0363"), json=deelname())
    pad = f"/deelnames/{gemaakt['id']}"
    versie = {"If-Match": '"1"'}
    eens = {**versie, "Idempotency-Key": "eens"}
    proef.doe("PATCH", pad, 200, json={"inkoopgrond": "geen"}, headers=eens)
    proef.doe("PATCH", pad, 409, json={"inkoopgrond": "aanbesteed"}, headers=eens)
    proef.doe("PATCH", pad, 412, json={"inkoopgrond": "geen"}, headers=versie)
    sleutel = {"If-Match": '"2"', "Idempotency-Key": "deelname"}
    proef.doe("PATCH", pad, 200, json={"inkoopgrond": "geen"}, headers=sleutel)
    proef.doe("PATCH", pad, 409, json={"inkoopgrond": "quasi-inbesteding"}, headers=sleutel)
    proef.doe("PATCH", pad, 428, json={"inkoopgrond": "geen"})
    proef.doe("PATCH", pad, 400, json={"inkoopgrond": "gunst"}, headers=versie)
    ander = proef.kop("gemeente", gemeentecode="GM0363")
    proef.doe("PATCH", pad, 403, als=ander, json={"inkoopgrond": "geen"}, headers=versie)
    proef.doe("POST", f"{pad}/overgangen", 403, als=ander, json={"naar": "in implementatie"})
    vreemd = proef.kop("gemeente", gemeentecode="GM0014")  # which has the OIN of another peer
    proef.doe("POST", "/deelnames", 403, als=vreemd, json=deelname("GM0014"))
    proef.doe("PATCH", pad, 403, als=vreemd, json={"inkoopgrond": "geen"}, headers=versie)
    proef.doe("POST", f"{pad}/overgangen", 403, als=vreemd, json={"naar": "in implementatie"})
    proef.doe("PATCH", f"/deelnames/{GEEN}", 404, json={}, headers=versie)
    for naar, anders, status in (
        ("in gebruik", {}, 409),
        ("in implementatie", {}, 200),
        ("beëindigd", {"einddatum": "2026-01-31"}, 409),
        ("beëindigd", {"einddatum": "2030-01-31"}, 409),
        ("opgeheven", {}, 400),
    ):
        proef.doe("POST", f"{pad}/overgangen", status, json={"naar": naar, **anders})
    belang = {"status": "belangstelling", "voorwaardenVersie": None}
    geboeid = proef.doe("POST", "/deelnames", 201, json=deelname("GM0363", **belang))["id"]
    proef.doe("POST", f"/deelnames/{geboeid}/overgangen", 409, json={"naar": "aangemeld", "voorwaardenVersie": 2})
    zonder = proef.doe("POST", "/deelnames", 201, json=deelname("GM0363", "gibit", **belang))["id"]
    proef.doe("POST", f"/deelnames/{zonder}/overgangen", 409, json={"naar": "aangemeld", "voorwaardenVersie": 1})
    proef.doe("POST", f"/deelnames/{GEEN}/overgangen", 404, json={"naar": "in gebruik"})
    for lezen, status in (
        ("/deelnames?status=geen", 400),
        ("/deelnames?status=in%20implementatie", 200),
        (pad, 200),
        (f"/deelnames/{GEEN}", 404),
        ("/deelnames/x", 400),
        ("/voorzieningen/govroam/deelnames", 200),
        ("/voorzieningen/geen/deelnames", 404),
        ("/voorzieningen/GEEN/deelnames", 400),
        ("/gemeenten/GM0344/deelnames", 200),
        ("/gemeenten/GM9999/deelnames", 404),
        ("/gemeenten/x/deelnames", 400),
        (voorwaarden, 200),
        (f"{voorwaarden}?op=gisteren", 400),
        ("/voorzieningen/geen/deelnamevoorwaarden", 404),
        (f"{voorwaarden}/1", 200),
        (f"{voorwaarden}/9", 404),
        (f"{voorwaarden}/x", 400),
        ("/dekking?per=provincie&op=2025-01-01", 200),
        ("/dekking?per=gemeente", 400),
        ("/dekking/voorzieningen?domein=generiek", 200),
        ("/dekking/voorzieningen?op=gisteren", 400),
        ("/voorzieningen/govroam/dekking", 200),
        ("/voorzieningen/geen/dekking", 404),
        ("/voorzieningen/GEEN/dekking", 400),
        ("/collectiviseringsgraad", 200),
        ("/collectiviseringsgraad?op=2011-12-31", 400),
    ):
        proef.doe("GET", lezen, status)
