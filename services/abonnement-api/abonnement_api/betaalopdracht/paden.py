"""Paths of the resources of this feature."""

from __future__ import annotations

import uuid


def opdracht(id: uuid.UUID) -> str:
    return f"/v1/betaalopdrachten/{id}"


def uitkomst(id: uuid.UUID) -> str:
    return f"/v1/betaaluitkomsten/{id}"
