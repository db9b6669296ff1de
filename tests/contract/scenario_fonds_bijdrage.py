"""Outcomes of omslagen, previews, settlements, nota's and receipts, in a small world."""

from __future__ import annotations

from typing import Any

from tests.contract.proef import Proef
from tests.fonds.omslagen import BESLUIT, GEEN, GROOT, KLEIN, banden, besloten, gepeild, inwonertallen, omslag, ontvangst, vast

RONDE = {"ronde": "ggu-2018", "termijn": 1}


def omslagen(proef: Proef) -> None:
    assert proef.context is not None
    bestuur, gemeente, zonder = proef.kop("bestuur"), proef.kop("gemeente", gemeentecode=GROOT), proef.kop("gemeente")
    proef.doe("GET", "/vooruitblik?fonds=ggu&jaar=2018", 404, als=gemeente)
    proef.doe("POST", "/omslagen", 201, json=omslag(gedeeld=True))
    proef.doe("POST", "/omslagen", 409, json=omslag(bedragCent=None))
    proef.doe("POST", "/omslagen", 400, json={})
    proef.doe("POST", "/omslagen", 409, json=omslag(fonds="geen"))
    proef.doe("GET", "/omslagen/ggu-2018-1/voorbeeld", 404)
    proef.doe("GET", "/vooruitblik?fonds=ggu&jaar=2018", 404, als=gemeente)
    for pad, status in (("ggu-2018-1", 202), ("ggu-2018-1", 200), ("ggu-2033-1", 404), ("x", 400)):
        proef.doe("POST", f"/omslagen/{pad}/vaststellingen", status, als=bestuur, json=BESLUIT)
    proef.doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 409, als=bestuur, json={**BESLUIT, "tekst": "Anders"})
    besloten(proef.context, "ggu-2018-1")
    proef.doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 409, als=bestuur, json=BESLUIT)
    proef.doe("POST", "/omslagen", 409, json=omslag(2019, toepassing=str(GEEN)))
    proef.doe("POST", "/omslagen", 201, json=banden("schijf", 2019))
    proef.doe("POST", "/peilingen", 202, json={"indeling": "2018-01-01", "peildatum": "2018-01-01"})
    proef.doe("POST", "/peilingen", 400, json={})
    for jaar, status in ((2018, 202), (2019, 409)):
        dagen = {"indeling": f"{jaar}-01-01", "peildatum": f"{jaar}-01-01"}
        proef.doe("POST", "/peilingen", status, json=dagen, headers={"Idempotency-Key": "peiling"})
    proef.doe("POST", "/omslagen", 409, json=omslag())
    peiling = gepeild(proef.context, inwonertallen())
    for eind, vreemd in (("", "/omslagen/ggu-2033-1"), ("/voorbeeld", "/omslagen/ggu-2033-1/voorbeeld")):
        proef.doe("GET", f"/omslagen/ggu-2018-1{eind}", 200)
        proef.doe("GET", vreemd, 404)
        proef.doe("GET", f"/omslagen/x{eind}", 400)
        proef.doe("GET", f"/omslagen/ggu-2018-1{eind}", 403, als=zonder)
    proef.doe("GET", f"/omslagen/ggu-2018-1/voorbeeld?peiling={GEEN}", 409)
    proef.doe("GET", f"/peilingen/{peiling}", 200)
    proef.doe("GET", f"/peilingen/{GEEN}", 404)
    proef.doe("GET", "/peilingen/x", 400)
    proef.doe("GET", "/peilingen?status=gereed", 200)
    proef.doe("GET", "/peilingen?page=0", 400)
    proef.doe("GET", "/vooruitblik?fonds=ggu&jaar=2018", 200, als=gemeente)
    proef.doe("GET", "/vooruitblik?fonds=ggu", 400, als=gemeente)
    proef.doe("GET", "/vooruitblik?fonds=ggu&jaar=2018", 403, als=zonder)
    proef.doe("POST", "/bijdragerondes", 202, json={"fonds": "ggu", "jaar": 2018})
    vast(proef.context, "ggu-2018", inwonertallen("voorlopig"))
    _notas(proef)
    _afrekeningen(proef)
    proef.doe("GET", f"/peilingen/{peiling}", 403, als=zonder)
    for lijst in ("/omslagen", "/peilingen", "/notas", "/ontvangsten", "/verrekeningen", "/debiteuren", "/afrekeningregels"):
        proef.doe("GET", lijst, 200)
        proef.doe("GET", f"{lijst}?page=0", 400)
        proef.doe("GET", lijst, 403, als=zonder)


