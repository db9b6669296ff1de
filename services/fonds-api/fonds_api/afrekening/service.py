"""Use cases of afrekeningen."""

from __future__ import annotations

from collections.abc import Sequence

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight, found

from fonds_api.afrekening import repository, rules
from fonds_api.afrekening.errors import AfrekeningNietGevonden, NietsTeVerrekenen, OnbekendeBijdrageronde, PeilingPastNiet
from fonds_api.afrekening.schemas import (
    Afrekening,
    AfrekeningenFilter,
    Afrekeningregel,
    AfrekeningregelsFilter,
    NieuweAfrekening,
)
from fonds_api.bijdrage import service as bijdrage
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from fonds_api.omslag import rules as omslagregels
from fonds_api.omslag import service as omslag
from fonds_api.peiling import service as peiling

VOORSCHOT, OPBRENGST = "1310", "8000"
"""Te verrekenen met gemeenten, and Bijdragen gemeenten."""


def afrekenen(work: Work, zicht: Sight, nieuw: NieuweAfrekening) -> Afrekening:
    """Settle a round by the figures of a peiling: per gemeente the difference with what was charged, for good. What was stored of
    the round does not change. Its income is booked in the same transaction; the differences become nota's by a nota run.

    Raises:
        OnbekendeBijdrageronde: there is no such round, or it is not vastgesteld.
        OnbekendePeiling: see `peiling.service.voor_omslag`.
        PeilingPastNiet, InwonersVoorlopig: see `rules.eisen_passend`; or it is of other days than the levy.
        NietsTeVerrekenen: nothing would change.
    """
    ronde = bijdrage.vastgestelde_ronde(work, zicht, nieuw.ronde)
    if ronde is None:
        raise OnbekendeBijdrageronde(f"Er is geen vastgestelde ronde {nieuw.ronde}, of niet voor uw rol.")
    repository.vergrendel(work.session, ronde.id)
    besloten = bijdrage.omslag_van(work, ronde)
    gepeild = peiling.voor_omslag(work, besloten, nieuw.peiling)
    if (gepeild.indeling, gepeild.peildatum) != (besloten.indeling, besloten.peildatum) or (
        gepeild.compensatie_jaren != besloten.compensatie_jaren
    ):
        raise PeilingPastNiet(f"De peiling is van {gepeild.peildatum}, de omslag van {besloten.peildatum}.")
    gemeenten = peiling.gemeenten_van(work, gepeild)
    vast = bijdrage.vaste_van(work, ronde.fonds, ronde.jaar)
    rules.eisen_passend(list(vast), gemeenten)
    bedragen = omslagregels.berekenen(omslag.regel_van(besloten), gemeenten)
    laatste, eerder = repository.laatste(work.session, ronde.id), repository.verschillen(work.session, ronde.id)
    nummer = laatste.nummer + 1 if laatste else 1
    id = f"{ronde.id}-{nummer}"
    regels = []
    for regelnummer, g in enumerate(gemeenten, 1):
        rij, bedrag = vast[g.code], bedragen[g.code]
        berekend = rules.berekend(rij.bedrag_cent, besloten.promillen, eerder.get(g.code, []))
        regels.append(
            {
                "afrekening": id,
                "regelnummer": regelnummer,
                "gemeentecode": g.code,
                "gemeentenaam": rij.gemeentenaam,
                "inwoners_eerst": rij.inwoners,
                "inwoners": g.inwoners,
                "inwonerstatus": g.status,
                "bruto_cent": bedrag.bruto_cent,
                "compensatie_cent": bedrag.compensatie_cent,
                "voorgangers": peiling.als_json(g),
                "bedrag_cent": bedrag.cent,
                "berekend_cent": berekend,
                "verschil_cent": bedrag.cent - berekend,
            }
        )
    totaal = sum(bedrag.cent for bedrag in bedragen.values())
    geboekt = laatste.totaal_cent if laatste else 0 if besloten.a_conto else sum(rij.bedrag_cent for rij in vast.values())
    opbrengst = totaal - geboekt
    if not opbrengst and not any(regel["verschil_cent"] for regel in regels):
        raise NietsTeVerrekenen(f"Met deze peiling verandert er niets aan ronde {ronde.id}.")
    waarden = {
        "id": id,
        "fonds": ronde.fonds,
        "ronde": ronde.id,
        "nummer": nummer,
        "peiling": gepeild.id,
        "datum": today(work.clock),
        "omschrijving": nieuw.omschrijving,
        "aantal": len(regels),
        "totaal_cent": totaal,
        "verschil_cent": sum(regel["verschil_cent"] for regel in regels),
        "opbrengst_cent": opbrengst,
        "vastgesteld_op": work.clock.now(),
    }
    repository.insert_afrekening(work.session, waarden, regels)
    if opbrengst:
        post = [Regel(VOORSCHOT, opbrengst), Regel(OPBRENGST, -opbrengst)]
        boeken_eigen(work, [EigenBoeking(ronde.fonds, waarden["datum"], f"Afrekening {id}", pad(id), post)])
    work.record(action="afrekening.vaststellen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_afrekening(work, zicht, id)


def list_afrekeningen(work: Work, zicht: Sight, wens: AfrekeningenFilter) -> tuple[int, list[Afrekening]]:
    """(total number, settlements of this page) that the caller may see."""
    count, rijen = repository.list_afrekeningen(work.session, zicht, wens)
    return count, Afrekening.from_rows(rijen)


def get_afrekening(work: Work, zicht: Sight, id: str) -> Afrekening:
    """One settlement.

    Raises:
        AfrekeningNietGevonden: it does not exist, or the caller may not see it.
    """
    rij = repository.find(work.session, zicht, id)
    return Afrekening.from_row(found(rij, AfrekeningNietGevonden, f"Er is geen afrekening {id}, of niet voor uw rol."))


def list_regels(work: Work, zicht: Sight, wens: AfrekeningregelsFilter) -> tuple[int, list[Afrekeningregel], dict[str, int]]:
    """(total number, lines of this page, sums over all pages) that the caller may see."""
    count, sommen, rijen = repository.list_regels(work.session, zicht, wens)
    regels = Afrekeningregel.from_rows(rijen, lambda rij: {"bijdrage": f"/v1/bijdragen/{rij.ronde}-{rij.gemeentecode}"})
    return count, regels, sommen


def verschillen_van(work: Work, zicht: Sight, id: str) -> tuple[Afrekening, Sequence[Values]]:
    """A settlement with its lines that come to something, for other features. Raises as `get_afrekening`."""
    return get_afrekening(work, zicht, id), repository.regels_van(work.session, id)


def pad(id: str) -> str:
    """Path of a settlement in this API."""
    return f"/v1/afrekeningen/{id}"
