"""Wire models of the transaction log."""

from __future__ import annotations

from typing import Any, Literal

from gemeengoed_kit.schema import Digits, GivenMoment, Input, Moment, Output
from pydantic import Field

from gateway.beheer.schemas.notation import HASH, OIN
from gateway.txlog.cursor import PATTERN

Direction = Literal["DIRECTION_OUTGOING", "DIRECTION_INCOMING"]


class TransactieFilter(Input):
    """Keuze uit het transactielog."""

    transaction_id: str | None = Field(
        None, max_length=36, description="De regels met deze Fsc-Transaction-Id; de andere filters tellen dan niet."
    )
    grant_hash: str | None = Field(
        None, max_length=100, description="Alleen regels van deze grant; met serviceName erbij: van een van beide."
    )
    service_name: str | None = Field(None, max_length=255, description="Alleen aanroepen van services met deze naam.")
    andere_peer_id: str | None = Field(None, pattern=OIN, description="Alleen aanroepen van of naar deze peer.")
    direction: Direction | None = Field(None, description="Alleen uitgaande (Outway) of inkomende (Inway) aanroepen.")
    van: GivenMoment | None = Field(None, description="Alleen regels vanaf dit tijdstip.", examples=["2018-01-01T00:00:00Z"])
    tot: GivenMoment | None = Field(None, description="Alleen regels van voor dit tijdstip.", examples=["2018-02-01T00:00:00Z"])
    cursor: str | None = Field(None, pattern=PATTERN, description="Ga verder na deze regel (nextCursor van de vorige pagina).")
    limit: Digits = Field(100, ge=1, le=1000, description="Grootste aantal regels.")


class Transactie(Output):
    """Een regel van het transactielog (FSC Logging)."""

    transaction_id: str = Field(description="Fsc-Transaction-Id.")
    direction: Direction = Field(description="DIRECTION_OUTGOING (Outway) of DIRECTION_INCOMING (Inway).")
    grant_hash: str = Field(description=HASH)
    service_name: str = Field(description="Naam van de service.")
    outway_peer_id: str = Field(description="OIN van de aanroepende peer.")
    outway_delegator_id: str | None = Field(description="OIN van de peer namens wie werd aangeroepen.")
    service_peer_id: str = Field(description="OIN van de aanbiedende peer.")
    service_delegator_id: str | None = Field(description="OIN van de peer namens wie de service wordt aangeboden.")
    additional_data: dict[str, Any] | None = Field(description="Verwijzing naar een extern contract (FSC External Contract).")
    trace_id: str | None = Field(description="Trace van de aanroeper, uit `traceparent` (W3C Trace Context).")
    span_id: str | None = Field(description="Stap in die trace.")
    created_at: Moment = Field(description="Tijdstip van vastleggen.")


class Transacties(Output):
    """Een deel van het transactielog van een peer, nieuwste eerst."""

    results: list[Transactie] = Field(description="De regels.")
    next_cursor: str | None = Field(description="Cursor van de volgende pagina; leeg op de laatste.")


class Periode(Input):
    """Een stuk van het transactielog."""

    van: GivenMoment = Field(description="Begin van de periode.", examples=["2018-01-01T00:00:00Z"])
    dagen: Digits = Field(31, ge=1, le=31, description="Lengte van de periode in dagen van 24 uur.")


class Aantal(Output):
    """Aantal regels in een periode."""

    uitgaand: int = Field(ge=0, description="Regels van de Outway.")
    inkomend: int = Field(ge=0, description="Regels van de Inway.")
