"""Statements on which our own payments come back, and an aanbieder with an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gemeengoed_lokaal.bank import test_iban
from lxml import etree

from tests.abonnement.test_factuurstuk import VERKOPER
from tests.abonnement.wereld import DAG, IBAN, Wereld

AKJ, KINDERTELEFOON, SENSOOR, BUREAU = "stichting-akj", "stichting-kindertelefoon", "stichting-sensoor", "administratiebureau"
NAMEN = {AKJ: "stichting Proef AKJ", KINDERTELEFOON: "stichting Proef Kindertélefoon", SENSOOR: "Proef & Zoon, stichting"}
PAIN = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


def rekeningen(wereld: Wereld) -> dict[str, str]:
    """Put down who we are and the account of each foundation; aanbieder to IBAN."""
    bekend = {code: test_iban(70 + nummer) for nummer, code in enumerate(NAMEN)}
    for code, iban in bekend.items():
        gegevens = {**VERKOPER, "naam": NAMEN[code], "iban": iban}
        assert wereld.put(f"/v1/aanbieders/{code}/verkopergegevens", gegevens).status_code == 200
    assert wereld.put(f"/v1/aanbieders/{BUREAU}/verkopergegevens", VERKOPER).status_code == 200
    return bekend


@dataclass(frozen=True)
class Mutatie:
    """A change of the account: negative for money that leaves it."""

    cent: int
    eindnaareind: str | None = None
    opdracht: str | None = None
    tegen: str | None = None
    retour: bool = False
    tekst: str = ""


def mutaties(posten: list[Mutatie], nummer: str, van_cent: int, *, dag: date = DAG, eigen: str = IBAN) -> bytes:
    """A camt.053.001.08 with these."""
    eind = van_cent + sum(post.cent for post in posten)
    teken = {True: "CRDT", False: "DBIT"}

    def saldo(soort: str, cent: int) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{soort}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{abs(cent) / 100:.2f}</Amt>"
            f"<CdtDbtInd>{teken[cent >= 0]}</CdtDbtInd><Dt><Dt>{dag}</Dt></Dt></Bal>"
        )

    def boeking(plaats: int, post: Mutatie) -> str:
        namen = (("EndToEndId", post.eindnaareind), ("PmtInfId", post.opdracht))
        refs = "".join(f"<{naam}>{waarde}</{naam}>" for naam, waarde in sorted(namen, reverse=True) if waarde)
        ander = "Dbtr" if post.cent > 0 else "Cdtr"
        partij = f"<RltdPties><{ander}Acct><Id><IBAN>{post.tegen}</IBAN></Id></{ander}Acct></RltdPties>" if post.tegen else ""
        terug = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if post.retour else ""
        return (
            f"<Ntry><Amt Ccy='EUR'>{abs(post.cent) / 100:.2f}</Amt><CdtDbtInd>{teken[post.cent > 0]}</CdtDbtInd>"
            f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{dag}</Dt></BookgDt><AcctSvcrRef>{nummer}-{plaats}</AcctSvcrRef><NtryDtls><TxDtls>"
            f"<Refs>{refs}</Refs>{partij}<RmtInf><Ustrd>{post.tekst or '-'}</Ustrd></RmtInf>{terug}</TxDtls></NtryDtls></Ntry>"
        )

    return (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><GrpHdr><MsgId>x</MsgId></GrpHdr>"
        f"<Stmt><Id>{nummer}</Id><Acct><Id><IBAN>{eigen}</IBAN></Id></Acct>{saldo('OPBD', van_cent)}{saldo('CLBD', eind)}"
        f"{''.join(boeking(plaats, post) for plaats, post in enumerate(posten))}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def goedgekeurd(wereld: Wereld, pad: str, inhoud: dict[str, Any] | None = None) -> dict[str, Any]:
    """A payment order, proposed and then approved by other eyes."""
    gemaakt = wereld.post(pad, inhoud or {}, status=201).headers["location"]
    return wereld.post(f"{gemaakt}/goedkeuringen", None, status=200, headers=wereld.fiatteur()).json()


def bericht(wereld: Wereld, opdracht: dict[str, Any]) -> bytes:
    antwoord = wereld.client.get(opdracht["bericht"]["pad"], headers=wereld.fiatteur())
    assert antwoord.status_code == 200 and antwoord.headers["etag"] == f'"{opdracht["bericht"]["sha256"]}"'
    return antwoord.content


def tekst(xml: bytes, pad: str) -> list[str]:
    return [str(deel.text) for deel in etree.fromstring(xml).iterfind(f".//{pad}", PAIN)]
