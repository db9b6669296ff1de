"""How fonds receives an entry, and how it says that it has one of the same document already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.outbox import Existing, Receiver
from gemeengoed_kit.source import Source, SourceDay

from abonnement_api.boekingsopdracht import rules

GEMAAKT = r"/v1/boekingen/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
AL_GEBOEKT = "/brondocument-al-geboekt"


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


def _al_geboekt(client: OutwayClient, weigering: SourceError, inhoud: Mapping[str, Any]) -> Existing | None:
    """The entry that fonds has of the same document, if that is why it refuses."""
    probleem = weigering.problem or {}
    if not str(probleem.get("type", "")).endswith(AL_GEBOEKT):
        return None
    pad = probleem.get("boeking")
    if not isinstance(pad, str) or not re.fullmatch(GEMAAKT, pad):
        return None
    boeking = client.read(rules.BRON, pad, _Boeking).model_dump(mode="json", by_alias=True)
    return Existing(pad, rules.verschillen(inhoud, boeking))


BOEKINGEN = Receiver(rules.BRON, rules.PAD, creates=GEMAAKT, existing=_al_geboekt)
