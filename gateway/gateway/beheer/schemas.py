"""Wire models of the management API."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Input, Moment, Output
from pydantic import Field

from gateway.hosts import HOST_PATTERN
from gateway.names import State

OIN = "^[0-9]{20}$"
_PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_HOST = f"^{HOST_PATTERN}$"
_LISTEN = rf"^({_BYTE}\.){{3}}{_BYTE}:{_PORT}$"
_MANAGER = f"^https://{HOST_PATTERN}:(443|8443)$"
_ORIGIN = f"^http://[a-z0-9]([a-z0-9.-]{{0,200}}[a-z0-9])?(:{_PORT})?/?$"
_HASH = "Hash van de grant; kopieer hem in enkele aanhalingstekens, of gebruik een alias."


class PeerInvoer(Input):
    """Een peer om hier te hosten."""

    peer_id: str = Field(pattern=OIN, description="OIN van de peer.", examples=["00000000000000000001"])
    naam: str = Field(
        min_length=3,
        max_length=64,
        pattern="^[ -~À-ž]+$",
        examples=["Voorbeeldgemeente"],
        description="Naam van de organisatie, zoals in het certificaat.",
    )
    manager_host: str = Field(
        max_length=253, pattern=_HOST, description="DNS-naam van de Manager.", examples=["manager.voorbeeld.localhost"]
    )
    inway_host: str = Field(
        max_length=253, pattern=_HOST, description="DNS-naam van de Inway.", examples=["inway.voorbeeld.localhost"]
    )
    outway_host: str = Field(
        max_length=253,
        pattern=_HOST,
        description="DNS-naam in het certificaat van de Outway.",
        examples=["outway.voorbeeld.localhost"],
    )
    outway_listen: str = Field(
        pattern=_LISTEN,
        description="Adres (IPv4:poort) waarop de Outway luistert voor eigen clients.",
        examples=["127.0.0.1:8081"],
    )
    directory: bool = Field(False, description="Deze peer is Directory van de Group.")
    auto_accept_publication: bool = Field(
        False, description="Aanvaard publicaties van aangemelde peers vanzelf, mits het contract niets anders bevat."
    )


class Certificaat(Output):
    """Een certificaat van een onderdeel van de peer."""

    onderdeel: str = Field(description="manager, inway of outway.", examples=["outway"])
    vingerafdruk: str = Field(description="SHA-256 van het certificaat (base64url), zoals in x5t#S256 en cnf.")
    sleutel_vingerafdruk: str = Field(description="SHA-256 van de publieke sleutel (hex), zoals in een grant.")
    geldig_tot: Moment = Field(description="Einde van de geldigheid.")


class Peer(Output):
    """Een peer die hier gehost wordt."""

    peer_id: str = Field(description="OIN van de peer.", examples=["00000000000000000001"])
    naam: str = Field(description="Naam van de organisatie.", examples=["Voorbeeldgemeente"])
    manager_address: str = Field(
        description="Adres van de Manager voor andere peers.", examples=["https://manager.voorbeeld.localhost:8443"]
    )
    inway_address: str = Field(
        description="Adres van de Inway voor andere peers.", examples=["https://inway.voorbeeld.localhost:8443"]
    )
    outway_listen: str = Field(description="Adres waarop de Outway luistert.", examples=["127.0.0.1:8081"])
    directory: bool = Field(description="Deze peer is Directory van de Group.")
    auto_accept_publication: bool = Field(description="Aanvaardt publicaties vanzelf.")
    outway_public_key_thumbprint: str = Field(description="Vingerafdruk van de sleutel van de Outway, voor in een grant.")
    certificaten: list[Certificaat] = Field(description="De huidige certificaten.")


class Peers(Output):
    """De gehoste peers."""

    results: list[Peer] = Field(description="Peers, op OIN.")


class AanmeldingInvoer(Input):
    """Een Directory om de peer bij aan te melden."""

    manager_address: str = Field(
        max_length=255,
        pattern=_MANAGER,
        description="Adres van de Manager van de Directory.",
        examples=["https://manager.directory.localhost:8443"],
    )


class Aanmelding(Output):
    """Een aanmelding bij een Directory; wordt herhaald tot zij gehoord is."""

    manager_address: str = Field(
        description="Adres van de Manager van de Directory.", examples=["https://manager.directory.localhost:8443"]
    )
    pogingen: int = Field(ge=0, description="Aantal pogingen tot nu toe.")
    gelukt_op: Moment | None = Field(description="Tijdstip waarop de Directory haar aanvaardde.")
    fout: str | None = Field(description="Waarom de laatste poging mislukte.")


class Aanmeldingen(Output):
    """De aanmeldingen van een peer."""

    results: list[Aanmelding] = Field(description="Aanmeldingen, oudste eerst.")


class ServiceInvoer(Input):
    """Een service om achter de Inway aan te bieden."""

    naam: str = Field(pattern="^[A-Za-z0-9._-]{3,100}$", description="Naam van de service in de Group.", examples=["catalogus"])
    url: str = Field(
        max_length=255,
        pattern=_ORIGIN,
        description="Intern adres van de service, zonder pad.",
        examples=["http://127.0.0.1:8001"],
    )


class Service(Output):
    """Een service achter de Inway."""

    naam: str = Field(description="Naam van de service in de Group.", examples=["catalogus"])
    url: str = Field(description="Intern adres van de service.", examples=["http://127.0.0.1:8001"])


class Services(Output):
    """De services van een peer."""

    results: list[Service] = Field(description="Services, op naam.")


class GrantInvoer(Input):
    """Een grant voor een contract."""

    data: dict[str, Any] = Field(
        description="De grant volgens FSC Core (manager.yaml). `service.type`, `service.protocol` en "
        "de vingerafdruk van de eigen Outway worden aangevuld."
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
    not_before: Moment = Field(description="Begin van de geldigheid.", examples=["2018-01-01T00:00:00Z"])
    not_after: Moment = Field(description="Einde van de geldigheid.", examples=["2028-01-01T00:00:00Z"])


class Grant(Output):
    """Een grant in een contract."""

    hash: str = Field(description=_HASH)
    alias: str | None = Field(description="Alias bij de eigen Outway.", examples=["catalogus"])
    data: dict[str, Any] = Field(description="De grant volgens FSC Core.")


class Handtekening(Output):
    """Een handtekening onder een contract."""

    peer_id: str = Field(description="OIN van de ondertekenaar.", examples=["00000000000000000001"])
    soort: str = Field(description="accept, reject of revoke.", examples=["accept"])
    getekend_op: Moment = Field(description="Tijdstip van ondertekening.")


class Bezorging(Output):
    """Wat een andere peer over dit contract te horen krijgt."""

    soort: str = Field(description="submit, accept, reject of revoke.", examples=["submit"])
    peer_id: str = Field(description="OIN van de ontvanger.", examples=["00000000000000000001"])
    pogingen: int = Field(ge=0, description="Aantal pogingen tot nu toe.")
    bezorgd_op: Moment | None = Field(description="Tijdstip van bezorging.")
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
    bezorgingen: list[Bezorging] = Field(description="Wat andere partijen van deze peer te horen krijgen.")


class ContractFilter(PageQuery):
    """Keuze uit de contracten."""

    state: State | None = Field(None, description="Alleen contracten in deze toestand.")


class Contracten(Page):
    """Een pagina met contracten."""

    results: list[Contract] = Field(description="Contracten, nieuwste eerst.")


class AliasInvoer(Input):
    """De grant waar een alias naar wijst."""

    grant_hash: str = Field(pattern=r"^\$1\$[34]\$[A-Za-z0-9_-]{86}$", description=_HASH)


class Alias(Output):
    """Een alias van een grant."""

    alias: str = Field(description="De alias.", examples=["catalogus"])
    grant_hash: str = Field(description=_HASH)


class Aliassen(Output):
    """De aliassen van een peer."""

    results: list[Alias] = Field(description="Aliassen, op naam.")


class TransactieFilter(Input):
    """Keuze uit het transactielog."""

    transaction_id: str | None = Field(None, max_length=36, description="Alleen regels met deze Fsc-Transaction-Id.")
    cursor: int | None = Field(None, ge=0, le=2**53 - 1, description="Ga verder na deze regel (nextCursor van de vorige pagina).")
    limit: int = Field(100, ge=1, le=1000, description="Grootste aantal regels.")


class Transactie(Output):
    """Een regel van het transactielog (FSC Logging)."""

    transaction_id: str = Field(description="Fsc-Transaction-Id.")
    direction: str = Field(description="DIRECTION_OUTGOING (Outway) of DIRECTION_INCOMING (Inway).")
    grant_hash: str = Field(description=_HASH)
    service_name: str = Field(description="Naam van de service.")
    outway_peer_id: str = Field(description="OIN van de aanroepende peer.")
    outway_delegator_id: str | None = Field(description="OIN van de peer namens wie werd aangeroepen.")
    service_peer_id: str = Field(description="OIN van de aanbiedende peer.")
    service_delegator_id: str | None = Field(description="OIN van de peer namens wie de service wordt aangeboden.")
    created_at: Moment = Field(description="Tijdstip van vastleggen.")


class Transacties(Output):
    """Een deel van het transactielog van een peer, nieuwste eerst."""

    count_outgoing: int = Field(ge=0, description="Aantal regels in het hele log van de peer voor uitgaande aanroepen.")
    count_incoming: int = Field(ge=0, description="Aantal regels in het hele log van de peer voor inkomende aanroepen.")
    results: list[Transactie] = Field(description="De regels.")
    next_cursor: int | None = Field(description="Cursor van de volgende pagina; leeg op de laatste.")
