"""Use case of the verantwoording; it only reads."""

from __future__ import annotations

from gemeengoed_kit.context import Work

from abonnement_api.aanbieder.service import aandelen, cent_per_dienst, list_diensten
from abonnement_api.betaling import service as betaling
from abonnement_api.factuur import service as factuur
from abonnement_api.verantwoording.rules import verschil
from abonnement_api.verantwoording.schemas import Stand
from abonnement_api.verdeling import service as verdeling


def get_stand(work: Work, jaar: int | None) -> Stand:
    """Where the money is of a year's invoices, or of all years; with the bank's own figures, which are of all years."""
    gefactureerd, betaald = factuur.totalen(work, jaar)
    verdeeld, nog_te_verdelen = verdeling.ontvangen_per_dienst(work, jaar)
    van_alle_jaren = (verdeeld, nog_te_verdelen) if jaar is None else verdeling.ontvangen_per_dienst(work, None)
    alles_ontvangen, gekoppeld, terug, volgens_bank = betaling.totalen(work)
    niet_gekoppeld = alles_ontvangen - gekoppeld - terug
    gaten, diensten = betaling.gaten(work), list_diensten(work)
    return Stand.make(
        jaar=jaar,
        gefactureerd_cent=gefactureerd,
        openstaand_cent=gefactureerd - betaald,
        ontvangen_cent=betaald + niet_gekoppeld,
        niet_gekoppeld_cent=niet_gekoppeld,
        gefactureerd_per_dienst_cent=cent_per_dienst(diensten, factuur.cent_per_dienst(work, jaar)),
        ontvangen_volgens_bank_cent=volgens_bank,
        verschil_cent=verschil(
            volgens_bank_cent=volgens_bank,
            verdeeld_cent=sum(van_alle_jaren[0].values()),
            nog_te_verdelen_cent=sum(van_alle_jaren[1].values()),
            niet_gekoppeld_cent=niet_gekoppeld + terug,
        ),
        teruggegaan_cent=terug,
        aansluitend=gaten == 0,
        aantal_gaten=gaten,
        verdeeld=aandelen(diensten, verdeeld),
        nog_te_verdelen_cent=sum(nog_te_verdelen.values()),
    )
