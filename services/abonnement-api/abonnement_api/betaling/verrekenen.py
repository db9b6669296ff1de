"""Use case of what was paid on an invoice that was credited later: it is set off against another invoice of the same gemeente, or
comes free, to be given back."""

from __future__ import annotations

from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import EVERYTHING

from abonnement_api.betaling import koppelen, repository, rules
from abonnement_api.betaling.errors import NietsTeVerrekenen, OnbekendeFactuur, PastNiet
from abonnement_api.betaling.schemas import Factuurverrekening, NieuweVerrekening
from abonnement_api.factuur import service as factuur


def verrekenen(work: Work, nummer: str, nieuw: NieuweVerrekening, iban: str) -> Factuurverrekening:
    """Take from an invoice what was paid of it above its amount, the last receipt first, and pay another invoice with it.

    What that one does not need, or everything when none is named, stays free on the receipts.

    Raises:
        FactuurNietGevonden: no invoice has this number.
        OnbekendeFactuur: the other invoice does not exist, or is of another gemeente.
        NietsTeVerrekenen: no more was paid than its amount.
        PastNiet: nothing is open on the other invoice.
    """
    rij = factuur.zichtbaar(work, EVERYTHING, nummer)
    repository.lock_rekening(work.session, iban)
    open_cent = factuur.openstaand(work, {nummer, nieuw.met} if nieuw.met else {nummer})
    if nieuw.met:
        ander = {gevonden.nummer: gevonden for gevonden in factuur.van_nummers(work, [nieuw.met])}.get(nieuw.met)
        if ander is None or ander.gemeentecode != rij.gemeentecode or nieuw.met == nummer:
            raise OnbekendeFactuur(
                f"Er is geen andere factuur {nieuw.met} van {rij.gemeentecode}.",
                invalid_params=[InvalidParam("met", "onbekend", "is geen andere factuur van dezelfde gemeente")],
            )
    te_veel = factuur.te_veel_betaald(work, nummer)
    if not te_veel:
        raise NietsTeVerrekenen(f"Van factuur {nummer} is niet meer betaald dan haar bedrag.")
    vrij = open_cent[nieuw.met] if nieuw.met else {}
    if nieuw.met and not any(vrij.values()):
        raise PastNiet(
            f"Op factuur {nieuw.met} staat niets open.", invalid_params=[InvalidParam("met", "past_niet", "is betaald")]
        )
    terug = rules.neem_van_laatste(repository.betalers(work.session, nummer), te_veel)
    ontvangsten = {bij.id: bij for bij in repository.van_ids(work.session, list(terug))}
    stukken: list[koppelen.Nieuw] = []
    verrekend = 0
    for id, per_dienst in terug.items():
        bij = ontvangsten[id]
        weg = {(nummer, dienst): -cent for dienst, cent in per_dienst.items()}
        stukken.append(koppelen.Nieuw(bij, "ongedaan", weg, nieuw.toelichting))
        delen = rules.toewijzen(sum(per_dienst.values()), vrij)
        for dienst, cent in delen.items():
            vrij[dienst] -= cent
            verrekend += cent
        if delen:
            erbij = {(str(nieuw.met), dienst): cent for dienst, cent in delen.items()}
            stukken.append(koppelen.Nieuw(bij, "met_de_hand", erbij, nieuw.toelichting))
    ids = koppelen.vastleggen(work, stukken)
    return Factuurverrekening.make(
        vrijgekomen_cent=sum(te_veel.values()) - verrekend,
        verrekend_cent=verrekend,
        koppelingen=[koppelen.get_koppeling(work, id) for id in ids],
    )