def _notas(proef: Proef) -> None:
    for inhoud, status in ((RONDE, 201), (RONDE, 200), ({"termijn": 0}, 400), ({}, 409), ({**RONDE, "termijn": 9}, 409)):
        proef.doe("POST", "/notarondes", status, json=inhoud)
    nota = proef.doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"][0]
    credit = {"bedragCent": 100, "reden": "Test"}
    for pad, inhoud, status in (
        (nota["id"], credit, 201),
        (nota["id"], {**credit, "bedragCent": nota["bedragCent"]}, 409),
        ("ggu-2033-00001", credit, 404),
        ("x", credit, 400),
    ):
        proef.doe("POST", f"/notas/{pad}/creditnotas", status, json=inhoud)
    eerste = ontvangst(1000, (nota["id"], 600))
    betaald = proef.doe("POST", "/ontvangsten", 201, json=eerste)
    for soort, inhoud in (
        ("ontvangst-al-vastgelegd", eerste),
        ("onbekend-fonds", ontvangst(1, fonds="geen")),
        ("datum-te-ver-vooruit", ontvangst(1, boekdatum="2099-01-01")),
        ("onbekende-nota", ontvangst(1, (nota["id"], 1), gemeentecode=KLEIN)),
        ("niet-toe-te-rekenen", ontvangst(1, (nota["id"], 2))),
    ):
        assert proef.doe("POST", "/ontvangsten", 409, json=inhoud)["type"] == f"/v1/problemen/{soort}"
    proef.doe("POST", "/ontvangsten", 400, json={})
    toe, waarom = {"toerekeningen": [{"nota": nota["id"], "bedragCent": 400}]}, {"reden": "Test"}
    for eind, inhoud, statussen in (("toerekeningen", toe, (201, 409)), ("herroepingen", waarom, (201, 409))):
        for status in statussen:
            proef.doe("POST", f"/ontvangsten/{betaald['id']}/{eind}", status, json=inhoud)
            if eind == "toerekeningen" and status == 201:
                vreemd = {"toerekeningen": [{"nota": "ggu-2033-00001", "bedragCent": 1}]}
                proef.doe("POST", f"/ontvangsten/{betaald['id']}/{eind}", 409, json=vreemd)
        proef.doe("POST", f"/ontvangsten/{GEEN}/{eind}", 404, json=inhoud)
        proef.doe("POST", f"/ontvangsten/{betaald['id']}/{eind}", 400, json={})
    proef.doe("POST", f"/ontvangsten/{betaald['id']}/toerekeningen", 409, json=toe)
    for soort, id, geen in (("notas", nota["id"], "ggu-2033-00001"), ("ontvangsten", betaald["id"], str(GEEN))):
        proef.doe("GET", f"/{soort}/{id}", 200)
        proef.doe("GET", f"/{soort}/{geen}", 404)
        proef.doe("GET", f"/{soort}/x", 400)
        proef.doe("GET", f"/{soort}/{id}", 403, als=proef.kop("gemeente"))
    _verrekeningen(proef, nota)


