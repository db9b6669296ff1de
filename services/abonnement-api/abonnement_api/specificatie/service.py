"""Use case of statements; it only reads."""

from __future__ import annotations

import uuid

from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight, found

from abonnement_api.aanbieder.service import list_diensten, namen
from abonnement_api.betaalopdracht import service as betaalopdracht
from abonnement_api.factuur import service as factuur
from abonnement_api.specificatie import rules
from abonnement_api.specificatie.errors import SpecificatieNietGevonden
from abonnement_api.specificatie.schemas import Specificatie, Specificatieregel
from abonnement_api.verdeling import service as verdeling
from abonnement_api.verkoper.rules import BUREAU


def get_specificatie(work: Work, zicht: Sight, id: uuid.UUID, aanbieder: str) -> Specificatie:
    """What a distribution gives to an aanbieder, per receipt.

    Raises:
        SpecificatieNietGevonden: there is no such distribution, nothing in it is the aanbieder's, or it is not the caller's.
    """
    stand = verdeling.vastgesteld(work, id)
    deel = [regel for regel in verdeling.regels_van(work, id, zicht) if regel.aanbieder == aanbieder]
    wat = f"Er is geen vastgestelde verdeling {id} waarin {aanbieder} iets krijgt."
    rij = found(stand if deel else None, SpecificatieNietGevonden, wat)
    diensten = list_diensten(work)
    eigen = {dienst.code for dienst in diensten if dienst.aanbieder == aanbieder}
    ook = {dienst.code for dienst in diensten if dienst.aanbieder == BUREAU}
    delen = verdeling.delen_van(work, id, eigen | ook)
    facturen = {gevonden.nummer: gevonden for gevonden in factuur.van_nummers(work, {deel.factuur for deel in delen})}
    telling = rules.telling(delen, eigen, {nummer: rij.verkoper for nummer, rij in facturen.items()}, aanbieder)
    return Specificatie.make(
        verdeling=verdeling.pad(id),
        aanbieder=aanbieder,
        naam=namen(work)[aanbieder],
        tot_en_met=rij.tot,
        vastgesteld_op=rij.vastgesteld_op,
        ontvangen_cent=telling.ontvangen_cent,
        teruggegaan_cent=telling.teruggegaan_cent,
        bedrag_cent=telling.bedrag_cent,
        ingehouden_cent=telling.ingehouden_cent,
        betaling=betaalopdracht.betaald_van(work, id).get(aanbieder),
        regels=[
            Specificatieregel.make(
                factuur=regel.factuur,
                jaar=facturen[regel.factuur].jaar,
                gemeentecode=facturen[regel.factuur].gemeentecode,
                gemeentenaam=facturen[regel.factuur].gemeentenaam,
                dienst=regel.dienst,
                datum=regel.datum,
                bedrag_cent=regel.bedrag_cent,
            )
            for regel in telling.regels
        ],
    )
