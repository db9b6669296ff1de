"""Four eyes: who acts, as far as a contract tells, and whether two are somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from gemeengoed_kit.route import ByCaller


@dataclass(frozen=True)
class Eyes:
    """Who acts: the organisation, its role, and which contract (the hash of its grant)."""

    peer_id: str
    role: str
    contract: str

    def columns(self) -> dict[str, str]:
        """What a table keeps of it."""
        return {"peer_id": self.peer_id, "rol": self.role, "contract": self.contract}


def are_others(one: Eyes, other: Eyes) -> bool:
    """Whether two are other eyes: another contract, and not the same role of the same organisation. A second contract for the
    same role does not make somebody else of an organisation."""
    return one.contract != other.contract and (one.peer_id, one.role) != (other.peer_id, other.role)


async def _eyes(caller: ByCaller) -> Eyes:
    return Eyes(caller.peer_id, caller.role or "", caller.grant)


ByEyes = Annotated[Eyes, Depends(_eyes)]
"""Who acts."""
