"""Refusals of the management API about contracts."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class ContractNotFound(NotFound):
    """404: this peer has no such contract."""

    type, title = "contract-niet-gevonden", "Contract niet gevonden"
    meaning = "Deze peer heeft geen contract met deze hash."
    remedy = "Zoek het op met `GET /v1/peers/{peer_id}/contracts`."


class AlreadyEnded(Conflict):
    """409: the contract was rejected, revoked or has ended."""

    type, title = "contract-beeindigd", "Contract is beëindigd"
    meaning = "Het contract is afgewezen, ingetrokken of verlopen."
    remedy = "Bied een nieuw contract aan."


class ReasonMissing(Conflict):
    """409: this decision needs a reason (FSC External Contract: audit trail)."""

    type, title = "reden-verplicht", "Reden ontbreekt"
    meaning = "Dit besluit vraagt om een reden, omdat het contract verwijst naar een contract buiten FSC."
    remedy = "Geef `reden` mee."


class GrantUnknown(Conflict):
    """409: this peer has no such grant for its Outway."""

    type, title = "onbekende-grant", "Onbekende grant"
    meaning = "De eigen Outway heeft geen grant met deze hash."
    remedy = "Zoek de hash op bij het contract; het is niet de hash van het contract zelf."


class ContractRefused(Conflict):
    """409: the contract breaks a rule of FSC; `fscCode` is FSC's code for it."""

    type, title = "contract-ongeldig", "Contract voldoet niet aan FSC"
    meaning = "Het contract breekt een regel van FSC; `fscCode` is de code daarvan."
    remedy = "Verbeter wat `detail` noemt."
