"""The choices that FSC leaves to a Group: one object, shared by all components and read from one file."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

_SERVICE_NAME = re.compile(r"[a-zA-Z0-9._-]{1,100}")
_ADDRESS = r"^https://[a-z0-9.-]+:(443|8443)$"
Profile = Literal["2025-10", "2.0", "1.1"]


class GroupInvalid(ValueError):
    """The file with the Group's rules cannot be used; the message lists every fault in it."""


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as problem:
        raise ValueError(f"no regular expression: {problem}") from problem
    return value


class GroupRules(BaseModel):
    """Rules of one Group. The defaults are those of Digikoppeling (REST API, chapter 3) where it has one.

    Two rules are fixed, since all Groups in the Netherlands have them: the Peer ID is the subject's serialNumber, and the
    peer's name is its O. Durations are in seconds, except `log_retention_days`.

    Attributes:
        profile: line of FSC Core: "2025-10" (JCS), "2.0" (draft) or "1.1" (published line, binary hashes).
        trust_anchors: PEM files with the trusted root certificates.
        crls: certificate revocation lists, PEM or DER; without any, revocation is not checked.
        ports: the ports on which FSC components may listen.
        max_properties_bytes: of one grant, checked at creation; properties travel in a header, in the token (fsc.md 1.9, 22).
        max_contract_bytes: size of a whole contract's content, with properties of publications and unknown fields.
        clock_skew: how far created_at may be ahead of our clock.
        backoff_cap: the longest wait between two attempts to deliver.
        directories: addresses of the Managers that are a Directory in this Group.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    group_id: str = Field(pattern=r"^[a-zA-Z0-9./_-]{1,100}$")
    profile: Profile = "2025-10"
    trust_anchors: tuple[Path, ...] = ()
    crls: tuple[Path, ...] = ()
    peer_id_pattern: Annotated[str, AfterValidator(_pattern)] = r"\d{20}"
    ports: frozenset[Literal[443, 8443]] = Field(frozenset({443, 8443}), min_length=1)
    tls_versions: tuple[Literal["1.2", "1.3"], ...] = Field(("1.2", "1.3"), min_length=1)
    max_grants: int = Field(10, ge=1)
    max_properties_bytes: int = Field(4096, ge=0)
    max_contract_bytes: int = Field(2**20, ge=1024)
    clock_skew: int = Field(60, ge=0)
    backoff_cap: int = Field(300, ge=1)
    log_retention_days: int = Field(730, ge=1)
    directories: tuple[Annotated[str, Field(pattern=_ADDRESS)], ...] = ()

    @cached_property
    def anchors_pem(self) -> bytes:
        """All trust anchors, as one PEM."""
        return b"\n".join(path.read_bytes() for path in self.trust_anchors)

    def is_peer_id(self, value: str) -> bool:
        """Whether `value` has the form of a Peer ID in this Group (an OIN)."""
        return re.fullmatch(self.peer_id_pattern, value, re.ASCII) is not None

    def is_service_name(self, value: str) -> bool:
        """Whether `value` may be the name of a Service (FSC Core, service name; applied to all grants)."""
        return _SERVICE_NAME.fullmatch(value) is not None

    def backoff(self, attempts: int) -> int:
        """Seconds to wait after `attempts` failures: 1, 2, 4 … up to the cap (Digikoppeling REST API)."""
        return min(2 ** max(attempts - 1, 0), self.backoff_cap) if attempts < 32 else self.backoff_cap


def read_group(path: Path) -> GroupRules:
    """Read the Group's rules from a TOML file; paths in it are relative to that file.

    Raises:
        GroupInvalid: the file is unreadable, a setting is unknown or wrong, or a file is missing; lists all faults.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise GroupInvalid(f"{path}: {problem}") from problem
    faults = [] if given.get("trust_anchors") else ["trust_anchors: name at least one PEM file"]
    for name in ("trust_anchors", "crls"):
        given[name] = _files(path.parent, name, given.get(name, []), faults)
    try:
        rules = GroupRules.model_validate(given)
    except ValidationError as problem:
        faults += [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in problem.errors()]
    if faults:
        raise GroupInvalid(f"{path}: " + "; ".join(faults))
    return rules


def _files(folder: Path, name: str, given: Any, faults: list[str]) -> list[Path]:
    if not isinstance(given, list) or not all(isinstance(part, str) for part in given):
        faults.append(f"{name}: must be a list of file names")
        return []
    found = [folder / part for part in given]
    faults += [f"{name}: {file} is not there" for file in found if not file.is_file()]
    return found
