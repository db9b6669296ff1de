"""A peer that shares no code with the gateway: own root, hashes, signatures, Manager and Inway, from the standard's text."""

from tests.gateway.independent.authority import Authority
from tests.gateway.independent.hashing import HASH_TYPES, b64, content_hash, grant_hash, make_content, new_id
from tests.gateway.independent.identity import Identity, make_key, verify
from tests.gateway.independent.inway import FakeInway
from tests.gateway.independent.jcs import canonical
from tests.gateway.independent.manager import FakeManager, Handler
from tests.gateway.independent.speaker import Speaker

__all__ = [
    "HASH_TYPES",
    "Authority",
    "FakeInway",
    "FakeManager",
    "Handler",
    "Identity",
    "Speaker",
    "b64",
    "canonical",
    "content_hash",
    "grant_hash",
    "make_content",
    "make_key",
    "new_id",
    "verify",
]
