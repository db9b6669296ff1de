"""The published APIs, by the name of their committed specification."""

from __future__ import annotations

import abonnement_api.app
import catalogus_api.app
import fonds_api.app
from fastapi import FastAPI
from gateway.beheer.app import build_api

APIS: dict[str, FastAPI] = {
    "catalogus-v1": catalogus_api.app.api,
    "fonds-v1": fonds_api.app.api,
    "abonnement-v1": abonnement_api.app.api,
    "gateway-beheer-v1": build_api(),
}
