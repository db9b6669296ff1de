"""Outcomes of the abonnement API about rounds: previewed, bounded, proposed, decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.contract.proef import Proef

GEEN = "0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"
GRENZEN = {
    "perFactuurCent": 10**9,
    "totaalCent": 10**10,
    "gemeenteProcent": 50,
    "totaalProcent": 50,
    "voorvertoningCent": 0,
    "bron": "Proef",
}


def keur_goed(proef: Proef, jaar: int) -> None:
    """Somebody else approves the proposal of a round."""
    ronde = proef.doe("GET", f"/facturatierondes/{jaar}", 200)
    inhoud = {
        "voorstel": ronde["voorstel"].rpartition("/")[2],
        "naam": "Tweede paar ogen (test)",
        "aanvaard": [over["grens"] for over in ronde["overschrijdingen"]],
        "toelichting": "Zo bedoeld (test)",
    }
    proef.doe("POST", f"/facturatierondes/{jaar}/goedkeuringen", 200, als=proef.kop("fiatteur"), json=inhoud)


def voor_de_ronde(proef: Proef, werk: Callable[[Proef], Any]) -> None:
    """Bounds and previews."""
    fiatteur = proef.kop("fiatteur")
    proef.doe("PUT", "/facturatiegrenzen/2018", 200, als=fiatteur, json=GRENZEN)
    proef.doe("PUT", "/facturatiegrenzen/2018", 400, als=fiatteur, json={**GRENZEN, "totaalCent": 0})
    proef.doe("GET", "/facturatiegrenzen", 200)
    proef.doe("GET", "/facturatiegrenzen?page=0", 400)
    gemaakt = proef.doe("POST", "/voorvertoningen", 202, json={"jaar": 2018})
    pad = f"/voorvertoningen/{gemaakt['id']}"
    werk(proef)
    assert proef.doe("GET", pad, 200)["status"] == "berekend"
    for soort, inhoud in (
        ("geen-tarief", {"jaar": 2036}),
        ("geen-abonnementen", {"jaar": 2040}),
        ("onbekende-voorvertoning", {"jaar": 2018, "vergelekenMet": GEEN}),
    ):
        assert proef.doe("POST", "/voorvertoningen", 409, json=inhoud)["type"] == f"/v1/problemen/{soort}"
    proef.doe("POST", "/voorvertoningen", 400, json={"jaar": "x"})
    proef.doe("GET", f"{pad}/regels?reden=nieuw", 200)
    proef.doe("GET", "/voorvertoningen", 200)
    for waar, status in (("x", 400), (GEEN, 404)):
        proef.doe("GET", f"/voorvertoningen/{waar}", status)
        proef.doe("GET", f"/voorvertoningen/{waar}/regels", status)
    proef.doe("GET", "/voorvertoningen?page=0", 400)
    proef.doe("GET", f"{pad}/regels?page=0", 400)


def besluiten(proef: Proef, werk: Callable[[Proef], Any], ronde: dict[str, Any]) -> None:
    """A round that waits: not judged yet, rejected, asked for again, and approved."""
    fiatteur, pad = proef.kop("fiatteur"), f"/facturatierondes/{ronde['jaar']}"
    keur, wijs_af = {"voorstel": GEEN, "naam": "Proef"}, {"naam": "Proef", "toelichting": "Proef"}
    for waar, status in (("/facturatierondes/x", 400), ("/facturatierondes/2033", 404), (pad, 409)):
        proef.doe("POST", f"{waar}/goedkeuringen", status, als=fiatteur, json=keur)
        proef.doe("POST", f"{waar}/afwijzingen", status, json=wijs_af)
    werk(proef)
    assert proef.doe("POST", f"{pad}/goedkeuringen", 409, als=fiatteur, json=keur)["type"].endswith("/ander-voorstel")
    proef.doe("POST", f"{pad}/goedkeuringen", 400, als=fiatteur, json={})
    proef.doe("POST", f"{pad}/afwijzingen", 400, json={})
    proef.doe("POST", f"{pad}/afwijzingen", 200, json=wijs_af)
    krap = {**GRENZEN, "totaalCent": 1}
    proef.doe("PUT", f"/facturatiegrenzen/{ronde['jaar']}", 200, als=fiatteur, json=krap)
    keur["voorstel"] = proef.doe("POST", "/facturatierondes", 202, json=ronde)["voorstel"].rpartition("/")[2]
    werk(proef)
    assert proef.doe("POST", f"{pad}/goedkeuringen", 409, als=fiatteur, json=keur)["grenzen"] == ["totaal"]
    keur |= {"aanvaard": ["totaal"], "toelichting": "Proef"}
    wijze = f"/verkoopwijzen/{ronde['jaar']}"
    proef.doe("PUT", wijze, 200, json={"wijze": "stichtingen", "bron": "proef"})
    assert proef.doe("POST", f"{pad}/goedkeuringen", 409, als=fiatteur, json=keur)["type"].endswith("/voorstel-achterhaald")
    proef.doe("PUT", wijze, 200, json={"wijze": "bureau", "bron": "proef"})
    keur_goed(proef, ronde["jaar"])
    werk(proef)


def een_tegelijk(proef: Proef, werk: Callable[[Proef], Any]) -> None:
    """Two years wait; only one is invoiced at a time."""
    besluit = proef.doe("GET", "/tariefbesluiten/proefbesluit", 200)
    invoer = proef.telling.document["components"]["schemas"]["NieuwTariefbesluit"]["properties"]
    nieuw = {**{naam: besluit[naam] for naam in invoer}, "id": "een-tegelijk", "eersteJaar": 2019, "laatsteJaar": 2020}
    proef.doe("POST", "/tariefbesluiten", 201, json=nieuw)
    alle = proef.outway.gemeenten
    for jaar in (2019, 2020):
        proef.outway.per_dag[f"{jaar}-01-01"] = [{**g, "inwoners": {**g["inwoners"], "peildatum": f"{jaar}-01-01"}} for g in alle]
        ronde = {"jaar": jaar, "factuurdatum": "2019-01-10", "tariefbesluit": nieuw["id"]}
        proef.doe("POST", "/facturatierondes", 202, json=ronde)
    werk(proef)
    keur_goed(proef, 2019)
    wacht = proef.doe("GET", "/facturatierondes/2020", 200)
    keur = {
        "voorstel": wacht["voorstel"].rpartition("/")[2],
        "naam": "Proef",
        "aanvaard": [over["grens"] for over in wacht["overschrijdingen"]],
        "toelichting": "Proef",
    }
    pad = "/facturatierondes/2020/goedkeuringen"
    assert proef.doe("POST", pad, 409, als=proef.kop("fiatteur"), json=keur)["type"].endswith("/andere-ronde-bezig")
