"""Names fixed by FSC: headers, claims, enumerations. They are spelled only here, since a new version may rename them."""

from __future__ import annotations

from enum import StrEnum

AUTHORIZATION = "Fsc-Authorization"
GRANT_HASH = "Fsc-Grant-Hash"
TRANSACTION_ID = "Fsc-Transaction-Id"
MANAGER_ADDRESS = "Fsc-Manager-Address"
ERROR_CODE = "Fsc-Error-Code"

HASH_ALGORITHM = "HASH_ALGORITHM_SHA3_512"
SIGNATURE_ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
THUMBPRINT = "x5t#S256"
FSC_VERSION = "1.0.0"
EXTENSIONS = {"EXTENSION_DELEGATION": "1.0.0", "EXTENSION_TRANSACTION_LOGGING": "1.0.0"}

SERVICE = "SERVICE_TYPE_SERVICE"
DELEGATED_SERVICE = "SERVICE_TYPE_DELEGATED_SERVICE"
PROTOCOL_HTTP_1, PROTOCOL_HTTP_2 = PROTOCOLS = ("PROTOCOL_TCP_HTTP_1.1", "PROTOCOL_TCP_HTTP_2")


def external_contract(*, publishes: bool) -> str:
    """The property that refers to a contract outside FSC, in a publication or in a connection (FSC External Contract)."""
    return f"delegation.{'publication' if publishes else 'connection'}.external_contract_reference"


EXTERNAL_CONTRACT = (external_contract(publishes=False), external_contract(publishes=True))


class GrantType(StrEnum):
    """The four grants of FSC Core; `hash_type` is the digit in a grant hash (FSC Core, hash types)."""

    PUBLICATION = "GRANT_TYPE_SERVICE_PUBLICATION"
    CONNECTION = "GRANT_TYPE_SERVICE_CONNECTION"
    DELEGATED_CONNECTION = "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION"
    DELEGATED_PUBLICATION = "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION"

    @property
    def hash_type(self) -> int:
        return {"PUBLICATION": 2, "CONNECTION": 3, "DELEGATED_CONNECTION": 4, "DELEGATED_PUBLICATION": 5}[self.name]

    @property
    def publishes(self) -> bool:
        return self in (GrantType.PUBLICATION, GrantType.DELEGATED_PUBLICATION)


class SignatureType(StrEnum):
    """What a party says about a contract; also the last part of the Manager's path."""

    ACCEPT = "accept"
    REJECT = "reject"
    REVOKE = "revoke"


class State(StrEnum):
    """State of a contract, derived from signatures and clock (FSC Core, state-contract); never stored."""

    PROPOSED = "PROPOSED"
    VALID = "VALID"
    REJECTED = "REJECTED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


class Domain(StrEnum):
    """The component in which an error occurred."""

    INWAY = "ERROR_DOMAIN_INWAY"
    OUTWAY = "ERROR_DOMAIN_OUTWAY"
    MANAGER = "ERROR_DOMAIN_MANAGER"
