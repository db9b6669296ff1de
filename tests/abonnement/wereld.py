"""The steps that tests take together: register, invoice, pay, distribute, as clients with a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.context import Context
from gemeengoed_kit.testing import TokenIssuer
from gemeengoed_lokaal.bank import Bijschrijving, afschrift
from httpx import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from tests.abonnement.outway import Outway

ADMINISTRATIEBUREAU = "00000099000000000003"
GEMEENTE_PEER = "00000099000000000004"
TOEGANGSPUNT_PEER = "00000099000000000008"
ACCOUNTANT_PEER, COMMISSIE_PEER, AANBIEDER_PEER = (f"0000009900000000000{nummer}" for nummer in (5, 6, 7))
IBAN = "NL69TEST0000000001"
DAG = date(2018, 2, 15)
G4 = ("GM0344", "GM0363", "GM0518", "GM0599")
KLEIN = ("GM0003", *G4, "GM0088", "GM1680")
AANMELDING = {
    "begindatum": "2018-01-01",
    "einddatum": "2021-12-31",
    "pakket": "volledig",
    "uitzonderingen": [{"gemeentecode": code, "pakket": "zonder-luisterend-oor"} for code in G4],
}


def post(bedrag_cent: int, *, kenmerk: str | None = None, tekst: str | None = None) -> Bijschrijving:
    """A transfer from somebody."""
    return Bijschrijving(bedrag_cent, "Een betaler", "NL44RABO0123456789", kenmerk, tekst)


def met_afschrijving(
    posten: Sequence[Bijschrijving],
    bedrag_cent: int,
    nummer: str = "A-1",
    *,
    dag: date = DAG,
    van_cent: int = 100_000,
    code: str = "",
    details: str = "",
) -> bytes:
    """A statement with these transfers, and then a debit, that begins at this balance.

    Args:
        code: elements before the status of the debit; `details`: its TxDtls.
    """
    bij = sum(bijschrijving.bedrag_cent for bijschrijving in posten)
    tekst = afschrift(posten, nummer=nummer, dag=dag, eigen_iban=IBAN).decode()
    debet = (
        f'<Ntry><Amt Ccy="EUR">{bedrag_cent / 100:.2f}</Amt><CdtDbtInd>DBIT</CdtDbtInd>{code}<Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>{dag}</Dt></BookgDt><NtryDtls><TxDtls>{details}</TxDtls></NtryDtls></Ntry></Stmt>"
    )
    oud, eind = f">{(100_000 + bij) / 100:.2f}</Amt>", f">{(van_cent + bij - bedrag_cent) / 100:.2f}</Amt>"
    voor, slot, na = tekst.partition("CLBD")
    return (
        voor.replace(">1000.00<", f">{van_cent / 100:.2f}<") + slot + na.replace(oud, eind, 1).replace("</Stmt>", debet)
    ).encode()


@dataclass
class Wereld:
    """A service with an administratie and gemeenten around it."""

    context: Context
    issuer: TokenIssuer
    client: TestClient
    outway: Outway

    def administratie(self) -> dict[str, str]:
        return self.issuer.headers(ADMINISTRATIEBUREAU, "administratie")

    def gemeente(self, code: str | None) -> dict[str, str]:
        return self.issuer.headers(GEMEENTE_PEER, "gemeente", properties={"gemeentecode": code})

    def fiatteur(self) -> dict[str, str]:
        return self.issuer.headers(ADMINISTRATIEBUREAU, "fiatteur")

    def toegangspunt(self) -> dict[str, str]:
        return self.issuer.headers(TOEGANGSPUNT_PEER, "toegangspunt")

    def accountant(self) -> dict[str, str]:
        return self.issuer.headers(ACCOUNTANT_PEER, "accountant")

    def commissie(self) -> dict[str, str]:
        return self.issuer.headers(COMMISSIE_PEER, "commissie")

    def aanbieder(self, code: str | None, peer: str | None = None) -> dict[str, str]:
        return self.issuer.headers(peer or AANBIEDER_PEER, "aanbieder", properties={"aanbieder": code})

    def get(self, pad: str, headers: dict[str, str] | None = None, *, status: int = 200) -> Any:
        antwoord = self.client.get(pad, headers=self.administratie() if headers is None else headers)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    def post(self, pad: str, inhoud: object, *, status: int | None = None, headers: dict[str, str] | None = None) -> Response:
        antwoord = self.client.post(pad, json=inhoud, headers=self.administratie() if headers is None else headers)
        assert status is None or antwoord.status_code == status, antwoord.text
        return antwoord

    def put(self, pad: str, inhoud: object, *, headers: dict[str, str] | None = None) -> Response:
        return self.client.put(pad, json=inhoud, headers=self.administratie() if headers is None else headers)

    def jobs(self) -> None:
        """Run what is queued, and what that queues."""
        assert self.context.jobs is not None
        self.context.jobs.run_waiting(self.context)

    def lees_in(
        self, posten: Sequence[Bijschrijving], nummer: str = "A-1", *, dag: date = DAG, status: int | None = 201
    ) -> Response:
        """Take in a bank statement with these transfers."""
        return self.xml(afschrift(posten, nummer=nummer, dag=dag, eigen_iban=IBAN), status=status)

    def xml(self, inhoud: bytes, *, status: int | None = None) -> Response:
        kop = {**self.administratie(), "Content-Type": "application/xml"}
        antwoord = self.client.post("/v1/bankafschriften", content=inhoud, headers=kop)
        assert status is None or antwoord.status_code == status, antwoord.text
        return antwoord

    def verdeeld(self, tot_en_met: str = "2018-12-31") -> dict[str, Any]:
        """A distribution, proposed and then fixed by other eyes."""
        pad = self.post("/v1/verdelingen", {"totEnMet": tot_en_met}, status=201).headers["location"]
        return self.post(f"{pad}/vaststellingen", None, status=200, headers=self.fiatteur()).json()

    def stand(self) -> dict[str, Any]:
        return self.get("/v1/verantwoording/stand?jaar=2018")

    def nu(self) -> None:
        """Let what waits for another try, or for the end of the lease of a dead worker, be due."""
        with self.context.sessions.begin() as session:
            session.execute(
                text("UPDATE outbox SET volgende_poging_op = ontstaan_op, bezet_tot = NULL WHERE verzonden_op IS NULL")
            )
            session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))

    def later(self, clock: FixedClock, *, minuten: int) -> None:
        """Move the clock and run what is due by then."""
        clock.moment += timedelta(minutes=minuten)
        self.nu()
        self.jobs()

    def alle(self, pad: str, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
        gevonden: list[dict[str, Any]] = []
        volgende: str | None = pad
        while volgende:
            pagina = self.get(volgende, headers)
            gevonden += pagina["results"]
            volgende = pagina["next"]
        return gevonden

    def aangemeld(self, inhoud: dict[str, Any] = AANMELDING) -> dict[str, Any]:
        """The registration after its job has run."""
        antwoord = self.post("/v1/collectieve-aanmeldingen", inhoud, status=202)
        self.jobs()
        return self.get(antwoord.headers["location"])

    def gefactureerd(self, **wens: Any) -> dict[str, Any]:
        """Everybody registered and the round 2018 done."""
        assert self.aangemeld()["status"] == "verwerkt"
        return self.ronde(2018, **wens)

    def ronde(self, jaar: int, **wens: Any) -> dict[str, Any]:
        """The round of a year: asked for, approved by other eyes whatever bounds it passes, and done."""
        self.post("/v1/facturatierondes", {"jaar": jaar, **wens}, status=202)
        self.jobs()
        return self.afgerond(jaar)

    def afgerond(self, jaar: int = 2018) -> dict[str, Any]:
        """A round that waits for it: approved by other eyes, and done."""
        self.goedgekeurd(jaar)
        self.jobs()
        return self.get(f"/v1/facturatierondes/{jaar}")

    def goedgekeurd(self, jaar: int = 2018, *, status: int = 200, headers: dict[str, str] | None = None, **anders: Any) -> Any:
        """What the fiatteur is answered who approves of the proposal of a round, whatever bounds it passes."""
        ronde = self.get(f"/v1/facturatierondes/{jaar}")
        aanvaard = [over["grens"] for over in ronde["overschrijdingen"]]
        inhoud = {
            "voorstel": (ronde["voorstel"] or "").rpartition("/")[2],
            "naam": "Tweede paar ogen (test)",
            "aanvaard": aanvaard,
            "toelichting": "Zo bedoeld (test)" if aanvaard else None,
            **anders,
        }
        pad = f"/v1/facturatierondes/{jaar}/goedkeuringen"
        return self.post(pad, inhoud, status=status, headers=headers or self.fiatteur()).json()
