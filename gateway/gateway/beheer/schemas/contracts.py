"""Wire models of contracts."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import GivenMoment, Input, Moment, Output
from pydantic import Field

from gateway.beheer.schemas.grants import GrantInhoud
from gateway.beheer.schemas.notation import HASH
from gateway.names import State


class GrantInvoer(Input):
    """Een grant voor een contract."""

    data: GrantInhoud = Field(
        description="De grant. `service.type`, `service.protocol` en de vingerafdruk van de eigen Outway worden aangevuld."
    )
    alias: str | None = Field(
        None,
        pattern="^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        examples=["catalogus"],
        description="Naam waarmee clients van de eigen Outway deze grant kiezen.",
    )


class ContractInvoer(Input):
    """Een contract om aan te bieden; de aanbieder tekent het meteen."""

    grants: list[GrantInvoer] = Field(min_length=1, max_length=10, description="De grants.")
    not_before: GivenMoment = Field(description="Begin van de geldigheid.", examples=["2018-01-01T00:00:00Z"])
    not_after: GivenMoment = Field(description="Einde van de geldigheid.", examples=["2028-01-01T00:00:00Z"])


class Besluit(Input):
    """Waarom zo besloten is."""

    reden: str = Field(
        min_length=1,
        max_length=2000,
        pattern=r"\S",
        examples=["Mandaatbesluit 2026-12 ingezien; dekt deze service."],
        description="De reden; verplicht bij aanvaarden en afwijzen als het contract verwijst naar een contract buiten FSC.",
    )


class Grant(Output):
    """Een grant in een contract."""

    hash: str = Field(description=HASH)
    alias: str | None = Field(description="Alias bij de eigen Outway.", examples=["catalogus"])
    data: dict[str, Any] = Field(description="De grant volgens FSC Core.")


class Handtekening(Output):
    """Een handtekening onder een contract."""

    peer_id: str = Field(description="OIN van de ondertekenaar.", examples=["00000000000000000001"])
    soort: str = Field(description="accept, reject of revoke.", examples=["accept"])
    getekend_op: Moment = Field(description="Tijdstip van ondertekening.")
    certificaat: str = Field(description="Vingerafdruk (x5t#S256) van het certificaat waarmee getekend is.")
    certificaat_geldig_tot: Moment = Field(description="Einde van dat certificaat; daarna telt een aanvaarding niet meer.")


class Beoordeling(Output):
    """Een besluit van deze peer over een contract; blijft altijd bewaard."""

    besluit: str = Field(description="accept, reject of revoke.", examples=["accept"])
    door: str = Field(description="Wie besloot: beheer, of een regel voor vanzelf aanvaarden.", examples=["beheer"])
    reden: str = Field(description="De opgegeven reden; leeg als er geen gegeven is.")
    op: Moment = Field(description="Tijdstip van het besluit.")


class Bezorging(Output):
    """Wat een andere peer over dit contract te horen krijgt."""

    soort: str = Field(description="submit, accept, reject of revoke.", examples=["submit"])
    peer_id: str = Field(description="OIN van de ontvanger.", examples=["00000000000000000001"])
    pogingen: int = Field(ge=0, description="Aantal pogingen tot nu toe.")
    bezorgd_op: Moment | None = Field(description="Tijdstip van bezorging.")
    volgende_poging_op: Moment | None = Field(description="Tijdstip van de volgende poging; leeg als er geen meer komt.")
    fout: str | None = Field(description="Waarom de laatste poging mislukte.")


class Contract(Output):
    """Een contract zoals deze peer het heeft."""

    content_hash: str = Field(description="Hash van de inhoud.")
    state: State = Field(description="Toestand, afgeleid uit handtekeningen en klok.")
    waarom_niet_geldig: str | None = Field(description="Waarom de grants nu niet te gebruiken zijn; leeg als het wel kan.")
    partijen: list[str] = Field(description="OIN's van de partijen; allen moeten tekenen.")
    not_before: Moment = Field(description="Begin van de geldigheid.")
    not_after: Moment = Field(description="Einde van de geldigheid.")
    created_at: Moment = Field(description="Tijdstip waarop het contract gemaakt is.")
    grants: list[Grant] = Field(description="De grants, in de volgorde van het contract.")
    handtekeningen: list[Handtekening] = Field(description="De handtekeningen tot nu toe.")
    beoordelingen: list[Beoordeling] = Field(description="De besluiten van deze peer over het contract.")
    bezorgingen: list[Bezorging] = Field(description="Wat andere partijen van deze peer te horen krijgen.")


class ContractFilter(PageQuery):
    """Keuze uit de contracten."""

    state: State | None = Field(None, description="Alleen contracten in deze toestand.")
    content_hash: str | None = Field(
        None,
        pattern=r"^(\$1\$1\$)?-*[A-Za-z0-9_][A-Za-z0-9_-]*$",
        max_length=91,
        examples=["X1KsN8G5"],
        description="Alleen contracten waarvan de hash zo begint; `$1$1$` en streepjes daarachter mogen weg.",
    )


class Contracten(Page):
    """Een pagina met contracten."""

    results: list[Contract] = Field(description="Contracten, nieuwste eerst.")
