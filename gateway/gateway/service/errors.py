"""Refusals of the management API about services."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class ServiceNotFound(NotFound):
    """404: the peer offers no such service."""

    type, title = "service-niet-gevonden", "Service niet gevonden"
    meaning = "Deze peer biedt geen service met deze naam aan."
    remedy = "Zoek de services op met `GET /v1/peers/{peer_id}/services`."


class OfferInvalid(Conflict):
    """409: a service cannot be offered this way; `invalid_params` lists all faults."""

    type, title = "aanbod-ongeldig", "Zo kan een service niet worden aangeboden"
    meaning = "Zo kan een service niet worden aangeboden; `invalidParams` noemt alles."
    remedy = "Verbeter adres of certificaten."


class ProtocolNotPossible(Conflict):
    """409: the nginx here cannot speak HTTP/2 to a service."""

    type, title = "protocol-niet-mogelijk", "Protocol niet mogelijk"
    meaning = "De nginx van deze gateway spreekt geen HTTP/2 met een service."
    remedy = "Bied de service met HTTP/1.1 aan, of gebruik een nieuwere nginx."
