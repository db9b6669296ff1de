"""Settings of a service, from environment variables with the service's own prefix."""

from __future__ import annotations

from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsError

S = TypeVar("S", bound=BaseSettings)


class ServiceSettings(BaseSettings):
    """What every service needs. A subclass sets `model_config = SettingsConfigDict(env_prefix=...)`."""

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
    outway_url: str | None = Field(None, description="the own Outway; only jobs call it")
    aliases: dict[str, str] = Field({}, description="bron to grant alias at the Outway, as JSON")
    job_concurrency: int = Field(4, ge=1, le=32)
    heartbeat_seconds: float = Field(5.0, gt=0, description="a worker silent for six of these is taken for dead")
    bewaren_dagen: int = Field(
        400, ge=30, description="days after which stored idempotent answers and bodies of delivered messages are forgotten"
    )


def from_environment(kind: type[S]) -> S:
    """Settings of this kind from the environment.

    Raises:
        SystemExit: a line for everything that is wrong. A value is never in it, since many are secret.
    """
    try:
        return kind()
    except ValidationError as problem:
        prefix = kind.model_config.get("env_prefix", "")
        wrong = [(prefix + "_".join(map(str, error["loc"])) if error["loc"] else "", error["msg"]) for error in problem.errors()]
        raise SystemExit("\n".join(f"{name.upper()}: {said}" if name else said for name, said in wrong)) from None
    except SettingsError as problem:
        raise SystemExit(str(problem)) from None
