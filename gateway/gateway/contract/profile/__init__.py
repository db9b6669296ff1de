"""Lines of FSC Core, one module each. A Group uses one (`GroupRules.profile`); no code outside this folder depends on which."""

from __future__ import annotations

from typing import Any, Protocol

from gateway.contract.profile import october_2025, version_1_1, version_2_0
from gateway.group import GroupRules


class Profile(Protocol):
    """The differences between the lines. `content` and `grant` are parsed JSON; they are hashed as they were received.

    Attributes:
        has_properties: whether a grant may carry properties.
    """

    has_properties: bool

    def check_shape(self, content: Any) -> None:
        """Check that the data has the shape of contract content.

        Raises:
            ManagerError: 400 with a list of all faults; 422 for an unknown hash algorithm or version.
        """

    def hash_content(self, content: dict[str, Any]) -> str:
        """The hash of contract content: `$1$1$…`."""

    def hash_grant(self, content: dict[str, Any], of_content: str, grant: dict[str, Any]) -> str:
        """The hash of one grant's data: `$1$<hash type>$…`; `of_content` is the hash of `content`."""

    def outsider(self, role: str) -> str:
        """The error code for a peer that is not a party; `role`: SUBMITTING or RECEIVING."""

    def complete(self, content: dict[str, Any]) -> dict[str, Any]:
        """Add to our own content the fields that this line requires."""

    def identify(self, outway: dict[str, Any], public_key_thumbprint: str) -> None:
        """Put the key of an Outway in `outway`, unless that names an Outway already."""


def profile_of(rules: GroupRules) -> Profile:
    """The line that a Group uses."""
    lines: dict[str, Profile] = {"2025-10": october_2025, "2.0": version_2_0, "1.1": version_1_1}
    return lines[rules.profile]
