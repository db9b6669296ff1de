"""The Outway of abonnement, with a catalogus of the real CBS figures and a ledger behind it."""

from __future__ import annotations

import threading
import uuid
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.abonnement.fondsindex import Fondsindex
from tests.bron import Antwoord, HttpBron, Vraag
from tests.cbs import alle_gemeenten, gemeenten_op, herindelingen

PROBLEEM = {"Content-Type": "application/problem+json"}
ALIASES = {"catalogus": "catalogus.gemeengoed.test", "fonds": "fonds.gemeengoed.test"}


class Outway(HttpBron):
    """What jobs reach. `gemeenten` (of the day that is asked for; `per_dag`: those of one peildatum), `alle` and `herindelingen`
    may be changed by a test, and `storing` makes a source answer with a status, or the gateway in its place."""

    def __init__(self) -> None:
        self.gemeenten = gemeenten_op("2018-01-01")
        self.alle = alle_gemeenten()
        self.herindelingen = herindelingen("2100-01-01")
        self.storing: dict[str, int] = {}
        self.van_de_gateway = False
        self.boekingen: dict[str, dict] = {}
        self.sleutels: dict[str, str] = {}
        self.keren = 0
        self.sleutels_samen: dict[str, dict] = {}
        self.samen: list[int] = []
        self.per_dag: dict[str, list[dict]] = {}
        self.vreemde_sleutels: set[str] = set()
        self.paden: dict[str, str] = {}
        self.index = Fondsindex()
        self.verzonnen: list[dict] = []
        self.anders: dict = {}
        self.vragen = 0
        self.ontvangen = threading.Semaphore(0)
        self._slot = threading.Lock()
        super().__init__()

    def antwoord(self, vraag: Vraag) -> Antwoord:
        if vraag.methode == "POST" and vraag.pad == "/v1/boekingen/bulk":
            return self.fonds_samen(vraag.host, vraag.sleutel, vraag.inhoud["boekingen"])
        if vraag.methode == "POST":
            return self.fonds(vraag.host, vraag.sleutel, vraag.inhoud)
        if vraag.host == ALIASES["fonds"] and vraag.pad.startswith("/v1/index"):
            return self.index.antwoord(vraag.pad, self.storing.get("fonds"))
        if vraag.host == ALIASES["fonds"]:
            return self.boekingen_van(vraag.pad) if "?" in vraag.pad else self.boeking(vraag.pad)
        self.vragen += 1
        return self.catalogus(vraag.host, vraag.pad)

    def catalogus(self, host: str, pad: str) -> Antwoord:
        """A page of gemeenten, 150 at most, so that clients must follow `next`."""
        if "catalogus" in self.storing:
            kop = {"Fsc-Error-Code": "UNKNOWN_GRANT_HASH_IN_HEADER"} if self.van_de_gateway else {}
            return Antwoord(self.storing["catalogus"], {"status": self.storing["catalogus"], "detail": "storing"}, kop)
        delen = urlsplit(pad)
        if host != ALIASES["catalogus"] or delen.path not in ("/v1/gemeenten", "/v1/herindelingen"):
            return Antwoord(404, {"detail": f"{host}{pad}"})
        vraag = parse_qs(delen.query)
        pagina = int(vraag.get("page", ["1"])[0])
        if delen.path == "/v1/herindelingen":
            lijst = [een for een in self.herindelingen if een["ingangsdatum"] < vraag["tot"][0]]
        elif "geldigOp" in vraag:
            lijst = self.per_dag.get(vraag.get("peildatum", [""])[0], self.gemeenten)
        else:
            lijst = self.alle
        deel = lijst[(pagina - 1) * 150 : pagina * 150]
        volgende = f"{delen.path}?{urlencode({**{naam: waarden[0] for naam, waarden in vraag.items()}, 'page': pagina + 1})}"
        laatste = pagina * 150 >= len(lijst)
        pagina_ = {"count": len(lijst), "next": None if laatste else volgende, "previous": None, "results": deel}
        return Antwoord(200, pagina_)

    def fonds(self, host: str, sleutel: str | None, inhoud: dict) -> Antwoord:
        """Book once per key and once per source document, as fonds does; refuse what does not balance."""
        self.ontvangen.release()
        if "fonds" in self.storing:
            return Antwoord(self.storing["fonds"], {"status": self.storing["fonds"], "detail": "storing"}, PROBLEEM)
        if host != ALIASES["fonds"] or sum(r["bedragCent"] for r in inhoud["regels"]) or len(inhoud["regels"]) < 2:
            return Antwoord(409, {"status": 409, "detail": "niet in evenwicht"}, PROBLEEM)
        with self._slot:
            assert sleutel is not None
            if sleutel in self.vreemde_sleutels:
                return Antwoord(
                    409, {"type": "https://fonds.example/problemen/idempotentiesleutel-hergebruikt", "status": 409}, PROBLEEM
                )
            if sleutel not in self.sleutels:
                if inhoud["bron"]["pad"] in self.boekingen:
                    probleem = {"type": "https://fonds.example/problemen/brondocument-al-geboekt", "status": 409}
                    al = {**probleem, "detail": "al geboekt", "boeking": self.paden[inhoud["bron"]["pad"]]}
                    return Antwoord(409, al, PROBLEEM)
                self.sleutels[sleutel] = self.geboekt(inhoud)
            return Antwoord(201, {}, {"Location": self.sleutels[sleutel]})

    def fonds_samen(self, host: str, sleutel: str | None, boekingen: list[dict]) -> Antwoord:
        """Book many, all or none, as fonds does: what is wrong is named with its place, and a repeat has the first answer."""
        self.samen.append(len(boekingen))
        if "fonds" in self.storing:
            return Antwoord(self.storing["fonds"], {"status": self.storing["fonds"], "detail": "storing"}, PROBLEEM)
        with self._slot:
            assert sleutel is not None
            if sleutel not in self.sleutels_samen:
                fout = [
                    f"boekingen.{n}.bron"
                    for n, inhoud in enumerate(boekingen)
                    if inhoud["bron"]["pad"] in self.boekingen or sum(regel["bedragCent"] for regel in inhoud["regels"])
                ]
                if host != ALIASES["fonds"] or fout:
                    genoemd = [{"name": naam, "code": "fout", "reason": "fout"} for naam in fout]
                    return Antwoord(409, {"status": 409, "detail": "geweigerd", "invalidParams": genoemd}, PROBLEEM)
                gemaakt = [self.geboekt(inhoud).rpartition("/")[2] for inhoud in boekingen]
                self.sleutels_samen[sleutel] = {"boekingen": gemaakt}
            for _ in boekingen:
                self.ontvangen.release()
            return Antwoord(201, self.sleutels_samen[sleutel])

    def geboekt(self, inhoud: dict) -> str:
        """Have an entry, also one that nobody asked for here; its path."""
        pad = inhoud["bron"]["pad"]
        self.keren += 1
        self.boekingen[pad], self.paden[pad] = inhoud, f"/v1/boekingen/{uuid.uuid4()}"
        return self.paden[pad]

    def boeking(self, pad: str) -> Antwoord:
        """An entry as fonds shows it."""
        bron = next((bron for bron, eigen in self.paden.items() if eigen == pad), None)
        if bron is None:
            return Antwoord(404, {"status": 404, "detail": "onbekend"}, PROBLEEM)
        return Antwoord(200, self._getoond(bron))

    def boekingen_van(self, pad: str) -> Antwoord:
        """The entries of one document, whatever source it is of; or a page of all."""
        vraag = parse_qs(urlsplit(pad).query)
        if "bronPad" not in vraag:
            return self.alle_boekingen(int(vraag["page"][0]), int(vraag["pageSize"][0]))
        (bron,), (fonds,) = vraag["bronPad"], vraag["fonds"]
        gevonden = [self._getoond(bron)] if bron in self.paden and self.boekingen[bron]["fonds"] == fonds else []
        vreemd = {**gevonden[0], "id": str(uuid.UUID(int=0)), "volgnummer": 1} if gevonden else {}
        gevonden = [{**vreemd, "bron": {"bron": "ander", "pad": bron}}, *gevonden] if gevonden else []
        return Antwoord(200, {"count": len(gevonden), "next": None, "previous": None, "results": gevonden})

    def alle_boekingen(self, pagina: int, grootte: int) -> Antwoord:
        """A page of all entries, in the order in which they were made; those of `verzonnen` last."""
        if "fonds" in self.storing:
            return Antwoord(self.storing["fonds"], {"status": self.storing["fonds"], "detail": "storing"}, PROBLEEM)
        alle = [{"gestorneerdDoor": None, **self._getoond(bron)} for bron in self.boekingen] + self.verzonnen
        begin, eind = (pagina - 1) * grootte, pagina * grootte
        volgende = f"/v1/boekingen?page={pagina + 1}&pageSize={grootte}" if eind < len(alle) else None
        inhoud = {"count": len(alle), "next": volgende, "previous": None, "results": alle[begin:eind]}
        return Antwoord(200, {**inhoud, **self.anders})

    def _getoond(self, bron: str) -> dict:
        gemaakt = {"id": self.paden[bron].rpartition("/")[2], "volgnummer": 2, "geboektOp": "2018-01-15T09:00:00.000Z"}
        return {**gemaakt, **self.boekingen[bron]}

    def saldi(self) -> dict[str, int]:
        """Rekening to the sum of its lines, in cents."""
        totalen: dict[str, int] = {}
        for boeking in self.boekingen.values():
            for regel in boeking["regels"]:
                totalen[regel["rekening"]] = totalen.get(regel["rekening"], 0) + regel["bedragCent"]
        return totalen
