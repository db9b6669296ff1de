"""Builds the management API."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from gemeengoed_kit import VERSION
from gemeengoed_kit.app import application, create_api
from gemeengoed_kit.context import Context
from gemeengoed_kit.problem import problem
from starlette.types import ASGIApp

from gateway.beheer.acceptance import rules
from gateway.beheer.access import SECURITY_SCHEME, authenticator
from gateway.beheer.aliases import aliases
from gateway.beheer.certificates import certificates
from gateway.beheer.checks import checks
from gateway.beheer.clients import clients
from gateway.beheer.contracts import contracts
from gateway.beheer.health import health
from gateway.beheer.limits import limits
from gateway.beheer.peers import peers
from gateway.beheer.publications import publications
from gateway.beheer.services import services
from gateway.beheer.transactions import transactions
from gateway.contract.errors import ContractRefused
from gateway.deployment import Deployment
from gateway.errors import ManagerError
from gateway.pki.errors import PairUnusable

_HELD_SECONDS = 70.0
"""How long a request may hold a database connection; longer than the statement timeout."""


def build_api() -> FastAPI:
    """The API without a deployment; enough for its specification."""
    api = create_api(
        title="Gateway beheer API",
        version=VERSION,
        server="https://gateway.gemeengoed.example/v1",
        description="Beheer van de FSC-gateway: peers, services, contracten, aliassen en het transactielog. "
        "Alleen voor de eigen organisatie.",
        tags=[
            {"name": "peers", "description": "Gehoste peers en hun aanmeldingen."},
            {"name": "certificaten", "description": "Certificaten aanvragen, importeren en vernieuwen."},
            {"name": "services", "description": "Services achter de Inway."},
            {"name": "grenzen", "description": "Grenzen aan aanroepen, per service en per aanroepende peer."},
            {"name": "publicaties", "description": "Services tonen in een Directory, en vinden wat daar getoond wordt."},
            {"name": "contracten", "description": "Contracten aanbieden, aanvaarden, afwijzen en intrekken."},
            {"name": "regels", "description": "Contracten die vanzelf aanvaard worden."},
            {"name": "aliassen", "description": "Namen voor grants bij de Outway."},
            {"name": "clients", "description": "Clients van de Outway, en wat zij mogen gebruiken."},
            {"name": "controle", "description": "Onderzoek van de hele gateway."},
            {"name": "transactielog", "description": "Regels van het transactielog."},
        ],
        routers=[peers, certificates, services, limits, publications, contracts, rules, aliases, clients, transactions, checks],
        security_scheme=SECURITY_SCHEME,
        health=health,
    )

    @api.exception_handler(ManagerError)
    async def rule_broken(request: Request, error: ManagerError) -> Response:
        """Error for a contract that breaks FSC's rules: the request was well-formed, so 409 (this API has no 422)."""
        return problem(
            ContractRefused.status,
            error.message,
            instance=request.url.path,
            fscCode=error.code,
            type=ContractRefused.type,
            title=ContractRefused.title,
        )

    @api.exception_handler(PairUnusable)
    async def pair_unusable(request: Request, error: PairUnusable) -> Response:
        """The files of the peer's own certificate or key are damaged: nothing can be signed or asked in its name."""
        return problem(
            ContractRefused.status,
            str(error),
            instance=request.url.path,
            type=ContractRefused.type,
            title=ContractRefused.title,
        )

    return api


def build(deployment: Deployment) -> ASGIApp:
    """Build the application to serve."""
    api = build_api()
    api.state.deployment = deployment
    token = authenticator(deployment.settings.beheer_token)
    context = Context(deployment.writing, deployment.reading, deployment.clock, token)
    context.watch(_HELD_SECONDS)
    return application(api, context)
