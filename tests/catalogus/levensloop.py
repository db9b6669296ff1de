"""The life of a voorziening to test with: who may do what, and the way from initiatief to beheer."""

from __future__ import annotations

from typing import Any

from tests.catalogus.besluiten import Gremia

BEHEERDER, TASKFORCE = "00000099000000000005", "00000099000000000021"
LEVERANCIER, VERBAND = "00000099000000000031", "00000099000000000032"
UTRECHT, AMSTERDAM, GRONINGEN = "GM0344", "GM0363", "GM0014"
IDEE = {
    "titel": "Eén proef (test)",
    "probleem": "Er wordt te weinig beproefd (test).",
    "voorstel": "Samen beproeven (test).",
    "domein": "generiek",
}
VOORZIENING = {
    "naam": "Proefvoorziening (test)",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Voor deze test.",
    "bronvermelding": "Verzonnen (test)",
}
GEVOLG = {"omvang": "klein", "toelichting": "Valt mee (test)."}
ANALYSE = {
    "datum": "2018-01-12",
    "it": GEVOLG,
    "werkproces": GEVOLG,
    "veranderkundig": GEVOLG,
    "personeel": GEVOLG,
    "kostenEenmaligCent": 150000,
    "kostenEnBaten": "Kost weinig (test).",
    "conclusie": "positief",
    "onderbouwing": "Het kan (test).",
}
AFGEROND = {
    "status": "afgerond",
    "eind": "2018-01-11",
    "geslaagd": True,
    "resultaat": "Het werkte (test).",
    "lessen": ["Klein beginnen."],
}


class Levensloop:
    """Callers by role, and steps that must succeed unless another status is named."""

    def __init__(self, client: Any, issuer: Any) -> None:
        self.client, self.issuer, self.gremia = client, issuer, Gremia(client, issuer)
        self.beheer = issuer.headers(BEHEERDER, "catalogusbeheer")
        self.taskforce = issuer.headers(TASKFORCE, "taskforce")

    def gemeente(self, code: str = UTRECHT) -> dict[str, str]:
        return self.issuer.headers(f"0000009900000000{code[2:]}", "gemeente", properties={"gemeentecode": code})

    def leverancier(self, code: str = UTRECHT, *, gedelegeerd: bool = True) -> dict[str, str]:
        namens = f"0000009900000000{code[2:]}" if gedelegeerd else None
        return self.issuer.headers(LEVERANCIER, "leverancier", delegator_id=namens, properties={"gemeentecode": code})

    def verband(self, code: str = "proefverband", leden: tuple[str, ...] = (UTRECHT, AMSTERDAM)) -> dict[str, str]:
        """Headers of a samenwerkingsverband, that is put down with these members."""
        invoer = {"code": code, "naam": "Proefverband (test)", "vanaf": "2017-01-01", "leden": leden}
        self.doe("POST", "/samenwerkingsverbanden", 201, json=invoer)
        return self.issuer.headers(VERBAND, "samenwerkingsverband", properties={"samenwerkingsverband": code})

    def doe(self, methode: str, pad: str, status: int = 200, als: Any = None, versie: int | None = None, **inhoud: Any) -> Any:
        kop = {**(self.beheer if als is None else als), **({} if versie is None else {"If-Match": f'"{versie}"'})}
        antwoord = self.client.request(methode, f"/v1{pad.removeprefix('/v1')}", headers=kop, **inhoud)
        assert antwoord.status_code == status, f"{methode} {pad}: {antwoord.status_code} {antwoord.text}"
        return antwoord.json() if antwoord.content else None

    def voorziening(self, code: str = "proef", fase: str | None = "initiatief", **anders: Any) -> str:
        """Its code; published, and in a phase that is not known or initiatief."""
        nieuw = {**VOORZIENING, "code": code, "publicatiestatus": "gepubliceerd", **anders}
        self.doe("POST", "/voorzieningen", 201, json=nieuw)
        if fase:
            self.naar(code, fase, gebeurtenis="Begonnen (test).")
        return code

    def naar(self, code: str, naar: str, status: int = 201, stap: str | None = None, **gronden: Any) -> Any:
        """Another phase, in the version that holds now; `reden` and `datum` are no ground."""
        meer = {naam: gronden.pop(naam) for naam in ("reden", "datum") if naam in gronden}
        versie = self.doe("GET", f"/voorzieningen/{code}")["versie"]
        invoer = {"naar": naar, "grondslag": gronden, **meer, **({"stap": stap} if stap else {})}
        return self.doe("POST", f"/voorzieningen/{code}/faseovergangen", status, versie=versie, json=invoer)

    def pilot(self, code: str = "proef", status: str = "afgerond") -> str:
        """Its id."""
        nieuw = {"voorziening": code, "naam": "Proef (test)", "doel": "Zien (test).", "begin": "2017-12-01", "eind": "2018-02-01"}
        id = self.doe("POST", "/pilots", 201, json=nieuw)["id"]
        if status != "gepland":
            self.doe("PUT", f"/pilots/{id}/deelnemers/{UTRECHT}", als=self.gemeente())
            self.doe("PATCH", f"/pilots/{id}", versie=1, json={"status": "loopt"})
        if status == "afgerond":
            self.doe("PATCH", f"/pilots/{id}", versie=2, json=AFGEROND)
        return id

    def analyse(self, code: str, *pilots: str, status: int = 201, **anders: Any) -> Any:
        pad = f"/voorzieningen/{code}/impactanalyses"
        return self.doe("POST", pad, status, json={**ANALYSE, "pilots": pilots, **anders})

    def tot(self, fase: str, code: str = "proef") -> str:
        """A voorziening that went all the way to a phase: its code."""
        self.voorziening(code)
        if fase == "initiatief":
            return code
        pilot = self.pilot(code)
        self.naar(code, "pilot", pilot=pilot)
        if fase == "pilot":
            return code
        self.naar(code, "impactanalyse", pilot=pilot)
        self.analyse(code, pilot)
        if fase == "impactanalyse":
            return code
        self.naar(code, "opschaling", besluit=self.besluit("opschaling", code))
        if fase == "opschaling":
            return code
        beheer = self.besluit("in beheer nemen", code)
        self.naar(code, "opschaling", stap="starten", gebeurtenis="De eerste gemeenten gebruiken haar (test).")
        self.naar(code, "opschaling", stap="doorlopen", besluit=beheer)
        self.naar(code, "in beheer", besluit=beheer)
        return code

    def besluit(self, soort: str, code: str = "proef", **anders: Any) -> str:
        """The id of a besluit of the bestuur that follows an advies of the College."""
        return self.gremia.met_advies(soort, voorzieningen=[code], **anders)["id"]


def fouten(probleem: dict[str, Any]) -> set[tuple[str, str]]:
    return {(fout["name"], fout["code"]) for fout in probleem["invalidParams"]}


def soort(probleem: dict[str, Any]) -> str:
    return probleem["type"].rpartition("/")[2]
