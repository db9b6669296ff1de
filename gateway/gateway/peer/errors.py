"""Refusals of the management API about peers."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class PeerNotFound(NotFound):
    """404: no such hosted peer."""

    type, title = "peer-niet-gevonden", "Peer niet gevonden"
    meaning = "Deze gateway host geen peer met dit OIN."
    remedy = "Zoek de peers op met `GET /v1/peers`."


class PeerTaken(Conflict):
    """409: another peer has this Peer ID, host name or listener."""

    type, title = "peer-bestaat-al", "Peer bestaat al"
    meaning = "Een andere peer heeft dit OIN, deze hostnaam of dit luisteradres al."
    remedy = "Kies een ander, of wijzig de andere peer."


class NotInGroup(Conflict):
    """409: this breaks the Group's rules."""

    type, title = "tegen-groepsregels", "In strijd met de regels van de Group"
    meaning = "Dit past niet bij de regels van de Group."
    remedy = "Lees in `detail` welke regel."


class ListenTaken(Conflict):
    """409: the Outway cannot listen on this address."""

    type, title = "luisteradres-bezet", "Luisteradres is niet vrij"
    meaning = "Op het luisteradres van de Outway luistert al iets anders."
    remedy = "Kies een vrij adres."


class NoKeys(Conflict):
    """409: the certificate on disk belongs to another peer."""

    type, title = "ander-certificaat", "Certificaat van een andere peer"
    meaning = "Het certificaat op schijf is van een andere peer."
    remedy = "Controleer de map met sleutels van de gateway."


class CertificateRefused(Conflict):
    """409: a certificate or key that cannot be used; `invalid_params` lists all faults."""

    type, title = "certificaat-geweigerd", "Certificaat geweigerd"
    meaning = "Dit certificaat of deze sleutel is niet te gebruiken; `invalidParams` noemt alles."
    remedy = "Vraag een nieuw certificaat aan."


class NoDevelopmentPki(Conflict):
    """409: certificates cannot be issued here."""

    type, title = "geen-ontwikkel-pki", "Geen ontwikkel-PKI"
    meaning = "Deze gateway geeft zelf geen certificaten uit."
    remedy = "Vraag een certificaat aan (`requests`) en importeer wat de CA geeft."


class NamesDiffer(Conflict):
    """409: the certificate in use does not carry the new name."""

    type, title = "naam-niet-in-certificaat", "Naam staat niet in het certificaat"
    meaning = "Het certificaat in gebruik noemt de nieuwe naam niet."
    remedy = "Importeer eerst een certificaat met die naam."