def _verrekeningen(proef: Proef, eerste: dict[str, Any]) -> None:
    """The first nota is paid and then credited; it pays the second."""
    proef.doe("POST", "/notarondes", 201, json={**RONDE, "termijn": 2})
    open_cent = proef.doe("GET", f"/notas/{eerste['id']}", 200)["openCent"]
    proef.doe("POST", "/ontvangsten", 201, json=ontvangst(open_cent, (eerste["id"], open_cent)))
    proef.doe("POST", f"/notas/{eerste['id']}/creditnotas", 201, json={"bedragCent": 50, "reden": "Test"})
    tweede = proef.doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"][-2]
    nieuw = {"van": eerste["id"], "met": tweede["id"], "bedragCent": 50, "reden": "Test"}
    gemaakt = proef.doe("POST", "/verrekeningen", 201, json=nieuw)
    for soort, inhoud in (("niet-te-verrekenen", nieuw), ("onbekende-nota", {**nieuw, "met": "ggu-2033-00001"})):
        assert proef.doe("POST", "/verrekeningen", 409, json=inhoud)["type"] == f"/v1/problemen/{soort}"
    proef.doe("POST", "/verrekeningen", 400, json={})
    pad, waarom = f"/verrekeningen/{gemaakt['id']}", {"reden": "Test"}
    for waar, status in ((pad, 200), (f"/verrekeningen/{GEEN}", 404), ("/verrekeningen/x", 400)):
        proef.doe("GET", waar, status)
    proef.doe("GET", pad, 403, als=proef.kop("gemeente"))
    for inhoud, status in (({}, 400), (waarom, 201), (waarom, 409)):
        proef.doe("POST", f"{pad}/herroepingen", status, json=inhoud)
    proef.doe("POST", f"/verrekeningen/{GEEN}/herroepingen", 404, json=waarom)


def _afrekeningen(proef: Proef) -> None:
    assert proef.context is not None
    peiling = gepeild(proef.context, inwonertallen(**{GROOT: 999}))
    nieuw = {"ronde": "ggu-2018", "peiling": peiling, "omschrijving": "Afrekening (test)"}
    voorlopig = gepeild(proef.context, inwonertallen("voorlopig", **{GROOT: 999}))
    anders = gepeild(proef.context, inwonertallen()[:2])
    for inhoud, status in (
        (nieuw, 201),
        (nieuw, 409),
        ({**nieuw, "peiling": str(GEEN)}, 409),
        ({**nieuw, "peiling": voorlopig}, 409),
        ({**nieuw, "peiling": anders}, 409),
        ({**nieuw, "ronde": "ggu-2033"}, 409),
        ({}, 400),
    ):
        proef.doe("POST", "/afrekeningen", status, json=inhoud)
    _zonder_rekeningen(proef, {**nieuw, "ronde": "derdengelden-2018"})
    proef.doe("POST", "/notarondes", 201, json={"afrekening": "ggu-2018-1"})
    for pad, status in (("", 200), ("?page=0", 400), ("/ggu-2018-1", 200), ("/ggu-2033-1", 404), ("/x", 400)):
        proef.doe("GET", f"/afrekeningen{pad}", status)


def _zonder_rekeningen(proef: Proef, afrekening: dict[str, str]) -> None:
    """A fonds that has no accounts for contributions."""
    assert proef.context is not None
    banden = [{"totEnMet": None, "tariefMillicent": 1000}]
    proef.doe("POST", "/omslagen", 201, json=omslag(fonds="derdengelden", vorm="tarief", bedragCent=None, banden=banden))
    proef.doe("POST", "/omslagen/derdengelden-2018-1/vaststellingen", 202, als=proef.kop("bestuur"), json=BESLUIT)
    besloten(proef.context, "derdengelden-2018-1")
    proef.doe("POST", "/bijdragerondes", 202, json={"fonds": "derdengelden", "jaar": 2018})
    vast(proef.context, "derdengelden-2018", inwonertallen())
    proef.doe("POST", "/notarondes", 409, json={"ronde": "derdengelden-2018", "termijn": 1})
    proef.doe("POST", "/afrekeningen", 409, json=afrekening)
    for nummer, soort in (("1310", "passiva"), ("8000", "baten")):
        rekening = {"nummer": nummer, "naam": "Proef", "soort": soort}
        proef.doe("POST", "/fondsen/derdengelden/rekeningen", 201, json=rekening)
    proef.doe("POST", "/afrekeningen", 201, json=afrekening)
