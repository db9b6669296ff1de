"""Outcomes of commitments, spending and the end of a year; and some of each, for who reads them."""

from __future__ import annotations

import uuid
from typing import Any

from fonds_api.besluit.schemas import BronGrondslag
from fonds_api.boeking import service as boekingen
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking
from fonds_api.jaareinde import repository as jaareinde
from fonds_api.overheveling import service as overheveling
from fonds_api.verplichting import service as verplichting_service
from gemeengoed_kit.audit import Actor

from tests.contract.proef import Proef
from tests.fonds.begrotingen import CSV, SAMEN, vraag
from tests.fonds.besluiten import BESTUUR, LEDEN, MAG, gegeven, stel_vast, verwijs
from tests.fonds.uitvoeringen import POSTEN, begroot, factuur, verplichting

GEEN = uuid.uuid4()
VRIJVAL = {"jaar": 2018, "bedragCent": 1, "btwCent": 0, "reden": "Proef"}
OVER = {"fonds": "ggu", "jaar": 2017, "reden": "Proef", "besluit": verwijs(BESTUUR)}
POST = {"prioriteit": "A1", "budgetsoort": "meerjarig", "bedragCent": 100}
STORNO = {"boekdatum": "2018-01-15", "reden": "Proef"}
BETALING = {"boekdatum": "2018-01-15"}
VER = "2099-01-01"


def uitvoering(proef: Proef) -> None:
    """Every outcome."""
    for jaar in (2016, 2017, 2018):
        neem_aan(proef, jaar)
    open_ = verplichtingen(proef)
    uitgaven(proef, open_)
    overhevelingen(proef, open_)
    jaren(proef)
    lezen(proef)


def neem_aan(proef: Proef, jaar: int) -> None:
    kop = {"Content-Type": CSV}
    begroting = proef.doe("POST", f"/begrotingen?{vraag(jaar, eenheid=1)}", 201, content=begroot(), headers=kop)
    proef.doe("POST", f"/begrotingen/{begroting['id']}/vaststellingen", 202, als=proef.kop("ledenvergadering"), json=SAMEN)
    assert proef.context is not None
    stel_vast(proef.context, begroting["id"])


def te_hoog(proef: Proef) -> None:
    """A jaarplan with less than what is committed."""
    krap = {**POSTEN, ("A1", "structureel"): 1}
    pad = f"/begrotingen?{vraag(2018, 'jaarplan', eenheid=1)}"
    plan = proef.doe("POST", pad, 201, content=begroot(krap), headers={"Content-Type": CSV})
    mis(proef, f"/begrotingen/{plan['id']}/vaststellingen", SAMEN, "verplichtingen-te-hoog", rol="bestuur")


def mis(proef: Proef, pad: str, inhoud: Any, soort: str, status: int = 409, rol: str = "fondsbeheerder") -> None:
    gegeven_ = proef.doe("POST", pad, status, json=inhoud, als=proef.kop(rol))
    assert gegeven_["type"] == f"/v1/problemen/{soort}", gegeven_


