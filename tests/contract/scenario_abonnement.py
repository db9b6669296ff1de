"""Outcomes of the abonnement API."""

from __future__ import annotations

from gemeengoed_lokaal.bank import EIGEN_IBAN as IBAN

from tests.contract.proef import Proef


def scenario(proef: Proef) -> None:
    proef.doe("GET", "/aanbieders", 200)


__all__ = ["IBAN", "scenario"]
