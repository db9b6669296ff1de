"""Settings of a service, from environment variables with the service's own prefix."""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

S = TypeVar("S", bound=BaseSettings)


def split_listen(value: str) -> tuple[str, int]:
    """Split `host:port` into host and port.

    Raises:
        ValueError: it has another form.
    """
    found = re.fullmatch(r"([0-9a-zA-Z_.-]+):(\d{1,5})", value, re.ASCII)
    if not found or not 0 < int(found.group(2)) < 65536:
        raise ValueError(f"{value!r} is not host:port")
    return found.group(1), int(found.group(2))


def _listen(value: str) -> str:
    split_listen(value)
    return value


Listen = Annotated[str, AfterValidator(_listen)]
"""An address to listen on, as host:port."""


class ServiceSettings(BaseSettings):
    """The settings that every service has. A subclass sets `model_config = SettingsConfigDict(env_prefix=...)`."""

    database_url: str = Field(description="libpq URL of the service's own database, as its own role")
    peer_id: str = Field(pattern=r"^\d{20}$", description="OIN of the peer that offers this service")
    group_id: str = Field("gemeengoed-lokaal", description="FSC Group ID that tokens must carry")
    service_name: str = Field(description="name under which the service is published in the Group (claim svc)")
    jwks_url: str = Field(description="JWKS of the own Manager, on its internal address")
    threads: int = Field(8, ge=1, le=64, description="requests that read at once, and as many that write: connections too")
    wait_seconds: float = Field(
        1.0, gt=0, le=30, description="how long a request may wait for its turn before it is answered 503"
    )
    request_seconds: float = Field(30.0, gt=0, description="how long a request may hold a database connection")
    kept_mib: int = Field(32, ge=0, le=4096, description="MiB of answers that a process keeps at most; with 0 it keeps none")
    outway_url: str | None = Field(None, description="the own Outway; only jobs call it")
    aliases: dict[str, str] = Field({}, description="bron to grant alias at the Outway, as JSON")
    job_concurrency: int = Field(4, ge=1, le=32)
    heartbeat_seconds: float = Field(5.0, gt=0, description="a worker silent for six of these is taken for dead")
    serve_processes: int = Field(1, ge=1, le=32, description="processes of `serve`, unless it is told with --processes")
    work_processes: int = Field(1, ge=1, le=32, description="processes of `work`, unless it is told with --processes")
    serve_observe_listen: Listen | None = Field(
        None, description="host:port of /live, /ready and /metrics of `serve`, for the operator alone"
    )
    work_observe_listen: Listen | None = Field(None, description="the same of `work`")
    metrics_token: str | None = Field(None, min_length=16, repr=False, description="bearer token that /metrics then needs")
    stop_seconds: float = Field(10.0, ge=1, le=300, description="how long requests and jobs in flight may take at the end")
    bewaren_dagen: int = Field(
        400,
        ge=30,
        le=36_500,
        description="days that stored answers and bodies of delivered messages are kept",
    )


def from_environment(kind: type[S]) -> S:
    """Settings of this kind from the environment.

    Raises:
        SystemExit: with a line for every fault. It never shows a value, since many are secret.
    """
    try:
        return kind()
    except ValidationError as problem:
        wrong = [
            (prefix(kind) + "_".join(map(str, error["loc"])) if error["loc"] else "", error["msg"]) for error in problem.errors()
        ]
        raise SystemExit("\n".join(f"{name.upper()}: {said}" if name else said for name, said in wrong)) from None
    except SettingsError as problem:
        raise SystemExit(str(problem)) from None


def prefix(kind: type[BaseSettings]) -> str:
    """The prefix of the environment variables of these settings, such as FONDS_."""
    return kind.model_config.get("env_prefix", "").upper()


def database_url(kind: type[BaseSettings]) -> str:
    """Only the URL of the database, under the name that every command uses for it. `migrate` needs no other setting; its URL is
    for the role that owns the tables.

    Raises:
        SystemExit: it is missing.
    """

    class Database(BaseSettings):
        model_config = SettingsConfigDict(env_prefix=prefix(kind))

        database_url: str = Field(min_length=1)

    return from_environment(Database).database_url