def verplichtingen(proef: Proef) -> dict[str, str]:
    """Returns the ids of one that is entered into, and of one that waits."""
    aan = proef.doe("POST", "/verplichtingen", 201, json=verplichting((2018, 50_000, 10_000)))
    wacht = proef.doe("POST", "/verplichtingen", 202, json=verplichting(voorziening={"bron": "catalogus", "pad": MAG}))
    te_hoog(proef)
    for soort, anders in (
        ("onbekend-fonds", {"fonds": "geen"}),
        ("post-zonder-rekening", {"prioriteit": "Z9"}),
        ("onbekende-begrotingspost", {"prioriteit": "C1"}),
        ("delen-kloppen-niet", {"delen": [*verplichting()["delen"], *verplichting()["delen"]]}),
        ("budget-ontoereikend", {"delen": verplichting((2018, 100_000, 0))["delen"]}),
    ):
        mis(proef, "/verplichtingen", {**verplichting(), **anders}, soort)
    proef.doe("POST", "/verplichtingen", 400, json={})
    pad = f"/verplichtingen/{aan['id']}/vrijvallen"
    proef.doe("POST", pad, 201, json=VRIJVAL)
    proef.doe("POST", pad, 201, json={**VRIJVAL, "bedragCent": 2})
    proef.doe("POST", pad, 400, json={})
    mis(proef, pad, {**VRIJVAL, "bedragCent": 10**9}, "deel-reikt-niet")
    mis(proef, f"/verplichtingen/{GEEN}/vrijvallen", VRIJVAL, "verplichting-niet-gevonden", 404)
    mis(proef, f"/verplichtingen/{wacht['id']}/vrijvallen", VRIJVAL, "verplichting-niet-aangegaan")
    return {"aan": aan["id"], "wacht": wacht["id"]}


def uitgaven(proef: Proef, open_: dict[str, str]) -> None:
    eerste = proef.doe("POST", "/uitgaven", 201, json=factuur(open_["aan"]))
    tweede = proef.doe("POST", "/uitgaven", 201, json=factuur(open_["aan"]))
    for soort, inhoud in (
        ("onbekende-verplichting", factuur(str(GEEN))),
        ("verplichting-niet-aangegaan", factuur(open_["wacht"])),
        ("deel-reikt-niet", factuur(open_["aan"], 10**9)),
        ("boekdatum-buiten-jaar", factuur(open_["aan"], boekdatum="2017-12-31")),
        ("factuur-al-verwerkt", factuur(open_["aan"], factuurnummer=eerste["factuurnummer"])),
        ("datum-te-ver-vooruit", factuur(open_["aan"], boekdatum=VER)),
    ):
        mis(proef, "/uitgaven", inhoud, soort)
    proef.doe("POST", "/uitgaven", 400, json={})
    pad = f"/uitgaven/{eerste['id']}"
    for deel in ("betaling", "storno"):
        proef.doe("GET", f"{pad}/{deel}", 404)
        proef.doe("POST", f"{pad}/{deel}", 400, json={})
        proef.doe("POST", f"/uitgaven/{GEEN}/{deel}", 404, json=BETALING if deel == "betaling" else STORNO)
    proef.doe("POST", f"{pad}/betaling", 201, json=BETALING)
    mis(proef, f"{pad}/betaling", BETALING, "uitgave-al-betaald")
    mis(proef, f"{pad}/betaling", {"boekdatum": VER}, "datum-te-ver-vooruit")
    mis(proef, f"{pad}/storno", {**STORNO, "boekdatum": "2017-12-31"}, "boekdatum-buiten-jaar")
    mis(proef, f"{pad}/storno", {**STORNO, "boekdatum": VER}, "datum-te-ver-vooruit")
    mis(proef, f"{pad}/storno", {**STORNO, "boekdatum": "2018-01-01"}, "storno-voor-boeking")
    proef.doe("POST", f"{pad}/storno", 201, json=STORNO)
    proef.doe("POST", f"/uitgaven/{tweede['id']}/storno", 201, json=STORNO)
    mis(proef, f"{pad}/storno", STORNO, "uitgave-al-gestorneerd")
    mis(proef, f"/uitgaven/{tweede['id']}/betaling", BETALING, "uitgave-al-gestorneerd")
    for deel in ("betaling", "storno"):
        proef.doe("GET", f"{pad}/{deel}", 200)


