"""The main job, and the catalogue's journey after it, as their users do it: every call goes through an Outway, and nothing
reaches into a service directly."""

from __future__ import annotations

import fcntl
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from gemeengoed_lokaal import auditfiles, bank, begrotingen, besteding, betalingen
from gemeengoed_lokaal import facturen as stukken
from gemeengoed_lokaal.catalogus import bestanden, maak_reis
from gemeengoed_lokaal.deelnemers import DEELNEMERS
from gemeengoed_lokaal.gebruiker import Gebruiker, Mislukt, Stopwatch
from gemeengoed_lokaal.stack import Melding, Stack, nieuwe_stack
from gemeengoed_lokaal.verslag import Voortgang, toon, toon_bestanden

JAAR = 2018
G4 = ("GM0363", "GM0344", "GM0518", "GM0599")
"""Amsterdam, Utrecht, Den Haag, Rotterdam: they have a Luisterend Oor of their own (BALV 30-11-2016, voorstel D)."""
FACTUURDATUM, BETAALDATUM = date(2018, 1, 15), date(2018, 2, 15)
GEMAAKT = ("resultaat.json", "begrotingsverschillen.json", "*.svg", "*.pdf", "facturen/*", "betalingen/*", "auditfile/*")
"""What a demo leaves in its folder for who reads it."""


def draai(console: Console, map_: Path) -> int:
    """Run everything, unless a demo runs in this folder already; returns the exit code."""
    map_.mkdir(parents=True, exist_ok=True)
    with open(map_ / "slot", "w") as slot:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("Hier draait al een demo; wacht tot die klaar is.")
            return 1
        return _draai(console, map_)


