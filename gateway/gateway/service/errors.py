"""Refusals of the management API about services."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class ServiceNotFound(NotFound):
    """404: the peer offers no such service."""

    type, title = "service-niet-gevonden", "Service niet gevonden"


class OfferInvalid(Conflict):
    """409: a service cannot be offered so; `invalid_params` lists everything that is wrong."""

    type, title = "aanbod-ongeldig", "Zo kan een service niet worden aangeboden"


class ProtocolNotPossible(Conflict):
    """409: the nginx here cannot speak HTTP/2 to a service."""

    type, title = "protocol-niet-mogelijk", "Protocol niet mogelijk"
