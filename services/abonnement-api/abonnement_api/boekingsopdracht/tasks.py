"""How entries are posted to fonds, and how to find the entry that fonds already has of the same document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.outbox import Bulk, Existing, Receiver
from gemeengoed_kit.source import Source, SourceDay
from pydantic import Field

from abonnement_api.boekingsopdracht import rules

UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
GEMAAKT = "/v1/boekingen/" + UUID.strip("^$")
AL_GEBOEKT = "/brondocument-al-geboekt"
SLEUTEL_HERGEBRUIKT = "/idempotentiesleutel-hergebruikt"


class _Brondocument(Source):
    bron: str
    pad: str


class _Regel(Source):
    rekening: str
    bedrag_cent: int


class _Boeking(Source):
    """An entry as fonds shows it."""

    fonds: str
    boekdatum: SourceDay
    omschrijving: str
    bron: _Brondocument
    regels: list[_Regel]


class _BoekingInLijst(_Boeking):
    id: str = Field(pattern=UUID)
    volgnummer: int = Field(ge=1, lt=2**63)


def _al_geboekt(client: OutwayClient, weigering: SourceError, inhoud: Mapping[str, Any]) -> Existing | None:
    """The entry that fonds has of the same document, if that can be the reason for its refusal.

    fonds may know the Idempotency-Key with another body. Each key is used for one opdracht only, so then another
    release sent this same opdracht in other bytes, and it may have been booked.
    """
    probleem = weigering.problem or {}
    soort = str(probleem.get("type", ""))
    if soort.endswith(SLEUTEL_HERGEBRUIKT):
        return _van_document(client, inhoud)
    pad = probleem.get("boeking")
    if not soort.endswith(AL_GEBOEKT) or not isinstance(pad, str) or not re.fullmatch(GEMAAKT, pad):
        return None
    return _vergeleken(pad, client.read(rules.BRON, pad, _Boeking), inhoud)


def _van_document(client: OutwayClient, inhoud: Mapping[str, Any]) -> Existing | None:
    """The entry of a document; fonds books a document once."""
    vraag = {"fonds": inhoud["fonds"], "bronPad": inhoud["bron"]["pad"]}
    boekingen = list(client.pages(rules.BRON, rules.PAD, _BoekingInLijst, vraag, key=lambda b: f"{b.volgnummer:019d}"))
    return next((_vergeleken(f"{rules.PAD}/{b.id}", b, inhoud) for b in boekingen if b.bron.bron == inhoud["bron"]["bron"]), None)


def _vergeleken(pad: str, boeking: _Boeking, inhoud: Mapping[str, Any]) -> Existing:
    return Existing(pad, rules.verschillen(inhoud, boeking.model_dump(mode="json", by_alias=True)))


class _Geboekt(Source):
    boekingen: list[Annotated[str, Field(pattern=UUID)]]


def _samen(client: OutwayClient, inhouden: Sequence[Mapping[str, Any]], sleutel: str) -> list[str]:
    """Book many entries in one call, all or none; the paths of the entries."""
    geboekt = client.post_for(rules.BRON, rules.PAD_SAMEN, {"boekingen": [*inhouden]}, _Geboekt, idempotency_key=sleutel)
    return [f"{rules.PAD}/{id}" for id in geboekt.boekingen]


def _fout(weigering: SourceError) -> set[int]:
    """The places in the list of the entries that fonds has an objection to, as far as it names them."""
    genoemd = (weigering.problem or {}).get("invalidParams")
    namen = [fout.get("name") for fout in genoemd if isinstance(fout, dict)] if isinstance(genoemd, list) else []
    gevonden = [re.match(r"boekingen\.([0-9]{1,9})(\.|$)", naam) for naam in namen if isinstance(naam, str)]
    return {int(plaats[1]) for plaats in gevonden if plaats}


SAMEN = Bulk(most=500, send=_samen, faulty=_fout)
BOEKINGEN = Receiver(rules.BRON, rules.PAD, creates=GEMAAKT, existing=_al_geboekt, bulk=SAMEN)
