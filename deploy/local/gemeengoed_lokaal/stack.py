"""The running suite: PostgreSQL, gateway (control plane and nginx), three services and their workers."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
from gateway.nginx.binary import find_binary

from gemeengoed_lokaal import databases, netwerk, postgres
from gemeengoed_lokaal.bank import EIGEN_IBAN
from gemeengoed_lokaal.databases import ServiceDatabase
from gemeengoed_lokaal.deelnemers import DEELNEMERS, DIENSTEN, DOMEIN, GROEP, Aansluiting, Deelnemer
from gemeengoed_lokaal.gateway_beheer import Beheer, maak_deelnemers, meld_aan, registreer_diensten, sluit_contracten
from gemeengoed_lokaal.processen import Processen, ongestoord, uitvoeren

PYTHON = sys.executable
FSC_POORT, BEHEER_POORT, POSTGRES_POORT = 8443, 8100, 5432
POORTEN = [
    FSC_POORT,
    BEHEER_POORT,
    POSTGRES_POORT,
    *(poort for d in DIENSTEN.values() for poort in (d.poort, d.serve_poort, d.work_poort)),
    *(d.outway_poort for d in DEELNEMERS.values()),
]
MODULES = {"catalogus": "catalogus_api", "fonds": "fonds_api", "abonnement": "abonnement_api", "gateway": "gateway"}
BRONNEN = {"fonds": ("catalogus",), "abonnement": ("catalogus", "fonds")}
"""The sources that a service calls, through the Outway of the peer that offers the service."""

Melding = Callable[[str, int, int], None]
"""Called with the progress: step, number done, total."""


def _stil(stap: str, gedaan: int, totaal: int) -> None: ...


@dataclass
class Stack:
    """One running suite.

    Attributes:
        map: its folder: logs, keys, sockets, nginx configuration.
        adres: the loopback address that everything listens on.
        json: path of stack.json.
        extra: environment variables added to every service, for tests.
        duurzaam: its data survive a crash of the machine; tests that do not crash it are faster without.
    """

    map: Path
    adres: str
    json: Path
    extra: dict[str, str] = field(default_factory=dict)
    duurzaam: bool = True
    wachtwoorden: dict[str, str] = field(default_factory=dict, repr=False)
    databases: dict[str, ServiceDatabase] = field(default_factory=dict, repr=False)
    grants: dict[Aansluiting, str] = field(default_factory=dict, repr=False)
    server: postgres.Postgres | None = None
    eigen_url: str | None = None

    def __post_init__(self) -> None:
        self.map.mkdir(parents=True, exist_ok=True)
        self.processen = Processen(self.map / "logs")
        # A unix socket's path has at most 107 characters, and the path of a clone may be long.
        self.run_map = Path(tempfile.mkdtemp(prefix="gemeengoed-run-"))
        self.token = secrets.token_urlsafe(32)
        self.beheer = Beheer(self.beheer_url, self.token)

    @property
    def beheer_url(self) -> str:
        return f"http://{self.adres}:{BEHEER_POORT}"

    def outway(self, deelnemer: str) -> str:
        return f"http://{self.adres}:{DEELNEMERS[deelnemer].outway_poort}"

    def client(self, deelnemer: str, alias: str) -> httpx.Client:
        """An HTTP client of a service, as an application of this peer has it: its own Outway, with the grant's alias as Host."""
        return httpx.Client(base_url=self.outway(deelnemer), headers={"Host": alias}, timeout=60)

    # ---- start and stop

    def start(self, meld: Melding = _stil) -> None:
        """Start everything; on a failure, stop what was started."""
        try:
            self._start(meld)
        except BaseException:
            self.stop()
            raise

    def _start(self, meld: Melding) -> None:
        meld("PostgreSQL en databases", 0, 1)
        self._databases()
        meld("PostgreSQL en databases", 1, 1)
        meld("Gateway en diensten", 0, 2)
        with ThreadPoolExecutor(2) as pool:
            diensten = pool.submit(self._diensten)
            self._gateway()
            meld("Gateway en diensten", 1, 2)
            diensten.result()
        meld("Gateway en diensten", 2, 2)
        meld_aan(self.beheer, FSC_POORT)
        registreer_diensten(self.beheer, self.adres)
        self.grants = sluit_contracten(self.beheer, lambda gedaan, totaal: meld("FSC-contracten", gedaan, totaal))
        self.schrijf()

    def stop(self) -> None:
        """Stop our own processes, last started first, and remove what they left."""
        with ongestoord():
            self.processen.stop()
            if self.server:
                self.server.stop()
            elif self.eigen_url:
                databases.drop_service_databases(self.eigen_url, self.databases.values(), self.wachtwoorden)
            shutil.rmtree(self.run_map, ignore_errors=True)

    # ---- parts

    def _databases(self) -> None:
        self.eigen_url = os.environ.get("GEMEENGOED_POSTGRES_URL")
        if not self.eigen_url:
            self.server = postgres.start(self.adres, POSTGRES_POORT, duurzaam=self.duurzaam, in_geheugen=not self.duurzaam)
        admin = self.eigen_url or self.server.url  # type: ignore[union-attr]
        if self.eigen_url:
            databases.check_unused(admin, MODULES)
        for naam in MODULES:
            self.databases[naam] = databases.create_service_database(admin, naam, passwords=self.wachtwoorden)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._migreer, MODULES))

    def _migreer(self, naam: str) -> None:
        eigenaar = self.databases[naam].owner_url
        if naam == "gateway":
            uitvoeren([PYTHON, "-m", "gateway", "migrate"], {**self._gateway_omgeving(), "GATEWAY_DATABASE_URL": eigenaar})
        else:
            uitvoeren([PYTHON, "-m", MODULES[naam], "migrate"], {f"{naam.upper()}_DATABASE_URL": eigenaar})
        if naam == "catalogus":
            uitvoeren([PYTHON, "-m", "catalogus_api", "inlezen"], self.dienst_omgeving(naam))

    def _gateway(self) -> None:
        omgeving = self._gateway_omgeving()
        uitvoeren([PYTHON, "-m", "gateway", "pki-dev"], omgeving)
        uitvoeren([PYTHON, "-m", "gateway", "render"], omgeving)
        self.processen.start("gateway-control", [PYTHON, "-m", "gateway", "control"], omgeving)
        self.processen.start("gateway-decide", [PYTHON, "-m", "gateway", "decide"], omgeving)
        nginx_map = self.run_map / "nginx"
        self.processen.start(
            "nginx", [str(find_binary(None)), "-c", str(nginx_map / "nginx.conf"), "-p", str(nginx_map), "-g", "daemon off;"], {}
        )
        self.processen.wacht("gateway-control", self.beheer.gezond)
        maak_deelnemers(self.beheer, self.adres)
        self.processen.wacht("nginx", lambda: all(_luistert(self.adres, d.outway_poort) for d in DEELNEMERS.values()))

    def _diensten(self) -> None:
        for naam, dienst in DIENSTEN.items():
            omgeving = self.dienst_omgeving(naam)
            serve = ["serve", "--host", self.adres, "--port", str(dienst.poort)]
            self.processen.start(f"{naam}-api", [PYTHON, "-m", MODULES[naam], *serve], omgeving)
            if naam in BRONNEN:
                self.processen.start(f"{naam}-werker", [PYTHON, "-m", MODULES[naam], "work"], omgeving)
        for naam in DIENSTEN:
            for proces, url in self._toezicht(naam).items():
                self.processen.wacht(proces, lambda url=url: _klaar(url))  # type: ignore[misc]

    def _toezicht(self, naam: str) -> dict[str, str]:
        """Addresses of a service's operator listeners, by process."""
        dienst, api = DIENSTEN[naam], {f"{naam}-api": f"http://{self.adres}:{DIENSTEN[naam].serve_poort}"}
        return {**api, f"{naam}-werker": f"http://{self.adres}:{dienst.work_poort}"} if naam in BRONNEN else api

    # ---- environment and description

    def _gateway_omgeving(self) -> dict[str, str]:
        return {
            "GATEWAY_DATABASE_URL": self.databases["gateway"].url if "gateway" in self.databases else "",
            "GATEWAY_RUN_DIR": str(self.run_map),
            "GATEWAY_KEYS_DIR": str(self.map / "sleutels"),
            "GATEWAY_DEV_PKI_DIR": str(self.map / "pki"),
            "GATEWAY_FSC_LISTEN": f"{self.adres}:{FSC_POORT}",
            "GATEWAY_BEHEER_LISTEN": f"{self.adres}:{BEHEER_POORT}",
            "GATEWAY_BEHEER_TOKEN": self.token,
            "GATEWAY_ACCESS_LOG": "true",
            "GATEWAY_HOSTS": f"*.{DOMEIN}={self.adres}",
        }

    def dienst_omgeving(self, naam: str) -> dict[str, str]:
        """Environment variables of a service's processes."""
        aanbieder: Deelnemer = DEELNEMERS[DIENSTEN[naam].aanbieder]
        waarden = {
            "DATABASE_URL": self.databases[naam].url,
            "PEER_ID": aanbieder.oin,
            "GROUP_ID": GROEP,
            "JWKS_URL": f"{self.beheer_url}/v1/peers/{aanbieder.oin}/jwks",
            "OUTWAY_URL": self.outway(aanbieder.code),
            "ALIASES": json.dumps({bron: bron for bron in BRONNEN.get(naam, ())}),
            "SERVE_OBSERVE_LISTEN": f"{self.adres}:{DIENSTEN[naam].serve_poort}",
            "WORK_OBSERVE_LISTEN": f"{self.adres}:{DIENSTEN[naam].work_poort}",
        }
        if naam == "abonnement":
            waarden["REKENING_IBAN"] = EIGEN_IBAN
        if naam == "fonds":
            waarden["ZEGEL_SLEUTEL"] = str(self.map / "sleutels" / "zegel" / "fonds.pem")
        return {**{f"{naam.upper()}_{sleutel}": waarde for sleutel, waarde in waarden.items()}, **self.extra}

    @property
    def beschrijving(self) -> dict[str, Any]:
        """Everything that a client, test or benchmark needs to use this stack; the content of stack.json."""
        return {
            "adres": self.adres,
            "groupId": GROEP,
            "processen": {
                naam: {"pid": pid, "gestartOp": psutil.Process(pid).create_time()} for naam, pid in self._pids().items()
            },
            "opruimen": [str(pad) for pad in (self.run_map, self.server.map if self.server else None) if pad],
            "gateway": {
                "beheerUrl": self.beheer_url,
                "beheerToken": self.token,
                "fscPoort": FSC_POORT,
                "runMap": str(self.run_map),
                "vertrouwensanker": str(self.map / "pki" / "root.pem"),
            },
            "deelnemers": {code: self._deelnemer(d) for code, d in DEELNEMERS.items()},
            "diensten": {
                naam: {
                    "aanbieder": d.aanbieder,
                    "url": f"http://{self.adres}:{d.poort}",
                    "toezicht": self._toezicht(naam),
                }
                for naam, d in DIENSTEN.items()
            },
            "grants": [
                {"afnemer": een.afnemer, "dienst": een.dienst, "alias": een.alias, "rol": een.rol, "grantHash": waarde}
                for een, waarde in self.grants.items()
            ],
            "databases": {naam: {"url": d.url, "eigenaarUrl": d.owner_url} for naam, d in self.databases.items()},
            "voorbeeld": f"curl -H 'Fsc-Grant-Hash: abonnement' {self.outway('gemeente')}/v1/facturen",
        }

    def _deelnemer(self, deelnemer: Deelnemer) -> dict[str, Any]:
        paren = self.map / "sleutels" / deelnemer.oin
        return {
            "oin": deelnemer.oin,
            "naam": deelnemer.naam,
            "outwayUrl": self.outway(deelnemer.code),
            "managerUrl": f"https://{deelnemer.host('manager')}:{FSC_POORT}",
            "inwayUrl": f"https://{deelnemer.host('inway')}:{FSC_POORT}",
            "certificaten": {
                onderdeel: {"certificaat": str(paren / f"{onderdeel}.pem"), "sleutel": str(paren / f"{onderdeel}.key")}
                for onderdeel in ("manager", "inway", "outway")
            },
        }

    def _pids(self) -> dict[str, int]:
        """The processes in order of start."""
        eerst = {"postgres": self.server.proces.pid} if self.server else {}
        return {**eerst, **{naam: proces.pid for naam, proces in self.processen.lopend.items()}}

    def schrijf(self) -> None:
        """Write stack.json, readable only by its owner: it has passwords."""
        with open(os.open(self.json, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as bestand:
            json.dump(self.beschrijving, bestand, ensure_ascii=False, indent=2)


def nieuwe_stack(
    map_: Path,
    *,
    json: Path | None = None,
    voorkeur: str | None = None,
    extra: dict[str, str] | None = None,
    duurzaam: bool = True,
) -> Stack:
    """A stack on its own loopback address; `voorkeur` is used when all ports are free there."""
    for oud in ("pki", "sleutels", "logs"):
        shutil.rmtree(map_ / oud, ignore_errors=True)
    return Stack(map_, netwerk.kies_adres(POORTEN, voorkeur=voorkeur), json or map_ / "stack.json", extra or {}, duurzaam)


def _klaar(url: str) -> bool:
    """Whether a process of a service reports that it is ready."""
    try:
        return httpx.get(f"{url}/ready", timeout=5).is_success
    except httpx.HTTPError:
        return False


def _luistert(adres: str, poort: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex((adres, poort)) == 0
