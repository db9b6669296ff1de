"""Wire models of the transaction log."""

from __future__ import annotations

from gemeengoed_kit.schema import Input, Moment, Output
from pydantic import Field

from gateway.beheer.schemas.notation import HASH


class TransactieFilter(Input):
    """Keuze uit het transactielog."""

    transaction_id: str | None = Field(None, max_length=36, description="Alleen regels met deze Fsc-Transaction-Id.")
    cursor: int | None = Field(None, ge=0, le=2**53 - 1, description="Ga verder na deze regel (nextCursor van de vorige pagina).")
    limit: int = Field(100, ge=1, le=1000, description="Grootste aantal regels.")


class Transactie(Output):
    """Een regel van het transactielog (FSC Logging)."""

    transaction_id: str = Field(description="Fsc-Transaction-Id.")
    direction: str = Field(description="DIRECTION_OUTGOING (Outway) of DIRECTION_INCOMING (Inway).")
    grant_hash: str = Field(description=HASH)
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
