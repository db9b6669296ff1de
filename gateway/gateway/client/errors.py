"""Refusals of the management API about clients."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class ClientNotFound(NotFound):
    """404: this peer has no such client."""

    type, title = "client-niet-gevonden", "Client niet gevonden"
    meaning = "Deze peer heeft geen client met deze naam."
    remedy = "Zoek de clients op met `GET /v1/peers/{peer_id}/clients`."


class SecretTaken(Conflict):
    """409: another client has this secret."""

    type, title = "geheim-bestaat-al", "Geheim is al in gebruik"
    meaning = "Een andere client heeft hetzelfde geheim."
    remedy = "Maak een nieuw geheim."


class ClientRefused(Conflict):
    """409: settings that a client cannot have; `invalid_params` lists all faults."""

    type, title = "client-geweigerd", "Client geweigerd"
    meaning = "Dit kan niet van een client zijn; `invalidParams` noemt alles."
    remedy = "Verbeter de grants van de client."
