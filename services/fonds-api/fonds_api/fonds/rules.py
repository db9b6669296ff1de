"""Rules of fondsen. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gemeengoed_kit.errors import InvalidParam

from fonds_api.fonds.errors import BoekingsrollenPassenNiet

BEHEERDER = "fondsbeheerder"
"""The role that sees every fonds and books in it: it keeps them."""


def eisen_boekingsrollen(rollen: Sequence[str], bekend: Collection[str]) -> None:
    """Refuse roles that cannot book in a fonds.

    Args:
        bekend: the roles that may book at all.

    Raises:
        BoekingsrollenPassenNiet: names all faults.
    """
    wrong = [InvalidParam("boekingsrollen", "onbekend", f"de rol {rol} boekt niet") for rol in rollen if rol not in bekend]
    if BEHEERDER not in rollen:
        wrong.append(InvalidParam("boekingsrollen", "ontbreekt", f"de {BEHEERDER} boekt in elk fonds"))
    if len(set(rollen)) < len(rollen):
        wrong.append(InvalidParam("boekingsrollen", "dubbel", "een rol staat er twee keer"))
    if wrong:
        raise BoekingsrollenPassenNiet("De boekingsrollen van dit fonds kunnen niet zo.", invalid_params=wrong)
