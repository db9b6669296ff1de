"""Wire models of certificates and requests for them."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.schema import Flag, Input, Moment, Output
from pydantic import Field

from gateway.beheer.schemas.notation import HOST
from gateway.pki.request import KeyKind


class Certificaat(Output):
    """Een certificaat van een onderdeel van de peer."""

    onderdeel: str = Field(description="manager, inway of outway.", examples=["outway"])
    vingerafdruk: str = Field(description="SHA-256 van het certificaat (base64url), zoals in x5t#S256 en cnf.")
    sleutel_vingerafdruk: str = Field(description="SHA-256 van de publieke sleutel (hex), zoals in een grant.")
    geldig_tot: Moment = Field(description="Einde van de geldigheid.")


class CertificaatInvoer(Input):
    """Een certificaat om in gebruik te nemen."""

    keten: str = Field(
        min_length=1, max_length=50_000, description="PEM: eerst het certificaat zelf, dan de tussencertificaten, zonder wortel."
    )
    sleutel: str | None = Field(
        None,
        max_length=20_000,
        description="PEM van de private sleutel (PKCS #8), als die niet hier gemaakt is. Wordt nergens getoond of gelogd.",
    )
    wachtwoord: str | None = Field(None, max_length=1000, description="Wachtwoord van de sleutel, als die versleuteld is.")


class AanvraagInvoer(Input):
    """Een certificaat om aan te vragen bij een uitgever."""

    nieuwe_sleutel: Flag = Field(True, description="Maak een nieuwe sleutel; anders geldt de aanvraag voor de huidige.")
    sleutelsoort: KeyKind = Field(KeyKind.EC_P256, description="Soort van een nieuwe sleutel.")
    extra_hosts: list[Annotated[str, Field(pattern=HOST, max_length=253)]] = Field(
        [], max_length=10, description="Namen die het certificaat ook moet hebben."
    )


class Aanvraag(Output):
    """Een aanvraag om een certificaat; de sleutel blijft hier."""

    onderdeel: str = Field(description="manager, inway of outway.", examples=["outway"])
    csr: str = Field(description="De aanvraag (PKCS #10, PEM), voor de uitgever van certificaten.")
    sleutel_vingerafdruk: str = Field(description="SHA-256 van de publieke sleutel (hex), zoals straks in een grant.")


class VernieuwingInvoer(Input):
    """Een certificaat van de ontwikkel-PKI."""

    nieuwe_sleutel: Flag = Field(
        False, description="Maak ook een nieuwe sleutel. Bij een Outway past die niet meer bij grants van nu."
    )