def _draai(console: Console, map_: Path) -> int:
    stack, duur = nieuwe_stack(map_), Stopwatch()
    for patroon in GEMAAKT:
        for oud in map_.glob(patroon):
            oud.unlink()
    try:
        with Voortgang(console) as voortgang:
            with duur.meet("opstarten"):
                stack.start(voortgang.meld)
            uitkomst = alles(stack, voortgang.meld, duur)
            with duur.meet("bestanden"):
                gemaakt = bestanden(stack)
            with duur.meet("e-facturen"):
                uitkomst["eFacturen"] = stukken.haal_op(stack, map_ / "facturen", JAAR, voortgang.meld)
            betalingen.haal_op(stack, map_ / "betalingen")
            with duur.meet("auditfiles"):
                uitkomst["auditfiles"] = auditfiles.haal_op(stack, map_ / "auditfile", JAAR)
        with duur.meet("stoppen"):
            stack.stop()
        uitkomst["duurSeconden"] = duur.seconden
        for naam, inhoud in gemaakt.items():
            (map_ / naam).write_bytes(inhoud)
        verschillen = ("begrotingsverschillen.json", uitkomst["begrotingsverschillen"])
        for naam, gegevens in (("resultaat.json", uitkomst), verschillen):
            (map_ / naam).write_text(json.dumps(gegevens, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        toon(console, uitkomst)
        toon_bestanden(console, [*gemaakt, *(f"auditfile/{naam}" for naam in uitkomst["auditfiles"])])
        return 0
    finally:
        stack.stop()


def alles(stack: Stack, meld: Melding, duur: Stopwatch) -> dict[str, Any]:
    """The main job, the begrotingen of the papers and what is spent of one, and then the catalogue's journey, which cannot touch
    its figures any more.

    Returns:
        content of resultaat.json, and of begrotingsverschillen.json by that name.
    """
    uitkomst, peilingen = hoofdtaak(stack, meld, duur)
    with duur.meet("begrotingen"):
        uitkomst["begrotingen"], uitkomst["begrotingsverschillen"], nog = begrotingen.neem_aan(stack, meld)
    with duur.meet("besteding en getuige"):
        uitkomst["besteding"] = besteding.besteed(stack, meld)
    with duur.meet("catalogus"):
        uitkomst["catalogus"] = maak_reis(stack, meld)
    return {**uitkomst, "gateway": tel_aanroepen(stack, zonder=peilingen + nog)}


def hoofdtaak(stack: Stack, meld: Melding, duur: Stopwatch) -> tuple[dict[str, Any], int]:
    """The facturatieronde 2018 and the steps that follow. It works out the decision; it is not a record of history (see
    `verslag.HERKOMST`).

    Returns:
        (what came of it, number of calls that only polled).
    """
    bureau, fonds = Gebruiker(stack, "administratiebureau", "abonnement"), Gebruiker(stack, "vng", "fonds")
    catalogus = Gebruiker(stack, "administratiebureau", "catalogus")
    fiatteur = Gebruiker(stack, "administratiebureau", "abonnement-fiatteur")
    with duur.meet("abonnementen"):
        sluit_abonnementen(bureau, meld)
    with duur.meet("factuurgegevens"):
        stukken.stel_in(bureau, catalogus)
    with duur.meet("facturatieronde"):
        ronde = factureer(bureau, fiatteur, meld)
        facturen = bureau.alle(f"/v1/facturen?jaar={JAAR}&pageSize=500")
    with duur.meet("bankafschrift"):
        lees_afschrift(bureau, facturen, meld)
    with duur.meet("verdeling"):
        verdeling = verdeel(bureau, fiatteur, meld)
    stand = bureau.vraag(f"/v1/verantwoording/stand?jaar={JAAR}")
    with duur.meet("betalingen"):
        betaald = betalingen.betaal(bureau, fiatteur, verdeling, meld)
    with duur.meet("bijdragen"):
        bijdragen = bereken_bijdragen(fonds, meld)
    bekijk_eigen_facturen(stack)
    balans = fonds.vraag("/v1/fondsen/derdengelden/saldibalans")
    bedragen = sorted(bijdragen, key=lambda b: b["bedragCent"])
    uitkomst = {
        "facturen": {
            "aantal": ronde["aantalFacturen"],
            "totaalCent": ronde["totaalCent"],
            "perDienstCent": ronde["perDienstCent"],
            "eersteNummer": facturen[0]["nummer"],
            "laatsteNummer": facturen[-1]["nummer"],
        },
        "ontvangen": stand["ontvangenCent"],
        "openstaand": stand["openstaandCent"],
        "nietGekoppeld": stand["nietGekoppeldCent"],
        "verdeeld": {regel["aanbieder"]: regel["bedragCent"] for regel in stand["verdeeld"]},
        "nogTeVerdelen": stand["nogTeVerdelenCent"],
        "betalingen": betaald,
        "grootboek": {"aantalBoekingen": balans["aantalBoekingen"], "saldoTotaalCent": balans["saldoTotaalCent"]},
        "bijdragen2020": {
            "aantal": len(bijdragen),
            "totaalCent": sum(b["bedragCent"] for b in bijdragen),
            "hoogste": {"naam": bedragen[-1]["gemeentenaam"], "bedragCent": bedragen[-1]["bedragCent"]},
            "laagste": {"naam": bedragen[0]["gemeentenaam"], "bedragCent": bedragen[0]["bedragCent"]},
        },
    }
    return uitkomst, bureau.peilingen + fonds.peilingen


def sluit_abonnementen(bureau: Gebruiker, meld: Melding) -> None:
    """A subscription 2018-2021 for every gemeente of 1-1-2018; for the G4 without Luisterend Oor."""
    aanmelding = {
        "begindatum": "2018-01-01",
        "einddatum": "2021-12-31",
        "pakket": "volledig",
        "uitzonderingen": [{"gemeentecode": code, "pakket": "zonder-luisterend-oor"} for code in G4],
    }
    meld("Abonnementen", 0, 1)
    bureau.volg(bureau.doe("/v1/collectieve-aanmeldingen", json=aanmelding), "verwerkt")
    meld("Abonnementen", 1, 1)


def factureer(bureau: Gebruiker, fiatteur: Gebruiker, meld: Melding) -> dict[str, Any]:
    """Look at what the round would be, ask for it, let somebody else approve it, and wait until every invoice is booked in fonds.
    Returns the round."""

    def toon_voortgang(ronde: dict[str, Any]) -> None:
        voortgang = ronde["voortgang"]
        meld("Facturen maken", ronde["aantalFacturen"], ronde["aantalFacturen"] or voortgang["totaal"])
        if voortgang["stap"] == "boeken":
            meld("Facturen boeken", voortgang["gedaan"], voortgang["totaal"])

    meld("Ronde voorvertonen", 0, 1)
    bekeken = bureau.volg(bureau.doe("/v1/voorvertoningen", json={"jaar": JAAR}), "berekend")
    meld("Ronde voorvertonen", 1, 1)
    wens = {"jaar": JAAR, "factuurdatum": FACTUURDATUM.isoformat(), "voorvertoning": bekeken["id"]}
    pad = bureau.doe("/v1/facturatierondes", json=wens)
    bureau.volg(pad, "voorgesteld")
    keur_goed(fiatteur, pad, meld)
    return bureau.volg(pad, "geboekt", toon_voortgang)


def keur_goed(fiatteur: Gebruiker, pad: str, meld: Melding) -> None:
    """The second pair of eyes approves the round that was proposed."""
    meld("Ronde goedkeuren", 0, 1)
    voorstel = fiatteur.vraag(fiatteur.vraag(pad)["voorstel"])
    if voorstel["overschrijdingen"]:
        raise Mislukt(f"the round passes bounds: {voorstel['overschrijdingen']}")
    fiatteur.zet("POST", f"{pad}/goedkeuringen", {"voorstel": voorstel["id"], "naam": "Tweede medewerker (test)"})
    meld("Ronde goedkeuren", 1, 1)


def lees_afschrift(bureau: Gebruiker, facturen: list[dict[str, Any]], meld: Melding) -> None:
    """Send in the bank's statement; its receipts are matched and booked."""
    afschrift = bank.afschrift(bank.bijschrijvingen(facturen), nummer="2018-046", dag=BETAALDATUM)
    pad = bureau.doe("/v1/bankafschriften", content=afschrift, headers={"Content-Type": "application/xml"})
    bureau.volg_boekingen(pad, "Ontvangsten boeken", meld)


def verdeel(bureau: Gebruiker, fiatteur: Gebruiker, meld: Melding) -> str:
    """Divide the received money over the foundations: one proposes, another fixes it. Returns the path of the distribution."""
    pad = bureau.doe("/v1/verdelingen", json={"totEnMet": BETAALDATUM.isoformat()})
    fiatteur.zet("POST", f"{pad}/vaststellingen")
    bureau.volg_boekingen(pad, "Verdeling boeken", meld)
    return pad


def bereken_bijdragen(fonds: Gebruiker, meld: Melding) -> list[dict[str, Any]]:
    """The GGU contributions of 2020."""
    meld("Bijdragen GGU 2020", 0, 1)
    fonds.volg(fonds.doe("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}), "vastgesteld")
    meld("Bijdragen GGU 2020", 1, 1)
    return fonds.alle("/v1/bijdragen?fonds=ggu&jaar=2020&pageSize=500")


def bekijk_eigen_facturen(stack: Stack) -> None:
    """Check that the test gemeente and its supplier see exactly one invoice: the gemeente's own."""
    for deelnemer in ("gemeente", "leverancier"):
        facturen = Gebruiker(stack, deelnemer, "abonnement").alle(f"/v1/facturen?jaar={JAAR}")
        if len(facturen) != 1:
            raise Mislukt(f"{deelnemer} sees {len(facturen)} invoices instead of its one")


def tel_aanroepen(stack: Stack, *, zonder: int) -> dict[str, int]:
    """Calls through the Outways as nginx logged them, and the transaction log's records in both directions.

    nginx writes its log line just after the caller has its answer, so the last lines may be slightly late.

    Args:
        zonder: number of calls that only polled for progress; not counted, so that the same work gives the same figures.
    """
    sinds = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    tellingen = [stack.beheer.vraag("GET", f"/peers/{d.oin}/transactions/aantal", van=sinds) for d in DEELNEMERS.values()]
    uit, in_ = sum(t["uitgaand"] for t in tellingen), sum(t["inkomend"] for t in tellingen)
    einde = time.monotonic() + 3
    while (aanroepen := _regels(stack.run_map / "outway-access.log")) != uit and time.monotonic() < einde:
        time.sleep(0.05)
    return {
        "aantalAanroepen": aanroepen - zonder,
        "aantalLogregelsUit": uit - zonder,
        "aantalLogregelsIn": in_ - zonder,
    }


def _regels(log: Path) -> int:
    return len(log.read_text(encoding="utf-8").splitlines())
