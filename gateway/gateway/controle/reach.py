"""Checks what can be reached: our own listeners, services, other Inways and Managers, and whether their clocks agree with
ours."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import httpx
from gemeengoed_kit.settings import split_listen

from gateway.controle.finding import Finding, fault, warning
from gateway.deployment import Deployment
from gateway.hosts import NamedTransport
from gateway.manager.client import tls_context
from gateway.outway.models import RemoteInway
from gateway.peer.models import HostedPeer, KnownPeer
from gateway.service.models import OfferedService
from gateway.service.rules import origin

_SECONDS = 3.0
_CLOCK_WARNING = 5
"""Seconds of difference that give a warning. A Date header has whole seconds, and the answer takes some time."""


def check_fsc(deployment: Deployment) -> Iterator[Finding]:
    """Check the port that all Managers and Inways share."""
    listen = deployment.settings.fsc_listen
    problem = _connect(*split_listen(listen))
    if problem:
        yield fault(
            "FSC-poort",
            None,
            expected=f"nginx luistert op {listen}",
            found=problem,
            advice="start nginx; zie zijn uitvoer en het log van control",
        )


def check_outway(peer: HostedPeer) -> Iterator[Finding]:
    """Check that an Outway listens for its clients."""
    problem = _connect(*split_listen(peer.outway_listen))
    if problem:
        yield fault(
            "Outway",
            peer.peer_id,
            expected=f"luistert op {peer.outway_listen}",
            found=problem,
            advice="draait nginx met de nieuwste configuratie, en zijn alle certificaten van de peer er?",
        )


def check_service(deployment: Deployment, service: OfferedService) -> Iterator[Finding]:
    """Check that a service behind an Inway accepts connections."""
    host, port = origin(service.url)
    problem = _connect(deployment.hosts.static(host) or host, port)
    if problem:
        yield fault(
            f"service {service.name}",
            service.peer_id,
            expected=f"antwoordt op {service.url}",
            found=problem,
            advice="start de service, of zeg waar zij draait: gateway service registreer",
        )


def check_inway(deployment: Deployment, inway: RemoteInway) -> Iterator[Finding]:
    """Check that an Inway that one of our Outways calls accepts connections."""
    problem = _connect(deployment.hosts.static(inway.host) or inway.host, inway.port)
    if problem:
        yield warning(
            f"Inway {inway.host}",
            inway.peer_id,
            expected=f"bereikbaar op poort {inway.port}",
            found=problem,
            advice="vraag de aanbieder of zijn Inway draait; kijk naar DNS en firewall",
        )


def check_manager(deployment: Deployment, owner: HostedPeer, known: KnownPeer) -> Iterator[Finding]:
    """Check that a Manager answers over mTLS, belongs to the expected peer, and has the right time."""
    about = f"Manager van {known.name} ({known.peer_id})"
    asked_at = deployment.now
    try:
        answer = asyncio.run(_ask(deployment, owner, f"{known.manager_address}/v1/peer"))
        said = answer.json().get("peer_id") if answer.status_code == 200 else None
    except (httpx.HTTPError, OSError, ValueError, AttributeError) as problem:
        yield fault(
            about,
            owner.peer_id,
            expected=f"antwoordt op {known.manager_address}",
            found=str(problem) or type(problem).__name__,
            advice="kijk naar DNS, firewall en certificaten; contracten en handtekeningen blijven wachten en gaan later vanzelf",
        )
        return
    if said != known.peer_id:
        found = f"status {answer.status_code}, noemt zich {said}"
        advice = "de peer moet zich opnieuw aanmelden, zodat zijn adres weer klopt"
        yield fault(about, owner.peer_id, expected=f"peer {known.peer_id}", found=found, advice=advice)
    if "date" in answer.headers:
        apart = abs((parsedate_to_datetime(answer.headers["date"]) - asked_at).total_seconds())
        yield from check_clock(about, apart, allowed=deployment.rules.clock_skew, peer_id=owner.peer_id)


async def _ask(deployment: Deployment, owner: HostedPeer, url: str) -> httpx.Response:
    transport = NamedTransport(deployment.hosts, verify=tls_context(deployment, deployment.keys.needed(owner.peer_id, "manager")))
    async with (
        asyncio.timeout(2 * _SECONDS),
        httpx.AsyncClient(transport=transport, timeout=_SECONDS, trust_env=False) as client,
    ):
        return await client.get(url)


def check_clock(about: str, apart: float, *, allowed: int, peer_id: str | None) -> Iterator[Finding]:
    """Check two clocks that differ by `apart` seconds; above `allowed`, contracts are refused."""
    if apart > _CLOCK_WARNING:
        say = fault if apart > allowed else warning
        yield say(
            f"klok: {about}",
            peer_id,
            expected=f"minder dan {_CLOCK_WARNING} seconden verschil",
            found=f"{apart:.0f} seconden verschil met de klok hier",
            advice="zet tijdsynchronisatie (NTP) aan op beide machines",
        )


def _connect(host: str, port: int) -> str | None:
    """Why a TCP connection fails, in Dutch; None when it succeeds."""
    try:
        socket.create_connection((host, port), _SECONDS).close()
    except (OSError, UnicodeError) as problem:
        return f"geen verbinding met {host}:{port}: {getattr(problem, 'strerror', None) or problem}"
    return None
