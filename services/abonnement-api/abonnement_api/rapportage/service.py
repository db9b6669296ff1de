"""Use cases of reports; they only read, and store nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight

from abonnement_api.aanbieder.service import zichtbare_diensten
from abonnement_api.abonnement import service as abonnement
from abonnement_api.auditfile import service as auditfile
from abonnement_api.catalogus import gemeente
from abonnement_api.factuur import service as factuur
from abonnement_api.gemeentepeiling import service as gemeentepeiling
from abonnement_api.rapportage import rules
from abonnement_api.rapportage.errors import StandInDeToekomst
from abonnement_api.rapportage.schemas import (
    Deelname,
    Deelnemend,
    Inning,
    Inningsregel,
    Ouderdom,
    Ouderdomsklasse,
    Ouderdomsregel,
    Pakketdeelname,
)
from abonnement_api.tarief import service as tarief
from abonnement_api.tarief.errors import GeenTarief
from abonnement_api.verantwoordingsstuk import service as verantwoordingsstuk
from abonnement_api.verantwoordingsstuk.rules import BEGROTING, JAARREKENING
from abonnement_api.verdeling import service as verdeling


def get_deelname(work: Work, peildatum: date | None) -> Deelname:
    """Who takes part on a day, against all gemeenten of that day.

    Args:
        peildatum: None for that of the last peiling.

    Raises:
        GeenGemeentepeiling: catalogus was not asked about that day.
    """
    peiling, alle = gemeentepeiling.gemeenten_op(work, peildatum)
    pakketten = {rij.gemeentecode: rij.pakket for rij in abonnement.geldig_op(work, peiling.peildatum)}
    rijen = [
        Deelnemend.make(
            gemeentecode=een.gemeentecode,
            gemeentenaam=een.gemeentenaam,
            gemeente=gemeente(een.gemeentecode),
            inwoners=een.inwoners,
            pakket=pakketten.get(een.gemeentecode),
        )
        for een in alle
    ]
    deelnemers = [rij for rij in rijen if rij.pakket is not None]
    inwoners, van_deelnemers = _inwoners(rijen), _inwoners(deelnemers)
    per_pakket = [
        (pakket, [rij for rij in deelnemers if rij.pakket == pakket]) for pakket in sorted({str(r.pakket) for r in deelnemers})
    ]
    return Deelname.make(
        peildatum=peiling.peildatum,
        peiling=gemeentepeiling.pad(peiling.id),
        gepeild_op=peiling.afgerond_op,
        aantal_gemeenten=len(rijen),
        aantal_deelnemers=len(deelnemers),
        percentage_gemeenten=rules.percentage(len(deelnemers), len(rijen)),
        inwoners=inwoners,
        inwoners_deelnemers=van_deelnemers,
        percentage_inwoners=rules.percentage(van_deelnemers, inwoners),
        aantal_zonder_inwonertal=sum(rij.inwoners is None for rij in rijen),
        pakketten=[
            Pakketdeelname.make(pakket=pakket, aantal_gemeenten=len(deel), inwoners=_inwoners(deel))
            for pakket, deel in per_pakket
        ],
        ontbrekend=[rij for rij in rijen if rij.pakket is None],
        deelnemers=deelnemers,
        niet_in_peiling=sorted(pakketten.keys() - {rij.gemeentecode for rij in rijen}),
    )


def get_inning(work: Work, zicht: Sight, jaar: int) -> Inning:
    """What was received on the invoices of a year against what was budgeted, per dienst that the caller may see; in cents."""
    begroot, besteed = (verantwoordingsstuk.vastgesteld(work, soort, jaar) for soort in (BEGROTING, JAARREKENING))
    gefactureerd = factuur.cent_per_dienst(work, jaar)
    verdeeld, nog_te_verdelen = verdeling.ontvangen_per_dienst(work, jaar)
    gewichten = _gewichten(work, jaar)
    regels = []
    for dienst in zichtbare_diensten(work, zicht):
        code = dienst.code
        ontvangen = verdeeld.get(code, 0) + nog_te_verdelen.get(code, 0)
        plan, eind = begroot.get(code), besteed.get(code)
        regels.append(
            Inningsregel.make(
                dienst=code,
                naam=dienst.naam,
                aanbieder=dienst.aanbieder,
                gewicht=gewichten.get(code),
                begroot_cent=plan.cent if plan else None,
                begroting=plan.pad if plan else None,
                gefactureerd_cent=gefactureerd.get(code, 0),
                ontvangen_cent=ontvangen,
                openstaand_cent=gefactureerd.get(code, 0) - ontvangen,
                verdeeld_cent=verdeeld.get(code, 0),
                verschil_cent=ontvangen - plan.cent if plan else None,
                besteed_cent=eind.cent if eind else None,
            )
        )
    volledig = all(regel.begroot_cent is not None for regel in regels)
    return Inning.make(jaar=jaar, op=today(work.clock), volledig_begroot=volledig, regels=[*regels, _totaal(regels, volledig)])


def get_ouderdom(work: Work, op: date | None) -> Ouderdom:
    """How old is what is open at the end of a day, by default today; amounts in cents.

    Raises:
        StandInDeToekomst: the day is after today.
    """
    vandaag = today(work.clock)
    dag = op or vandaag
    if dag > vandaag:
        raise StandInDeToekomst(f"{dag} ligt na vandaag, {vandaag}.")
    rijen = rules.ouderdom((rules.Post(*rij) for rij in auditfile.openstaand(work, dag)), dag)
    samen = rules.samen(rijen)
    return Ouderdom.make(
        op=dag,
        aantal=sum(samen.aantallen),
        openstaand_cent=sum(samen.bedragen),
        te_veel_cent=samen.te_veel,
        klassen=[
            Ouderdomsklasse.make(
                naam=klasse.naam, vanaf_dagen=klasse.vanaf, tot_en_met_dagen=klasse.tot_en_met, aantal=aantal, bedrag_cent=cent
            )
            for klasse, aantal, cent in zip(rules.KLASSEN, samen.aantallen, samen.bedragen, strict=True)
        ],
        gemeenten=[
            Ouderdomsregel.make(
                gemeentecode=rij.gemeentecode,
                gemeentenaam=rij.gemeentenaam,
                aantal=sum(rij.aantallen),
                openstaand_cent=sum(rij.bedragen),
                te_veel_cent=rij.te_veel,
                klassen=list(rij.bedragen),
            )
            for rij in rijen
        ],
    )


def _inwoners(rijen: list[Deelnemend]) -> int:
    return sum(rij.inwoners or 0 for rij in rijen)


def _gewichten(work: Work, jaar: int) -> Mapping[str, Decimal]:
    """Dienst to its weight in the decision for a year; empty when there is none."""
    try:
        besluit = tarief.voor_jaar(work, jaar)
    except GeenTarief:
        return {}
    return {
        dienst: gewicht for pakket in tarief.pakketten(work, besluit.id).values() for dienst, gewicht in pakket.gewichten.items()
    }


def _totaal(regels: list[Inningsregel], volledig: bool) -> Inningsregel:
    def som(naam: str) -> int | None:
        """Of what is known."""
        bekend = [cent for regel in regels if (cent := getattr(regel, naam)) is not None]
        return sum(bekend) if bekend else None

    def cent(naam: str) -> int:
        return som(naam) or 0

    return Inningsregel.make(
        dienst=None,
        naam="Totaal",
        aanbieder=None,
        gewicht=None,
        begroot_cent=som("begroot_cent"),
        begroting=None,
        gefactureerd_cent=cent("gefactureerd_cent"),
        ontvangen_cent=cent("ontvangen_cent"),
        openstaand_cent=cent("openstaand_cent"),
        verdeeld_cent=cent("verdeeld_cent"),
        verschil_cent=som("verschil_cent") if volledig else None,
        besteed_cent=som("besteed_cent"),
    )
