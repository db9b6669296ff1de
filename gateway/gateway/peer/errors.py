"""Refusals of the management API about peers."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class PeerNotFound(NotFound):
    """404: no such hosted peer."""

    type, title = "peer-niet-gevonden", "Peer niet gevonden"


class PeerTaken(Conflict):
    """409: another peer has this Peer ID, host name or listener."""

    type, title = "peer-bestaat-al", "Peer bestaat al"


class NotInGroup(Conflict):
    """409: not what the Group's rules prescribe."""

    type, title = "tegen-groepsregels", "In strijd met de regels van de Group"


class ListenTaken(Conflict):
    """409: the address for the Outway cannot be listened on."""

    type, title = "luisteradres-bezet", "Luisteradres is niet vrij"


class NoKeys(Conflict):
    """409: the certificate on disk is another peer's."""

    type, title = "ander-certificaat", "Certificaat van een andere peer"


class CertificateRefused(Conflict):
    """409: a certificate or key that cannot be used; `invalid_params` lists everything that is wrong."""

    type, title = "certificaat-geweigerd", "Certificaat geweigerd"


class NoDevelopmentPki(Conflict):
    """409: certificates cannot be issued here."""

    type, title = "geen-ontwikkel-pki", "Geen ontwikkel-PKI"


class NamesDiffer(Conflict):
    """409: the certificate in use does not carry the new name."""

    type, title = "naam-niet-in-certificaat", "Naam staat niet in het certificaat"
