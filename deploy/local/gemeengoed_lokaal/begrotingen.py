"""The begrotingen of both papers, as their users handle them: the fund manager reads the tables in, differences are accepted by
name, and the members adopt them by a besluit in catalogus, which fonds asks for itself. Every call goes through an Outway.

The tables are those of the papers. Who accepts a difference, and the besluiten, are invented: each text ends in "(proef)".
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from gemeengoed_kit.clock import SystemClock, today

from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Melding, Stack

STAP = "Begrotingen van 2017 en 2020"
PAPIEREN = {
    "2017": {
        "eenheidEuro": 1,
        "titel": "Begroting 2017 (proef)",
        "bronvermelding": "VNG, BALV 30-11-2016, voorstel B, p. 19",
    },
    "2020": {
        "eenheidEuro": 1000,
        "titel": "Hoofdlijnenbegroting 2020 (proef)",
        "bronvermelding": "VNG, Meerjarenprogramma GGU 2020-2024, p. 32",
    },
}
AANVAARD = {"naam": "Fondsbeheerder (proef)", "reden": "De regels gelden; de som is in de bron verkeerd opgeteld (proef)."}


def neem_aan(stack: Stack, meld: Melding) -> tuple[dict[str, Any], list[dict[str, Any]], int]:
    """Both tables, from paper to adoption.

    Returns:
        (what came of each, for resultaat.json; every difference, for begrotingsverschillen.json, in the unit of its source;
        number of calls that only polled).
    """
    beheerder, leden = Gebruiker(stack, "vng", "fonds"), Gebruiker(stack, "vng", "fonds-ledenvergadering")
    besluiten = Gebruiker(stack, "vng", "ledenvergadering")
    uitkomst: dict[str, Any] = {}
    verschillen: list[dict[str, Any]] = []
    for bron in PAPIEREN:
        meld(STAP, len(uitkomst), len(PAPIEREN))
        pad = _lees_in(beheerder, bron)
        verslag = beheerder.vraag(f"{pad}/verschillen")["verschillen"]
        verschillen += [_verschil(bron, een) for een in verslag]
        open_ = [een["verschil"] for een in verslag if not een["afronding"]]
        for naam in open_:
            beheerder.zet("POST", f"{pad}/aanvaardingen", {"verschil": naam, **AANVAARD})
        besluit = _besluit(besluiten, bron)
        leden.zet("POST", f"{pad}/vaststellingen", {"besluit": {"bron": "catalogus", "pad": besluit}})
        uitkomst[bron] = {"begroting": pad, "besluit": besluit, "aanvaard": open_}
    for een in uitkomst.values():
        een["status"] = beheerder.volg(een["begroting"], "vastgesteld")["status"]
    meld(STAP, len(PAPIEREN), len(PAPIEREN))
    return uitkomst, verschillen, beheerder.peilingen


def _lees_in(beheerder: Gebruiker, bron: str) -> str:
    tabel = files("fonds_api.begroting").joinpath("bron", f"ggu-{bron}.csv").read_text(encoding="utf-8")
    wat = {"fonds": "ggu", "jaar": bron, "soort": "kaderbegroting", **PAPIEREN[bron]}
    gelezen = beheerder.zet("POST", f"/v1/begrotingen?{urlencode(wat)}", tabel)
    return f"/v1/begrotingen/{gelezen['id']}"


def _besluit(leden: Gebruiker, bron: str) -> str:
    """A positive kaderbesluit of the members, of today; returns its path."""
    inhoud = {
        "gremium": "ALV",
        "soort": "kaderbesluit",
        "datum": today(SystemClock()).isoformat(),
        "uitkomst": "positief",
        "voorzieningen": [],
        "titel": f"Kaderbegroting {bron} (proef)",
        "tekst": f"De kaderbegroting {bron} wordt vastgesteld (proef).",
        "bronvermelding": "Verzonnen voor deze demo (proef)",
    }
    return leden.doe("/v1/besluiten", json=inhoud, headers={"Idempotency-Key": f"demo-kaderbegroting-{bron}"})


def _verschil(bron: str, een: dict[str, Any]) -> dict[str, Any]:
    return {
        "bron": bron,
        "waar": een["verschil"],
        "vermeld": een["opgegeven"],
        "berekend": een["berekend"],
        "doorAfronding": een["afronding"],
    }
