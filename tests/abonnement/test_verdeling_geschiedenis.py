"""Money over random histories: after every step what was received is distributed, undistributed, not matched or gone back."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from tests.abonnement.wereld import DAG, met_afschrijving, post

pytestmark = pytest.mark.usefixtures("klein")
STAPPEN = ("afschrift", "afschrift", "ontkoppel", "koppel", "terug", "crediteer", "verreken", "voorstel", "vaststel", "afwijs")


class Geschiedenis:
    """A world in which things happen, with a count of its own of what the bank and the distributions said."""

    def __init__(self, wereld, toeval: random.Random) -> None:
        self.wereld, self.toeval = wereld, toeval
        self.ontvangen = self.teruggegaan = self.verdeeld = self.nummer = 0
        self.saldo = 100_000
        self.open: tuple[str, int] | None = None
        self.gedaan: Counter[str] = Counter()

    def kies(self, pad: str) -> dict | None:
        alle = self.wereld.alle(pad)
        return self.toeval.choice(alle) if alle else None

    def doe(self, stap: str) -> None:
        if getattr(self, stap)():
            self.gedaan[stap] += 1

    def afschrift(self) -> bool:
        """Paid in part, whole, too much or twice, by who is known and who is not, and something goes out."""
        self.nummer += 1
        posten = []
        for factuur in self.toeval.sample(self.wereld.alle("/v1/facturen"), 2):
            cent = self.toeval.choice([factuur["bedragCent"], factuur["bedragCent"] // 3 + 1, factuur["bedragCent"] + 7])
            posten.append(post(cent, kenmerk=factuur["betalingskenmerk"]))
        posten.append(post(self.toeval.randint(1, 10_000), tekst="onbekend"))
        af, bij = self.toeval.randint(1, 5_000), sum(een.bedrag_cent for een in posten)
        dag = DAG + timedelta(days=self.nummer)
        self.wereld.xml(met_afschrijving(posten, af, f"G-{self.nummer}", dag=dag, van_cent=self.saldo), status=201)
        self.ontvangen, self.saldo = self.ontvangen + bij, self.saldo + bij - af
        return True

    def ontkoppel(self) -> bool:
        betaling = self.kies("/v1/betalingen?gekoppeld=true")
        if betaling is None or betaling["factuur"] is None:
            return False
        inhoud = {"factuur": betaling["factuur"][-11:], "toelichting": "proef"}
        return self.wereld.post(f"/v1/betalingen/{betaling['id']}/ontkoppelingen", inhoud).status_code == 201

    def koppel(self) -> bool:
        betaling = self.kies("/v1/betalingen?gekoppeld=false")
        over = [een for een in self.wereld.alle("/v1/facturen") if een["openstaandCent"] > 0]
        if betaling is None or not over:
            return False
        factuur = self.toeval.choice(over)
        inhoud = {"facturen": [{"factuur": factuur["nummer"]}], "toelichting": "proef"}
        return self.wereld.post(f"/v1/betalingen/{betaling['id']}/koppelingen", inhoud).status_code == 201

    def terug(self) -> bool:
        af, betaling = self.kies("/v1/afschrijvingen?verklaard=false"), self.kies("/v1/betalingen")
        if af is None or betaling is None:
            return False
        inhoud = {"betaling": betaling["id"], "toelichting": "proef"}
        antwoord = self.wereld.post(f"/v1/afschrijvingen/{af['id']}/koppelingen", inhoud)
        self.teruggegaan += antwoord.json()["bedragCent"] if antwoord.status_code == 201 else 0
        return antwoord.status_code == 201

    def crediteer(self) -> bool:
        factuur = self.kies("/v1/facturen")
        assert factuur is not None
        inhoud = {"reden": "proef", "regels": [{"dienst": "kindertelefoon", "bedragCent": self.toeval.randint(1, 900)}]}
        return self.wereld.post(f"/v1/facturen/{factuur['nummer']}/creditnotas", inhoud).status_code == 201

    def verreken(self) -> bool:
        """What is paid too much since a credit note is free again, or pays another invoice."""
        over = [een for een in self.wereld.alle("/v1/facturen") if een["openstaandCent"] < 0]
        if not over:
            return False
        pad = f"/v1/facturen/{self.toeval.choice(over)['nummer']}/verrekeningen"
        return self.wereld.post(pad, {"toelichting": "proef"}).is_success

    def voorstel(self) -> bool:
        antwoord = self.wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"})
        if antwoord.status_code == 201:
            self.open = antwoord.headers["location"], antwoord.json()["bedragCent"]
        return antwoord.status_code == 201

    def vaststel(self) -> bool:
        """What was proposed, which may be out of date by now; else a new proposal."""
        if self.open is None and not self.voorstel():
            return False
        assert self.open is not None
        (pad, cent), kop = self.open, self.wereld.fiatteur()
        if self.wereld.post(f"{pad}/vaststellingen", None, headers=kop).status_code != 200:
            return False
        self.verdeeld, self.open = self.verdeeld + cent, None
        return True

    def afwijs(self) -> bool:
        if self.open is None:
            return False
        self.wereld.post(f"{self.open[0]}/afwijzingen", {"reden": "proef"}, status=200)
        self.open = None
        return True

    def klopt(self) -> None:
        stand = self.wereld.get("/v1/verantwoording/stand")
        verdeeld = sum(deel["bedragCent"] for deel in stand["verdeeld"])
        assert (stand["ontvangenVolgensBankCent"], verdeeld, stand["teruggegaanCent"]) == (
            self.ontvangen,
            self.verdeeld,
            self.teruggegaan,
        )
        delen = verdeeld, stand["nogTeVerdelenCent"], stand["nietGekoppeldCent"], stand["teruggegaanCent"]
        assert self.ontvangen == sum(delen) and stand["verschilCent"] == 0 and stand["aansluitend"], delen
        facturen = self.wereld.alle("/v1/facturen")
        betaald = sum(een["betaaldCent"] for een in facturen)
        assert betaald == verdeeld + stand["nogTeVerdelenCent"]


def test_elke_cent_is_ergens_na_elke_stap(wereld):
    """Whatever happens in whatever order; the same money is in the journal of fonds."""
    toeval = random.Random(14)
    wereld.gefactureerd()
    geschiedenis = Geschiedenis(wereld, toeval)
    for stap in ("afschrift", *(toeval.choice(STAPPEN) for _ in range(60))):
        geschiedenis.doe(stap)
        geschiedenis.klopt()
    assert geschiedenis.gedaan.keys() == set(STAPPEN), geschiedenis.gedaan
    wereld.jobs()
    saldi = wereld.outway.saldi()
    assert sum(saldi.values()) == 0
    assert -sum(saldi[nummer] for nummer in ("2410", "2420", "2430", "2440")) == geschiedenis.verdeeld
