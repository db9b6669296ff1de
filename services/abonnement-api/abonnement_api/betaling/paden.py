"""Paths of the resources of this feature."""

from __future__ import annotations

import uuid


def betaling(id: uuid.UUID) -> str:
    return f"/v1/betalingen/{id}"


def afschrift(id: uuid.UUID) -> str:
    return f"/v1/bankafschriften/{id}"


def afschrijving(id: uuid.UUID) -> str:
    return f"/v1/afschrijvingen/{id}"


def koppeling(id: uuid.UUID) -> str:
    return f"/v1/koppelingen/{id}"
