"""Use cases of begrotingen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Limit, Sight, found
from gemeengoed_kit.waiting import Waiting

from fonds_api.begroting import models, repository, rules
from fonds_api.begroting.bestand import Bestand
from fonds_api.begroting.errors import (
    BegrotingAchterhaald,
    BegrotingAlAangevraagd,
    BegrotingAlVastgesteld,
    BegrotingNietGevonden,
    DekkingOntoereikend,
    OnbekendVerschil,
    OngeldigeBegroting,
    SoortNietAanDeBeurt,
    VerplichtingenTeHoog,
    VerschilAlAanvaard,
    VerschillenOnverklaard,
)
from fonds_api.begroting.rules import AANGEVRAAGD, GEWEIGERD, VASTGESTELD
from fonds_api.begroting.schemas import (
    Aanvaarding,
    Begroting,
    BegrotingenFilter,
    BegrotingSamenvatting,
    Begrotingsjaar,
    Begrotingsregel,
    Inleesvraag,
    Meerjarenbegroting,
    Meerjarenvraag,
    NieuweAanvaarding,
    NieuweVaststelling,
    Optelling,
    Som,
    Totalen,
    Vaststelling,
    Verandering,
    Verschil,
    Verschillenverslag,
    Versievergelijking,
)
from fonds_api.besluit import service as besluiten
from fonds_api.besluit.errors import GremiumNietBevoegd
from fonds_api.besluit.schemas import BronBesluit, Weigering
from fonds_api.besluit.service import BESTUUR_EN_LEDEN, LEDEN
from fonds_api.budget import service as budget
from fonds_api.fonds import service as fonds
from fonds_api.jaareinde import service as jaareinde

BESTUUR, LEDENVERGADERING = "bestuur", "ledenvergadering"
TASK = "begroting.vaststellen"
WACHTEND = Waiting(
    models.Vaststellingsaanvraag,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda aanvraag: {"begroting": str(aanvraag.begroting), "besluit": aanvraag.pad},
    lock=lambda aanvraag: pad(aanvraag.begroting),
    path=lambda aanvraag: pad(aanvraag.begroting),
    action="begroting.hervatten",
)
_GELIJK = ("soort", "titel", "bronvermelding", "kenmerk")


def inlezen(work: Work, zicht: Sight, rol: str | None, bestand: Bestand, vraag: Inleesvraag) -> tuple[Begroting, bool]:
    """Store a table as the next version of a fonds and year, as its source states it.

    Returns:
        the version, and whether it is new: the file of the last version, sent again, changes nothing.

    Raises:
        OngeldigeBegroting: the file is no begroting; names all faults. A sum that does not add up is no fault.
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role does not keep it.
    """
    if bestand.bezwaren:
        raise OngeldigeBegroting("Er is niets ingelezen.", invalid_params=bestand.bezwaren)
    fonds.eisen_boekbaar(work, rol, vraag.fonds)
    repository.vergrendel(work.session, vraag.fonds, vraag.jaar)
    waarden = {**vraag.model_dump(), "eenheid_euro": int(vraag.eenheid_euro), "kenmerk": bestand.kenmerk}
    laatste = repository.laatste(work.session, vraag.fonds, vraag.jaar)
    if laatste and all(getattr(laatste, naam) == waarden[naam] for naam in (*_GELIJK, "eenheid_euro")):
        return get_begroting(work, zicht, laatste.id), False
    waarden |= {
        "id": uuid.uuid4(),
        "versie": laatste.versie + 1 if laatste else 1,
        "aantal_regels": len(bestand.regels),
        "onverklaard": rules.onverklaard(bestand.regels),
        "ingelezen_op": work.clock.now(),
    }
    repository.insert_begroting(work.session, waarden, bestand.regels)
    change = {**vraag.model_dump(mode="json", by_alias=True), "versie": waarden["versie"], "kenmerk": bestand.kenmerk}
    work.record(action="begroting.inlezen", subject=pad(waarden["id"]), change=change)
    return get_begroting(work, zicht, waarden["id"]), True


def list_begrotingen(work: Work, zicht: Sight, wens: BegrotingenFilter) -> tuple[int, list[BegrotingSamenvatting]]:
    """(total number, versions of this page) that the caller may see."""
    count, rijen = repository.list_begrotingen(work.session, zicht, wens)
    return count, BegrotingSamenvatting.from_rows(rijen, _erbij(work, rijen))


def get_begroting(work: Work, zicht: Sight, id: uuid.UUID) -> Begroting:
    """One version with its rows.

    Raises:
        BegrotingNietGevonden: it does not exist, or the caller may not see it.
    """
    rij = _zichtbare(work, zicht, id)
    regels, erbij = repository.regels_van(work.session, [id])[id], _erbij(work, [rij])

    def alles(rij: Values) -> dict[str, Any]:
        sommen = [Som.from_row(som) for som in rules.sommen(_regels(regels))]
        return {**erbij(rij), "regels": Begrotingsregel.from_rows(regels), "sommen": sommen}

    return Begroting.from_rows([rij], alles)[0]


def get_verschillen(work: Work, zicht: Sight, id: uuid.UUID) -> Verschillenverslag:
    """Where a version does not add up to what it states, recomputed from its rows. Raises as `get_begroting`."""
    rij = _zichtbare(work, zicht, id)
    regels = _regels(repository.regels_van(work.session, [id])[id])
    aanvaard = repository.aanvaard(work.session, [id])[id]
    return Verschillenverslag.make(
        begroting=id,
        eenheid_euro=rij.eenheid_euro,
        regel=rules.REGEL,
        aantal_sommen=sum(regel.rij in ("som", "inclusief") for regel in regels),
        verschillen=[_verschil(een, aanvaard.get(een.verschil)) for een in rules.verschillen(regels)],
    )


def aanvaarden(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweAanvaarding) -> Verschil:
    """Accept a difference that rounding does not explain, for good.

    Raises:
        BegrotingNietGevonden: see `get_begroting`.
        BegrotingAlVastgesteld: nothing of it changes any more.
        OnbekendVerschil: it has no such difference, or rounding explains it.
        VerschilAlAanvaard: it has been accepted before.
    """
    rij = _vergrendelde(work, zicht, id)
    if rij.vastgesteld_op:
        raise BegrotingAlVastgesteld(f"Begroting {_naam(rij)} is al vastgesteld.")
    if nieuw.verschil not in rij.onverklaard:
        raise OnbekendVerschil(f"Begroting {_naam(rij)} heeft geen onverklaard verschil {nieuw.verschil}.")
    waarden = {**nieuw.model_dump(), "begroting": id, "aanvaard_op": work.clock.now()}
    if not repository.insert_aanvaarding(work.session, waarden):
        raise VerschilAlAanvaard(f"Verschil {nieuw.verschil} van begroting {_naam(rij)} is al aanvaard.")
    work.record(action="begroting.aanvaarden", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    verslag = get_verschillen(work, zicht, id)
    return next(een for een in verslag.verschillen if een.verschil == nieuw.verschil)


def aanvragen(work: Work, zicht: Sight, rol: str | None, id: uuid.UUID, nieuw: NieuweVaststelling) -> tuple[Begroting, bool]:
    """Ask for a version to be adopted; a job asks catalogus whether the decision carries it.

    Returns:
        the version, and whether a job was queued: asking again changes nothing, unless it was geweigerd or its job is gone.

    Raises:
        BegrotingNietGevonden: see `get_begroting`.
        GremiumNietBevoegd: another gremium adopts this kind (`rules.van_de_leden`).
        BegrotingAlAangevraagd: it waits for another decision.
        others: see `_eisen_vast_te_stellen`.
    """
    rij = _vergrendelde(work, zicht, id)
    if (rol == LEDENVERGADERING) != rules.van_de_leden(rij.soort):
        wie = LEDENVERGADERING if rules.van_de_leden(rij.soort) else BESTUUR
        raise GremiumNietBevoegd(f"Een {rij.soort} stelt de rol {wie} vast.")
    _eisen_vast_te_stellen(work, rij)
    aanvraag = repository.lock_aanvraag(work.session, id)
    if aanvraag and aanvraag.status == AANGEVRAAGD:
        if aanvraag.pad != nieuw.besluit.pad:
            raise BegrotingAlAangevraagd(f"Begroting {_naam(rij)} wacht op besluit {aanvraag.pad}.")
        begint = WACHTEND.resume(work, aanvraag)
        return get_begroting(work, zicht, id), begint
    aanvraag = aanvraag or models.Vaststellingsaanvraag(begroting=id)
    aanvraag.bron, aanvraag.pad = nieuw.besluit.bron, nieuw.besluit.pad
    aanvraag.status, aanvraag.probleem, aanvraag.aangevraagd_op = AANGEVRAAGD, None, work.clock.now()
    work.session.add(aanvraag)
    work.session.flush()
    WACHTEND.queue(work, aanvraag)
    work.record(action="begroting.aanvragen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_begroting(work, zicht, id), True


def te_vragen(work: Work, id: uuid.UUID, besluit: str) -> str | None:
    """Path of the decision to ask for; None when an adoption does not wait for it (any more)."""
    aanvraag = repository.find_aanvraag(work.session, id)
    return besluit if aanvraag and (aanvraag.status, aanvraag.pad) == (AANGEVRAAGD, besluit) else None


def vaststellen(work: Work, id: uuid.UUID, besluit: BronBesluit) -> None:
    """Adopt a version, for good; does nothing when it does not wait for this decision.

    Raises:
        BesluitDraagtNiet: the decision is not positive, or not of who adopts this kind.
        others: see `_eisen_vast_te_stellen`; things may have changed since it was asked for.
    """
    rij = _vergrendelde(work, EVERYTHING, id)
    aanvraag = repository.lock_aanvraag(work.session, id)
    if aanvraag is None or aanvraag.status != AANGEVRAAGD or aanvraag.pad != besluit.pad:
        return
    besluiten.eisen_draagt(work, besluit, LEDEN if rules.van_de_leden(rij.soort) else BESTUUR_EN_LEDEN)
    _eisen_vast_te_stellen(work, rij)
    waarden = {"begroting": id, "bron": aanvraag.bron, "pad": aanvraag.pad, "vastgesteld_op": work.clock.now()}
    repository.insert_vaststelling(work.session, {**waarden, "gremium": besluit.gremium, "besloten_op": besluit.datum})
    aanvraag.status = VASTGESTELD
    change = {"besluit": aanvraag.pad, "gremium": besluit.gremium, "beslotenOp": besluit.datum.isoformat()}
    work.record(action="begroting.vaststellen", subject=pad(id), change=change)


def weigeren(work: Work, id: uuid.UUID, probleem: dict[str, Any], besluit: str) -> None:
    """Record why a version is not adopted; it is a concept again. One that does not wait for this
    decision (its path) does not change."""
    aanvraag = repository.lock_aanvraag(work.session, id)
    if aanvraag and (aanvraag.status, aanvraag.pad) == (AANGEVRAAGD, besluit):
        aanvraag.status, aanvraag.probleem = GEWEIGERD, Weigering.make(**probleem).model_dump(mode="json")
        work.record(action="begroting.weigeren", subject=pad(id), change=aanvraag.probleem)


def _eisen_vast_te_stellen(work: Work, rij: Values) -> None:
    """Refuse a version that cannot be adopted now. The caller has the lock on its fonds and year.

    Raises:
        BegrotingAlVastgesteld, BegrotingAchterhaald: it was adopted before, or there is a later version.
        JaarAfgesloten: its year is closed.
        SoortNietAanDeBeurt: see `rules.aan_de_beurt`.
        VerschillenOnverklaard: names every difference that is neither explained nor accepted.
        DekkingOntoereikend: see `rules.eist_dekking`.
        VerplichtingenTeHoog: it leaves less for a post than what is committed and spent on it.
    """
    if rij.vastgesteld_op:
        raise BegrotingAlVastgesteld(f"Begroting {_naam(rij)} is al vastgesteld.")
    laatste = repository.laatste(work.session, rij.fonds, rij.jaar)
    if laatste and laatste.versie > rij.versie:
        raise BegrotingAchterhaald(f"Van begroting {_naam(rij)} is er al versie {laatste.versie}.", versie=laatste.versie)
    jaareinde.eisen_open_jaar(work, rij.fonds, [rij.jaar])
    beurt = rules.aan_de_beurt(repository.laatst_vastgestelde_soort(work.session, rij.fonds, rij.jaar))
    if rij.soort != beurt:
        raise SoortNietAanDeBeurt(f"Van {rij.fonds} {rij.jaar} is een {beurt} aan de beurt, geen {rij.soort}.", aanDeBeurt=beurt)
    samen = _erbij(work, [rij])(rij)
    if open_ := samen["open_verschillen"]:
        raise VerschillenOnverklaard(f"Begroting {_naam(rij)} telt niet op bij: {', '.join(open_)}.", verschillen=open_)
    if rules.eist_dekking(rij.soort) and (tekort := samen["totalen"].tekort):
        raise DekkingOntoereikend(f"Begroting {_naam(rij)} is niet gedekt: {tekort} × € {rij.eenheid_euro}.", tekort=tekort)
    posten = rules.posten(_regels(repository.regels_van(work.session, [rij.id])[rij.id]))
    cent = {post: bedrag * rij.eenheid_euro * 100 for post, bedrag in posten.items()}
    if tekorten := budget.tekorten(work, rij.fonds, rij.jaar, cent):
        namen = {rules.naam(*post): tekort for post, tekort in tekorten.items()}
        uitleg = "; ".join(f"{naam}: {format_euros(tekort)}" for naam, tekort in namen.items())
        raise VerplichtingenTeHoog(
            f"Begroting {_naam(rij)} heeft minder dan er loopt ({uitleg}).",
            posten=[{"post": naam, "tekortCent": tekort} for naam, tekort in namen.items()],
        )


def get_veranderingen(work: Work, zicht: Sight, id: uuid.UUID, sinds: uuid.UUID | None) -> Versievergelijking:
    """What a version has that another has not, and the reverse, in euros; without `sinds` the one before it.

    Raises:
        BegrotingNietGevonden: one of the two does not exist, or the caller may not see it.
    """
    nieuw = _zichtbare(work, zicht, id)
    oud = _zichtbare(work, zicht, sinds) if sinds else repository.vorige(work.session, zicht, nieuw)
    regels = repository.regels_van(work.session, [id, *([oud.id] if oud else [])])
    gevonden = rules.veranderingen(
        _per_plek(regels[oud.id], oud.eenheid_euro) if oud else {}, _per_plek(regels[id], nieuw.eenheid_euro)
    )
    return Versievergelijking.make(
        begroting=id,
        sinds=oud.id if oud else None,
        veranderingen=[
            Verandering.make(
                rij=rij,
                prioriteit=prioriteit or None,
                budgetsoort=budgetsoort or None,
                omschrijving=omschrijving,
                eerst_euro=eerst,
                nu_euro=nu,
                verschil_euro=(nu or 0) - (eerst or 0),
            )
            for (rij, prioriteit, budgetsoort, omschrijving), eerst, nu in gevonden
        ],
    )


def get_meerjarenbegroting(work: Work, zicht: Sight, vraag: Meerjarenvraag) -> Meerjarenbegroting:
    """Four years, of each the version that was adopted last and that the caller may see."""
    jaren = range(vraag.eerste_jaar, vraag.eerste_jaar + rules.JAREN)
    rijen = repository.geldend(work.session, zicht, vraag.fonds, jaren)
    regels = repository.regels_van(work.session, [rij.id for rij in rijen])
    per = {een.jaar: een for een in BegrotingSamenvatting.from_rows(rijen, _erbij(work, rijen))}
    delen = [_jaar(jaar, per.get(jaar), regels) for jaar in jaren]
    return Meerjarenbegroting.make(fonds=vraag.fonds, jaren=delen, inclusief_euro=sum(deel.inclusief_euro for deel in delen))


def vastgestelde() -> Limit:
    """Query for the ids of the adopted versions, to which some roles are limited."""
    return repository.vastgestelde()


def geldende(work: Work, fonds: str, jaren: Iterable[int]) -> dict[int, uuid.UUID]:
    """Of each of these years the id of the version that was adopted last; a year without one is left out."""
    return repository.geldende(work.session, fonds, jaren)


def vergrendel(work: Work, fonds: str, jaren: Iterable[int]) -> None:
    """Until this transaction ends, nobody else changes a begroting of these years, or what is committed and spent in them."""
    for jaar in sorted(set(jaren)):
        repository.vergrendel(work.session, fonds, jaar)


def pad(id: uuid.UUID) -> str:
    """Path of a version in this API."""
    return f"/v1/begrotingen/{id}"


def _zichtbare(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = repository.find(work.session, id, zicht)
    return found(rij, BegrotingNietGevonden, f"Er is geen begroting {id}, of niet voor uw rol.")


def _vergrendelde(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = _zichtbare(work, zicht, id)
    repository.vergrendel(work.session, rij.fonds, rij.jaar)
    return _zichtbare(work, zicht, id)


def _naam(rij: Values) -> str:
    return f"{rij.fonds} {rij.jaar} versie {rij.versie}"


def _regels(rijen: Iterable[Values]) -> list[rules.Regel]:
    return [rules.Regel(rij.rij, rij.prioriteit, rij.budgetsoort, rij.omschrijving, rij.bedrag, rij.pagina) for rij in rijen]


def _per_plek(rijen: Iterable[Values], eenheid_euro: int) -> dict[tuple[str, str, str, str], int]:
    """Amounts in euros by what says which figure it is; of what stands once, that is not its text."""
    return {
        (
            rij.rij,
            rij.prioriteit or "",
            rij.budgetsoort or "",
            rij.omschrijving if rij.rij in ("regel", "bijdrage", "derde") else "",
        ): rij.bedrag * eenheid_euro
        for rij in rijen
    }


def _erbij(work: Work, rijen: Sequence[Values]) -> Any:
    """What a version shows besides its own columns; two statements for all of them."""
    ids = [rij.id for rij in rijen]
    bedragen, aanvaard = repository.bedragen_van(work.session, ids), repository.aanvaard(work.session, ids)

    def erbij(rij: Values) -> dict[str, Any]:
        per = bedragen[rij.id]
        samen = rules.Totalen(per.get("regel", 0), per.get("btw", 0), per.get("bijdrage", 0), per.get("derde", 0))
        return {
            "status": rij.status if rij.status in (AANGEVRAAGD, VASTGESTELD) else "concept",
            "totalen": Totalen.from_row(samen),
            "open_verschillen": [naam for naam in rij.onverklaard if naam not in aanvaard[rij.id]],
            "vaststelling": _vaststelling(rij) if rij.status else None,
        }

    return erbij


def _vaststelling(rij: Values) -> Vaststelling:
    probleem = Weigering.make(**rij.probleem) if rij.probleem else None
    return Vaststelling.from_row(rij, besluit=Reference.make(bron=rij.bron, pad=rij.pad), probleem=probleem)


def _verschil(een: rules.Verschil, aanvaard: Values | None) -> Verschil:
    return Verschil.from_row(
        een,
        berekend=een.dichtst.berekend,
        optellingen=[Optelling.from_row(wijze) for wijze in een.optellingen],
        aanvaarding=Aanvaarding.from_row(aanvaard) if aanvaard else None,
    )


def _jaar(jaar: int, begroting: BegrotingSamenvatting | None, regels: dict[uuid.UUID, list[Values]]) -> Begrotingsjaar:
    sommen = rules.sommen(_regels(regels[begroting.id])) if begroting else []
    return Begrotingsjaar.make(
        jaar=jaar,
        begroting=begroting,
        sommen=[Som.from_row(som) for som in sommen],
        inclusief_euro=begroting.totalen.inclusief * begroting.eenheid_euro if begroting else 0,
    )


@dataclass(frozen=True)
class Geldend:
    """The begroting that held on a day; `regels` has rij, prioriteit, budgetsoort, omschrijving and cents of each row that is no
    sum."""

    id: uuid.UUID
    titel: str
    soort: str
    versie: int
    regels: Sequence[tuple[str, str | None, str | None, str, int]]


def geldend_op(work: Work, fonds: str, jaar: int, dag: date) -> Geldend | None:
    """The version of a fonds and year that was adopted last by a decision of no later than a day; None when there was none."""
    rij = repository.geldend_op(work.session, fonds, jaar, dag)
    if rij is None:
        return None
    los = [een for een in repository.regels_van(work.session, [rij.id])[rij.id] if een.rij not in ("som", "inclusief")]
    per = rij.eenheid_euro * 100
    regels = [(een.rij, een.prioriteit, een.budgetsoort, een.omschrijving, een.bedrag * per) for een in los]
    return Geldend(rij.id, rij.titel, rij.soort, rij.versie, regels)


def met_vastgestelde() -> Limit:
    """Query for the codes of the fondsen of which a begroting was adopted, to which some roles are limited."""
    return repository.met_vastgestelde()