def overhevelingen(proef: Proef, open_: dict[str, str]) -> None:
    wacht = proef.doe("POST", "/overhevelingen", 202, json={**OVER, **POST})
    proef.doe("POST", "/overhevelingen", 202, json={**OVER, "jaar": 2018, "verplichting": open_["aan"]})
    for soort, anders in (
        ("onbekend-fonds", {**POST, "fonds": "geen"}),
        ("datum-te-ver-vooruit", {**POST, "jaar": 2090}),
        ("overheveling-klopt-niet", {}),
        ("onbekende-verplichting", {"verplichting": str(GEEN)}),
        ("verplichting-niet-aangegaan", {"verplichting": open_["wacht"], "jaar": 2018}),
        ("deel-reikt-niet", {"verplichting": open_["aan"]}),
        ("onbekende-begrotingspost", {**POST, "prioriteit": "C1"}),
        ("budget-ontoereikend", {**POST, "bedragCent": 10**9}),
    ):
        mis(proef, "/overhevelingen", {**OVER, **anders}, soort)
    proef.doe("POST", "/overhevelingen", 400, json={})
    pad = f"/overhevelingen/{wacht['id']}"
    proef.doe("GET", f"{pad}/onttrekking", 404)
    assert proef.context is not None
    with proef.context.work(Actor()) as work:
        overheveling.vaststellen(work, uuid.UUID(wacht["id"]), gegeven(BESTUUR))
    for eind in ("", "/onttrekking"):
        proef.doe("GET", f"{pad}{eind}", 200)


def jaren(proef: Proef) -> None:
    leden = proef.kop("ledenvergadering")
    boek(proef, 2014)
    proef.doe("POST", "/jaarafsluitingen", 201, json={"fonds": "ggu", "jaar": 2014})
    dicht = {"fonds": "ggu", "jaar": 2016}
    nog = proef.doe("POST", "/verplichtingen", 201, json=verplichting((2016, 100, 0)))["id"]
    gedaan = proef.doe("POST", "/verplichtingen", 201, json=verplichting((2016, 100, 0)))["id"]
    uitgave = proef.doe("POST", "/uitgaven", 201, json=factuur(gedaan, 100, 0, 2016))["id"]
    mis(proef, "/jaarafsluitingen", dicht, "verplichtingen-nog-open")
    proef.doe("POST", f"/verplichtingen/{nog}/vrijvallen", 201, json={**VRIJVAL, "jaar": 2016, "bedragCent": 100})
    mis(proef, "/jaarafsluitingen", {**dicht, "jaar": 2017}, "vorig-jaar-niet-afgesloten")
    mis(proef, "/jaarafsluitingen", {**dicht, "jaar": 2018}, "jaar-niet-voorbij")
    mis(proef, "/jaarafsluitingen", {**dicht, "fonds": "geen"}, "onbekend-fonds")
    proef.doe("POST", "/jaarafsluitingen", 201, json=dicht)
    proef.doe("POST", "/jaarafsluitingen", 400, json={})
    for pad, inhoud in (
        ("/jaarafsluitingen", dicht),
        ("/verplichtingen", verplichting((2016, 1, 0))),
        ("/uitgaven", factuur(gedaan, 1, 0, 2016)),
        (f"/uitgaven/{uitgave}/storno", {**STORNO, "boekdatum": "2016-12-31"}),
        (f"/verplichtingen/{nog}/vrijvallen", {**VRIJVAL, "jaar": 2016}),
        ("/overhevelingen", {**OVER, **POST, "jaar": 2016}),
    ):
        mis(proef, pad, inhoud, "jaar-afgesloten")
    lezen_in = f"/begrotingen?{vraag(2016, 'jaarplan', eenheid=1)}"
    plan = proef.doe("POST", lezen_in, 201, content=begroot(), headers={"Content-Type": CSV})
    mis(proef, f"/begrotingen/{plan['id']}/vaststellingen", SAMEN, "jaar-afgesloten", rol="bestuur")
    bestem = {"uitkerenCent": 0, "boekdatum": "2018-01-15", "besluit": verwijs(LEDEN)}
    pad = "/jaarafsluitingen/ggu-2016/bestemming"
    proef.doe("GET", pad, 404)
    mis(proef, pad, {**bestem, "uitkerenCent": 1}, "uitkering-te-hoog", rol="ledenvergadering")
    mis(proef, pad, {**bestem, "boekdatum": VER}, "datum-te-ver-vooruit", rol="ledenvergadering")
    mis(proef, pad.replace("2016", "2001"), bestem, "jaarafsluiting-niet-gevonden", 404, "ledenvergadering")
    proef.doe("POST", pad, 400, als=leden, json={})
    proef.doe("POST", pad, 202, als=leden, json=bestem)
    proef.doe("POST", pad, 200, als=leden, json=bestem)
    mis(proef, pad, {**bestem, "besluit": verwijs(BESTUUR)}, "bestemming-al-besloten", rol="ledenvergadering")
    over = {**bestem, "uitkerenCent": 1}
    mis(proef, "/jaarafsluitingen/ggu-2014/bestemming", over, "geen-bijdragen", rol="ledenvergadering")
    proef.doe("GET", pad, 200)


