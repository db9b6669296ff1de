"""The published APIs, by the name of their committed specification."""

from __future__ import annotations

import abonnement_api.app
import catalogus_api.app
import fonds_api.app
import gateway.beheer.app
from fastapi import FastAPI

APIS: dict[str, FastAPI] = {
    "catalogus-v1": catalogus_api.app.api,
    "fonds-v1": fonds_api.app.api,
    "abonnement-v1": abonnement_api.app.api,
    "gateway-beheer-v1": gateway.beheer.app.api,
}
