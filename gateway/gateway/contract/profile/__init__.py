"""Lines of FSC Core, one module each; a Group speaks one (`GroupRules.profile`) and nothing outside this folder asks which."""

from __future__ import annotations

from typing import Any, Protocol

from gateway.contract.profile import october_2025, version_1_1, version_2_0
from gateway.group import GroupRules


class Profile(Protocol):
    """What differs between the lines. `content` and `grant` are parsed JSON; they are hashed as they were received.

    Attributes:
        has_properties: whether a grant may carry properties.
    """

    has_properties: bool

    def check_shape(self, content: Any) -> None:
        """Whether it has the shape of contract content.

        Raises:
            ManagerError: 400 with every fault named; 422 for an unknown hash algorithm or version.
        """

    def hash_content(self, content: dict[str, Any]) -> str:
        """`$1$1$…`."""

    def hash_grant(self, content: dict[str, Any], of_content: str, grant: dict[str, Any]) -> str:
        """`$1$<hash type>$…` of one grant's data; `of_content` is the hash of `content`."""

    def outsider(self, role: str) -> str:
        """The error code for a peer that is no party; `role`: SUBMITTING or RECEIVING."""

    def complete(self, content: dict[str, Any]) -> dict[str, Any]:
        """Content of our own making with what this line wants in it."""

    def identify(self, outway: dict[str, Any], public_key_thumbprint: str) -> None:
        """Name the key of an Outway in `outway`, unless something is named there already."""


def profile_of(rules: GroupRules) -> Profile:
    """The line that a Group speaks."""
    lines: dict[str, Profile] = {"2025-10": october_2025, "2.0": version_2_0, "1.1": version_1_1}
    return lines[rules.profile]