def boek(proef: Proef, jaar: int) -> None:
    """Income of an earlier year."""
    boeking = {
        "fonds": "ggu",
        "boekdatum": f"{jaar}-06-01",
        "omschrijving": f"Baten {jaar}",
        "bron": {"bron": "memoriaal", "pad": f"/v1/baten/{jaar}"},
        "regels": [
            {"rekening": nummer, "bedragCent": cent} for nummer, cent in (("1300", 77_777), ("8000", -77_770), ("1310", -7))
        ],
    }
    proef.doe("POST", "/boekingen", 201, json=boeking, headers={"Idempotency-Key": f"baten-{jaar}"})


def lezen(proef: Proef) -> None:
    zonder = proef.kop("gemeente")
    for lijst in ("verplichtingen", "uitgaven", "overhevelingen", "jaarafsluitingen", "resultaatuitkeringen"):
        gevonden = proef.doe("GET", f"/{lijst}", 200)["results"]
        proef.doe("GET", f"/{lijst}?page=0", 400)
        if lijst in ("jaarafsluitingen", "resultaatuitkeringen"):
            proef.doe("GET", f"/{lijst}", 403, als=zonder)
        if lijst != "resultaatuitkeringen":
            proef.doe("GET", f"/{lijst}/{gevonden[0]['id']}", 200)
            proef.doe("GET", f"/{lijst}/{'ggu-2001' if lijst[0] == 'j' else GEEN}", 404)
            proef.doe("GET", f"/{lijst}/X", 400)
    (eerste, *_) = proef.doe("GET", "/verplichtingen", 200)["results"]
    proef.doe("GET", f"/verplichtingen/{eerste['id']}/vrijvallen", 200)
    proef.doe("GET", f"/verplichtingen/{GEEN}/vrijvallen", 404)
    for pad in (
        "/verplichtingen/x/vrijvallen",
        "/uitgaven/x/betaling",
        "/uitgaven/x/storno",
        "/overhevelingen/x/onttrekking",
        "/jaarafsluitingen/x/bestemming",
        "/fondsen/ggu/vrije-ruimte",
    ):
        proef.doe("GET", pad, 400)
    for pad in ("/jaarafsluitingen/ggu-2016", "/jaarafsluitingen/ggu-2016/bestemming", "/fondsen/ggu/vrije-ruimte?jaar=2018"):
        proef.doe("GET", pad, 200)
        proef.doe("GET", pad, 403, als=zonder)
    proef.doe("GET", "/fondsen/ggu/vrije-ruimte?jaar=2001", 404)


