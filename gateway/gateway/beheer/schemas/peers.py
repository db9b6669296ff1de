"""Wire models of hosted peers and their announcements."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Flag, Input, Moment, Output
from pydantic import Field

from gateway.beheer.schemas.certificates import Certificaat
from gateway.beheer.schemas.notation import HOST, LISTEN, MANAGER, OIN

_NAAM = "^[ -~À-ž]+$"


class PeerInvoer(Input):
    """Een peer om hier te hosten."""

    peer_id: str = Field(pattern=OIN, description="OIN van de peer.", examples=["00000000000000000001"])
    naam: str = Field(
        min_length=3,
        max_length=64,
        pattern=_NAAM,
        examples=["Voorbeeldgemeente"],
        description="Naam van de organisatie, zoals in het certificaat.",
    )
    manager_host: str = Field(
        max_length=253, pattern=HOST, description="DNS-naam van de Manager.", examples=["manager.voorbeeld.localhost"]
    )
    inway_host: str = Field(
        max_length=253, pattern=HOST, description="DNS-naam van de Inway.", examples=["inway.voorbeeld.localhost"]
    )
    outway_host: str = Field(
        max_length=253,
        pattern=HOST,
        description="DNS-naam in het certificaat van de Outway.",
        examples=["outway.voorbeeld.localhost"],
    )
    outway_listen: str = Field(
        pattern=LISTEN,
        description="Adres (IPv4:poort) waarop de Outway luistert voor eigen clients.",
        examples=["127.0.0.1:8081"],
    )
    directory: Flag = Field(False, description="Deze peer is Directory van de Group.")
    auto_accept_publication: Flag = Field(
        False, description="Aanvaard publicaties van aangemelde peers vanzelf, mits het contract niets anders bevat."
    )


class PeerWijziging(Input):
    """Wat er aan een peer verandert; wat ontbreekt, blijft."""

    naam: str = Field(default_factory=str, min_length=3, max_length=64, pattern=_NAAM, description="Naam van de organisatie.")
    manager_host: str = Field(default_factory=str, max_length=253, pattern=HOST, description="DNS-naam van de Manager.")
    inway_host: str = Field(default_factory=str, max_length=253, pattern=HOST, description="DNS-naam van de Inway.")
    outway_host: str = Field(
        default_factory=str, max_length=253, pattern=HOST, description="DNS-naam in het certificaat van de Outway."
    )
    outway_listen: str = Field(default_factory=str, pattern=LISTEN, description="Adres (IPv4:poort) waarop de Outway luistert.")
    directory: Flag = Field(default_factory=bool, description="Deze peer is Directory van de Group.")
    auto_accept_publication: Flag = Field(default_factory=bool, description="Aanvaard publicaties van aangemelde peers vanzelf.")
    clients_verplicht: Flag = Field(default_factory=bool, description="Alleen bekende clients mogen de Outway gebruiken.")
    uitgeschakeld: Flag = Field(default_factory=bool, description="Niets van deze peer is bereikbaar; wat vastligt, blijft.")


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
    clients_verplicht: bool = Field(description="Alleen bekende clients mogen de Outway gebruiken.")
    uitgeschakeld: bool = Field(description="Niets van deze peer is bereikbaar.")
    bediend: bool = Field(description="Alle certificaten zijn er en de peer staat aan: nginx bedient hem.")
    outway_public_key_thumbprint: str | None = Field(
        description="Vingerafdruk van de sleutel van de Outway, voor in een grant; leeg zolang er geen certificaat is."
    )
    certificaten: list[Certificaat] = Field(description="De huidige certificaten; een onderdeel zonder ontbreekt.")


class Peers(Page):
    """Een pagina met gehoste peers."""

    results: list[Peer] = Field(description="Peers, op OIN.")


class BekendePeer(Output):
    """Een peer die deze peer kent: van een contract, of omdat hij zich hier aanmeldde."""

    peer_id: str = Field(description="OIN van de peer.", examples=["00000000000000000001"])
    naam: str = Field(description="Naam van de organisatie.", examples=["Voorbeeldgemeente"])
    manager_address: str = Field(description="Adres van zijn Manager.", examples=["https://manager.voorbeeld.localhost:8443"])
    aangemeld_op: Moment | None = Field(description="Tijdstip waarop hij zich hier het laatst aanmeldde.")


class BekendePeers(Page):
    """Een pagina met bekende peers."""

    results: list[BekendePeer] = Field(description="Peers, op OIN.")


class AanmeldingInvoer(Input):
    """Een Directory om de peer bij aan te melden."""

    manager_address: str = Field(
        max_length=255,
        pattern=MANAGER,
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