def vullen(proef: Proef) -> None:
    """Two of everything, in years of their own: commitments with releases, uitgaven that were paid and undone, what was carried
    over, and closed years of which something goes back to gemeenten."""
    assert proef.context is not None
    for jaar in (2016, 2017):
        neem_aan(proef, jaar)
    for jaar, cent in ((2016, 31_111), (2017, 42_222)):
        voor = verplichting((jaar, cent, 0), leverancier=f"Geheime leverancier {jaar} BV", omschrijving=f"Geheim werk {jaar}")
        voor["voorziening"] = {"bron": "catalogus", "pad": MAG}
        id = proef.doe("POST", "/verplichtingen", 202, json=voor)["id"]
        with proef.context.work(Actor()) as work:
            grond = BronGrondslag.model_validate(
                {"toegestaan": True, "uitleg": "Proef", "besluiten": [gegeven(BESTUUR).model_dump() | {"datum": "2017-11-29"}]}
            )
            verplichting_service.toestaan(work, uuid.UUID(id), grond)
        for deel in (10_007, 10_009):
            vrij = {"jaar": jaar, "bedragCent": deel, "btwCent": 0, "reden": f"Minder nodig in {jaar} ({deel})"}
            proef.doe("POST", f"/verplichtingen/{id}/vrijvallen", 201, json=vrij)
        rest = cent - 20_016
        uitgave = proef.doe("POST", "/uitgaven", 201, json=factuur(id, rest, 0, jaar, factuurnummer=f"Geheim-{jaar}"))["id"]
        proef.doe("POST", f"/uitgaven/{uitgave}/betaling", 201, json={"boekdatum": "2018-01-15"})
        terug = {"boekdatum": f"{jaar}-12-30", "reden": f"Teruggedraaid in {jaar}"}
        proef.doe("POST", f"/uitgaven/{uitgave}/storno", 201, json=terug)
        proef.doe(
            "POST", f"/verplichtingen/{id}/vrijvallen", 201, json={"jaar": jaar, "bedragCent": rest, "btwCent": 0, "reden": "x"}
        )
        over = {**OVER, **POST, "jaar": jaar, "bedragCent": 10_000 + jaar, "reden": f"Geheime reden van {jaar}"}
        gevraagd = proef.doe("POST", "/overhevelingen", 202, json=over)["id"]
        with proef.context.work(Actor()) as work:
            overheveling.vaststellen(work, uuid.UUID(gevraagd), gegeven(BESTUUR))
    for jaar in (2016, 2017):
        boek(proef, jaar)
        gesloten = proef.doe("POST", "/jaarafsluitingen", 201, json={"fonds": "ggu", "jaar": jaar})
        _keer_uit(proef, jaar, gesloten["resultaatCent"])


def _keer_uit(proef: Proef, jaar: int, resultaat: int) -> None:
    """What the job of a resultaat stores, with a key of our own: there are no bijdragen over these years."""
    bestem = {"uitkerenCent": 0, "boekdatum": "2018-01-15", "besluit": verwijs(LEDEN)}
    pad = f"/jaarafsluitingen/ggu-{jaar}/bestemming"
    proef.doe("POST", pad, 202, als=proef.kop("ledenvergadering"), json=bestem)
    delen = {"GM0003": 12_000 + jaar, "GM0363": 13_000 + jaar, "GM0518": 14_000 + jaar}
    samen = sum(delen.values())
    assert proef.context is not None
    with proef.context.work(Actor()) as work:
        rij = jaareinde.lock_bestemming(work.session, "ggu", jaar)
        assert rij is not None
        regels = [Regel("0900", resultaat), Regel("1310", -samen), Regel("0500", samen - resultaat)]
        rij.boeking = boekingen.boeken_eigen(work, [EigenBoeking("ggu", rij.boekdatum, "Proef", f"/v1{pad}", regels)])[0]
        rij.uitkeren_cent, rij.reserve_cent = samen, resultaat - samen
        rij.status, rij.vastgesteld_op = "vastgesteld", work.clock.now()
        work.session.flush()
        rijen = [{"fonds": "ggu", "jaar": jaar, "gemeentecode": code, "bedrag_cent": cent} for code, cent in delen.items()]
        jaareinde.insert_uitkeringen(work.session, rijen)
        work.record(action="resultaat.bestemmen", subject=f"/v1{pad}", change={})
