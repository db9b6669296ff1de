"""Use cases of indexatie: recording figures and clauses, what a clause gives for a year, and applying it to an amount."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from fonds_api.indexatie import models, repository, rules
from fonds_api.indexatie.errors import (
    ClausuleTegenstrijdig,
    CodeVergeven,
    IndexatieAchterhaald,
    IndexatieNietGevonden,
    IndexcijferNietGevonden,
    IndexcijferPastNiet,
    IndexcijfersOntbreken,
    IndexclausuleNietGevonden,
    IndexreeksNietGevonden,
    KetenSluitNietAan,
    OnbekendeIndexatie,
    OnbekendeIndexclausule,
    OnbekendeIndexreeks,
    TeLaatAangekondigd,
    ToepassingNietGevonden,
)
from fonds_api.indexatie.schemas import (
    Berekening,
    Indexatie,
    Indexatiegegeven,
    IndexatiesFilter,
    Indexcijfer,
    IndexcijfersFilter,
    Indexclausule,
    Indexreeks,
    NieuweIndexatie,
    NieuweIndexclausule,
    NieuweIndexreeks,
    NieuweToepassing,
    NieuwIndexcijfer,
    Onderdeel,
    Periodekeuze,
    Rekenstap,
    Toepassing,
    ToepassingenFilter,
)


def reeks_vastleggen(work: Work, nieuw: NieuweIndexreeks) -> Indexreeks:
    """Store a series, for good.

    Raises:
        CodeVergeven: the code is taken.
    """
    waarden = {**nieuw.model_dump(), "vastgelegd_op": work.clock.now()}
    if not repository.voeg_toe(work.session, models.Indexreeks, waarden):
        raise CodeVergeven(f"Er is al een indexreeks {nieuw.code}.")
    _noteer(work, "indexreeks", reekspad(nieuw.code), nieuw)
    return get_reeks(work, nieuw.code)


def list_reeksen(work: Work, wens: PageQuery) -> tuple[int, list[Indexreeks]]:
    """(total number, series of this page)."""
    count, rijen = repository.list_reeksen(work.session, wens)
    return count, Indexreeks.from_rows(rijen)


def get_reeks(work: Work, code: str) -> Indexreeks:
    """One series. Raises IndexreeksNietGevonden."""
    rij = repository.find_reeks(work.session, code)
    return Indexreeks.from_row(found(rij, IndexreeksNietGevonden, f"Er is geen indexreeks {code}."))


def cijfer_vastleggen(work: Work, nieuw: NieuwIndexcijfer) -> Indexcijfer:
    """Store a figure as the next version of its series and period, for good.

    Raises:
        TooFarAhead: it was published more than a year from now.
        OnbekendeIndexreeks: there is no such series.
        IndexcijferPastNiet: a level of zero or less, a change of -100 % or less, or a status below that of the version before.
    """
    require_near(work.clock, gepubliceerdOp=nieuw.gepubliceerd_op)
    reeks = repository.find_reeks(work.session, nieuw.reeks)
    if reeks is None:
        raise OnbekendeIndexreeks(f"Er is geen indexreeks {nieuw.reeks}.")
    if nieuw.waarde <= (0 if reeks.maat == "niveau" else -100):
        raise IndexcijferPastNiet(f"{rules.tekst(nieuw.waarde)} kan geen {reeks.maat} zijn.")
    repository.vergrendel(work.session, f"cijfer {nieuw.reeks} {nieuw.periode}")
    sleutel = (nieuw.reeks, nieuw.periode)
    laatste = repository.laatste_cijfers(work.session, [sleutel]).get(sleutel)
    if laatste and rules.STANDEN.index(nieuw.stand) < rules.STANDEN.index(laatste.stand):
        raise IndexcijferPastNiet(f"Het laatste cijfer van {nieuw.reeks} over {nieuw.periode} is {laatste.stand}.")
    id = uuid.uuid4()
    waarden = {**nieuw.model_dump(), "id": id, "versie": laatste.versie + 1 if laatste else 1, "vastgelegd_op": work.clock.now()}
    repository.voeg_alle_toe(work.session, models.Indexcijfer, [waarden])
    _noteer(work, "indexcijfer", cijferpad(id), nieuw)
    return get_cijfer(work, id)


def list_cijfers(work: Work, wens: IndexcijfersFilter) -> tuple[int, list[Indexcijfer]]:
    """(total number, figures of this page)."""
    count, rijen = repository.list_cijfers(work.session, wens)
    return count, Indexcijfer.from_rows(rijen)


def get_cijfer(work: Work, id: uuid.UUID) -> Indexcijfer:
    """One figure. Raises IndexcijferNietGevonden."""
    rij = repository.find_cijfer(work.session, id)
    return Indexcijfer.from_row(found(rij, IndexcijferNietGevonden, f"Er is geen indexcijfer {id}."))


def clausule_vastleggen(work: Work, nieuw: NieuweIndexclausule) -> Indexclausule:
    """Store a clause, for good.

    Raises:
        ClausuleTegenstrijdig: see `rules.tegenstrijdig`; names everything.
        CodeVergeven: the code is taken.
    """
    delen = [(deel.reeks, deel.aandeel) for deel in nieuw.onderdelen]
    fouten = rules.tegenstrijdig(
        delen,
        repository.maten(work.session, {reeks for reeks, _ in delen}),
        doel=(nieuw.doel.jaren_terug, nieuw.doel.maand),
        basis=(nieuw.basis.jaren_terug, nieuw.basis.maand) if nieuw.basis else None,
        plafond=nieuw.plafond,
        bodem=nieuw.bodem,
        decimalen=(nieuw.keten_decimalen, nieuw.prijs_decimalen),
        nacalculatie=(nieuw.nacalculatie, nieuw.nacalculatie_jaren),
    )
    if fouten:
        raise ClausuleTegenstrijdig("De clausule is niet vastgelegd.", invalid_params=fouten)
    waarden = {
        **nieuw.model_dump(exclude={"onderdelen", "doel", "basis"}),
        "doel_jaren_terug": nieuw.doel.jaren_terug,
        "doel_maand": nieuw.doel.maand,
        "basis_jaren_terug": nieuw.basis.jaren_terug if nieuw.basis else None,
        "basis_maand": nieuw.basis.maand if nieuw.basis else None,
        "aantal_onderdelen": len(delen),
        "vastgelegd_op": work.clock.now(),
    }
    if not repository.voeg_toe(work.session, models.Indexclausule, waarden):
        raise CodeVergeven(f"Er is al een indexclausule {nieuw.code}.")
    rijen = [
        {"clausule": nieuw.code, "nummer": nummer, "reeks": reeks, "aandeel": aandeel}
        for nummer, (reeks, aandeel) in enumerate(delen, 1)
    ]
    repository.voeg_alle_toe(work.session, models.Clausuleonderdeel, rijen)
    _noteer(work, "indexclausule", clausulepad(nieuw.code), nieuw)
    return get_clausule(work, nieuw.code)


def list_clausules(work: Work, wens: PageQuery) -> tuple[int, list[Indexclausule]]:
    """(total number, clauses of this page)."""
    count, rijen = repository.list_clausules(work.session, wens)
    return count, _clausules(work, rijen)


def get_clausule(work: Work, code: str) -> Indexclausule:
    """One clause. Raises IndexclausuleNietGevonden."""
    rij = repository.find_clausule(work.session, code)
    return _clausules(work, [found(rij, IndexclausuleNietGevonden, f"Er is geen indexclausule {code}.")])[0]


def vaststellen(work: Work, nieuw: NieuweIndexatie) -> tuple[Indexatie, bool]:
    """What a clause gives for a year with the last figures, as the next version of that year.

    Earlier years are settled as the clause says: the figures that were used last for them, against the last ones now.

    Returns:
        the indexatie, and whether it is new: with the same figures and announcement nothing changes.

    Raises:
        OnbekendeIndexclausule: there is no such clause.
        TooFarAhead: it was announced more than a year from now.
        TeLaatAangekondigd: after the last day that the clause allows; a next version may come later.
        IndexatieAchterhaald: a later year was indexed already.
        IndexcijfersOntbreken: names every figure that is missing.
    """
    require_near(work.clock, aangekondigdOp=nieuw.aangekondigd_op)
    clausule = repository.find_clausule(work.session, nieuw.clausule)
    if clausule is None:
        raise OnbekendeIndexclausule(f"Er is geen indexclausule {nieuw.clausule}.")
    repository.vergrendel(work.session, f"clausule {nieuw.clausule}")
    laatste = repository.laatste_indexatie(work.session, nieuw.clausule)
    if laatste and laatste.jaar > nieuw.jaar:
        raise IndexatieAchterhaald(f"Met {nieuw.clausule} is {laatste.jaar} al geïndexeerd.", laatsteJaar=laatste.jaar)
    vorige = laatste if laatste and laatste.jaar == nieuw.jaar else None
    uiterlijk = rules.uiterlijk(clausule.aankondigen_voor, nieuw.jaar)
    if vorige is None and uiterlijk and nieuw.aangekondigd_op > uiterlijk:
        raise TeLaatAangekondigd(
            f"{nieuw.jaar} had uiterlijk {uiterlijk} moeten zijn aangekondigd.", uiterlijk=uiterlijk.isoformat()
        )
    gegevens, gebruikt = _gegevens(work, clausule, nieuw.jaar)
    if vorige and vorige.aangekondigd_op == nieuw.aangekondigd_op and gegevens == _kale_gegevens(work, vorige.id):
        return get_indexatie(work, vorige.id), False
    uitkomst = _bereken(_afspraak(work, clausule), nieuw.jaar, _met_waarden(gegevens, gebruikt))
    id = uuid.uuid4()
    vast = all(gebruikt[rij[naam]].stand == "definitief" for rij in gegevens for naam in ("doel", "basis") if rij[naam])
    waarden = {
        "id": id,
        "clausule": nieuw.clausule,
        "jaar": nieuw.jaar,
        "versie": vorige.versie + 1 if vorige else 1,
        "stand": "definitief" if vast else "voorlopig",
        "percentage": uitkomst.percentage,
        "aangekondigd_op": nieuw.aangekondigd_op,
        "aantal_gegevens": len(gegevens),
        "stappen": [asdict(stap) for stap in uitkomst.stappen],
        "vastgelegd_op": work.clock.now(),
    }
    repository.voeg_alle_toe(work.session, models.Indexatie, [waarden])
    rijen = [{"indexatie": id, "nummer": nummer, **rij} for nummer, rij in enumerate(gegevens, 1)]
    repository.voeg_alle_toe(work.session, models.Indexatiegegeven, rijen)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "percentage": rules.tekst(uitkomst.percentage)}
    work.record(action="indexatie.vaststellen", subject=pad(id), change=change)
    return get_indexatie(work, id), True


def list_indexaties(work: Work, wens: IndexatiesFilter) -> tuple[int, list[Indexatie]]:
    """(total number, indexaties of this page)."""
    count, rijen = repository.list_indexaties(work.session, wens)
    return count, _indexaties(work, rijen)


def get_indexatie(work: Work, id: uuid.UUID) -> Indexatie:
    """One indexatie, with its figures and steps. Raises IndexatieNietGevonden."""
    return _indexaties(work, [_gevonden(work, id)])[0]


def berekenen(work: Work, id: uuid.UUID, bedrag: Decimal) -> Berekening:
    """What an amount in euros becomes; nothing is stored. Raises IndexatieNietGevonden."""
    rij = _gevonden(work, id)
    uitkomst = rules.toepassen(_afspraak_van(work, rij.clausule), rij.percentage, bedrag)
    return Berekening.from_row(uitkomst, indexatie=pad(id), stappen=_stappen([asdict(stap) for stap in uitkomst.stappen]))


def toepassen(work: Work, nieuw: NieuweToepassing) -> Toepassing:
    """Apply an indexatie to an amount or tariff, for good, as the next link of its chain (A7): tariff(n) = rule(tariff(n-1),
    index(n)).

    The first link is given its amount; each next one goes on with what the last link of an earlier year gave. Applying a later
    version of the same year again goes on with the same amount, and shows what is to be settled.

    Raises:
        OnbekendeIndexatie: there is no such indexatie.
        KetenSluitNietAan: no amount at the start, another amount than that of the link before, a later year that was applied
            already, the same indexatie twice, or one that is not the last version of its year (also of the link before).
    """
    indexatie = repository.find_indexatie(work.session, nieuw.indexatie)
    if indexatie is None:
        raise OnbekendeIndexatie(f"Er is geen indexatie {nieuw.indexatie}.")
    bron, onderwerp = nieuw.onderwerp.bron, nieuw.onderwerp.pad
    repository.vergrendel(work.session, f"clausule {indexatie.clausule}")
    repository.vergrendel(work.session, f"onderwerp {bron} {onderwerp}")
    vorige = repository.laatste_toepassing(work.session, bron, onderwerp, indexatie.jaar)
    oud = _aansluiting(work, indexatie, vorige, nieuw)
    uitkomst = rules.toepassen(_afspraak_van(work, indexatie.clausule), indexatie.percentage, oud)
    id = uuid.uuid4()
    waarden = {
        "id": id,
        "bron": bron,
        "pad": onderwerp,
        "indexatie": indexatie.id,
        "jaar": indexatie.jaar,
        "vorige": vorige.id if vorige else None,
        "oud": uitkomst.oud,
        "nieuw": uitkomst.nieuw,
        "prijs": uitkomst.prijs,
        "stappen": [asdict(stap) for stap in uitkomst.stappen],
        "vastgelegd_op": work.clock.now(),
    }
    if not repository.voeg_toe(work.session, models.Indexatietoepassing, waarden):
        raise KetenSluitNietAan(f"Deze indexatie is op {bron} {onderwerp} al toegepast.")
    change = {**nieuw.model_dump(mode="json", by_alias=True), "nieuw": rules.tekst(uitkomst.nieuw)}
    work.record(action="indexatie.toepassen", subject=toepassingpad(id), change=change)
    return get_toepassing(work, id)


def list_toepassingen(work: Work, wens: ToepassingenFilter) -> tuple[int, list[Toepassing]]:
    """(total number, applications of this page)."""
    count, rijen = repository.list_toepassingen(work.session, wens)
    return count, _toepassingen(rijen)


def get_toepassing(work: Work, id: uuid.UUID) -> Toepassing:
    """One application. Raises ToepassingNietGevonden."""
    rij = repository.find_toepassing(work.session, id)
    return _toepassingen([found(rij, ToepassingNietGevonden, f"Er is geen toepassing {id}.")])[0]


def toepassingen(work: Work, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Toepassing]:
    """These applications, by id; those that do not exist are left out."""
    gevraagd = set(ids)
    return {een.id: een for een in _toepassingen(repository.toepassingen(work.session, gevraagd))} if gevraagd else {}


def narekenen(work: Work) -> list[str]:
    """Recompute everything from its figures (A7): the paths of what does not come out as it was stored; empty when all do."""
    rijen = repository.alle_indexaties(work.session)
    gegevens = repository.gegevens_van(work.session, [rij.id for rij in rijen])
    afspraken = {code: _afspraak_van(work, code) for code in {rij.clausule for rij in rijen}}
    per_id = {rij.id: rij for rij in rijen}
    fout = []
    for rij in rijen:
        uitkomst = _bereken(afspraken[rij.clausule], rij.jaar, [_paren(gegeven) for gegeven in gegevens[rij.id]])
        if (uitkomst.percentage, [asdict(stap) for stap in uitkomst.stappen]) != (rij.percentage, rij.stappen):
            fout.append(pad(rij.id))
    toepassingen = {rij.id: rij for rij in repository.alle_toepassingen(work.session)}
    for rij in toepassingen.values():
        indexatie = per_id[rij.indexatie]
        bedrag = rules.toepassen(afspraken[indexatie.clausule], indexatie.percentage, rij.oud)
        sluit = rij.vorige is None or toepassingen[rij.vorige].nieuw == rij.oud
        gelijk = (bedrag.nieuw, bedrag.prijs, [asdict(stap) for stap in bedrag.stappen]) == (rij.nieuw, rij.prijs, rij.stappen)
        if not (sluit and gelijk):
            fout.append(toepassingpad(rij.id))
    return fout


def reekspad(code: str) -> str:
    """Path of a series in this API."""
    return f"/v1/indexreeksen/{code}"


def cijferpad(id: uuid.UUID) -> str:
    """Path of a figure in this API."""
    return f"/v1/indexcijfers/{id}"


def clausulepad(code: str) -> str:
    """Path of a clause in this API."""
    return f"/v1/indexclausules/{code}"


def pad(id: uuid.UUID) -> str:
    """Path of an indexatie in this API."""
    return f"/v1/indexaties/{id}"


def toepassingpad(id: uuid.UUID) -> str:
    """Path of an application in this API."""
    return f"/v1/indexatietoepassingen/{id}"


def _noteer(work: Work, wat: str, subject: str, nieuw: Any) -> None:
    work.record(action=f"{wat}.vastleggen", subject=subject, change=nieuw.model_dump(mode="json", by_alias=True))


def _gevonden(work: Work, id: uuid.UUID) -> Values:
    return found(repository.find_indexatie(work.session, id), IndexatieNietGevonden, f"Er is geen indexatie {id}.")


def _afspraak_van(work: Work, code: str) -> rules.Afspraak:
    clausule = repository.find_clausule(work.session, code)
    assert clausule is not None
    return _afspraak(work, clausule)


def _afspraak(work: Work, clausule: Values) -> rules.Afspraak:
    delen = repository.onderdelen_van(work.session, [clausule.code])[clausule.code]
    return rules.Afspraak(
        aandelen={deel.reeks: deel.aandeel for deel in delen},
        **{naam: getattr(clausule, naam) for naam in rules.Afspraak.__dataclass_fields__ if naam != "aandelen"},
    )


def _gegevens(work: Work, clausule: Values, jaar: int) -> tuple[list[dict[str, Any]], dict[uuid.UUID, Values]]:
    """(which figures count for a year, those figures by id): of the year itself and of the earlier years to settle."""
    delen = repository.onderdelen_van(work.session, [clausule.code])[clausule.code]
    maten = repository.maten(work.session, {deel.reeks for deel in delen})
    terug = range(jaar - clausule.nacalculatie_jaren, jaar)
    eerder = repository.laatst_gebruikt(work.session, clausule.code, jaar, terug) if terug else {}
    jaren = [een for een in terug if all((een, deel.reeks) in eerder for deel in delen)]
    nodig = {
        (een, deel.reeks): (
            (deel.reeks, rules.periode(een, clausule.doel_jaren_terug, clausule.doel_maand)),
            (deel.reeks, rules.periode(een, clausule.basis_jaren_terug, clausule.basis_maand))
            if maten[deel.reeks] == "niveau"
            else None,
        )
        for een in [*jaren, jaar]
        for deel in delen
    }
    bekend = repository.laatste_cijfers(work.session, {sleutel for paar in nodig.values() for sleutel in paar if sleutel})
    missend = sorted({sleutel for paar in nodig.values() for sleutel in paar if sleutel and sleutel not in bekend})
    if missend:
        namen = [f"{reeks} {periode}" for reeks, periode in missend]
        raise IndexcijfersOntbreken(f"Er is geen cijfer van {', '.join(namen)}.", ontbreekt=namen)
    gegevens = [
        {
            "over_jaar": een,
            "reeks": reeks,
            "doel": bekend[doel].id,
            "basis": bekend[basis].id if basis else None,
            "oud_doel": eerder[een, reeks].doel if een < jaar else None,
            "oud_basis": eerder[een, reeks].basis if een < jaar else None,
        }
        for (een, reeks), (doel, basis) in sorted(nodig.items())
    ]
    return gegevens, repository.cijfers(
        work.session, {id for rij in gegevens for id in rij.values() if isinstance(id, uuid.UUID)}
    )


_KAAL = ("over_jaar", "reeks", "doel", "basis", "oud_doel", "oud_basis")
_Gegeven = tuple[int, str, rules.Cijferpaar, rules.Cijferpaar | None]


def _kale_gegevens(work: Work, id: uuid.UUID) -> list[dict[str, Any]]:
    return [{naam: getattr(rij, naam) for naam in _KAAL} for rij in repository.gegevens_van(work.session, [id])[id]]


def _met_waarden(gegevens: Iterable[dict[str, Any]], gebruikt: dict[uuid.UUID, Values]) -> list[_Gegeven]:
    def paar(doel: uuid.UUID, basis: uuid.UUID | None) -> rules.Cijferpaar:
        return rules.Cijferpaar(gebruikt[doel].waarde, gebruikt[basis].waarde if basis else None)

    return [
        (
            rij["over_jaar"],
            rij["reeks"],
            paar(rij["doel"], rij["basis"]),
            paar(rij["oud_doel"], rij["oud_basis"]) if rij["oud_doel"] else None,
        )
        for rij in gegevens
    ]


def _paren(rij: Values) -> _Gegeven:
    oud = rules.Cijferpaar(rij.oud_doel_waarde, rij.oud_basis_waarde) if rij.oud_doel else None
    return rij.over_jaar, rij.reeks, rules.Cijferpaar(rij.doel_waarde, rij.basis_waarde), oud


def _bereken(afspraak: rules.Afspraak, jaar: int, gegevens: Sequence[_Gegeven]) -> rules.Percentage:
    jaren = sorted({over for over, *_ in gegevens if over < jaar})
    return rules.percentage(
        afspraak,
        {reeks: paar for over, reeks, paar, _ in gegevens if over == jaar},
        [
            rules.Correctie(
                een,
                {reeks: oud for over, reeks, _, oud in gegevens if over == een and oud},
                {reeks: paar for over, reeks, paar, _ in gegevens if over == een},
            )
            for een in jaren
        ],
    )


def _aansluiting(work: Work, indexatie: Values, vorige: Values | None, nieuw: NieuweToepassing) -> Decimal:
    """The amount that the chain goes on with."""
    bron, onderwerp = nieuw.onderwerp.bron, nieuw.onderwerp.pad
    laatste = repository.laatste_toepassing(work.session, bron, onderwerp)
    if laatste and laatste.jaar > indexatie.jaar:
        raise KetenSluitNietAan(f"Op {bron} {onderwerp} is {laatste.jaar} al toegepast.", laatsteJaar=laatste.jaar)
    geldend = repository.laatste_indexatie(work.session, indexatie.clausule, indexatie.jaar)
    if geldend is None or geldend.id != indexatie.id:
        raise KetenSluitNietAan(f"Van {indexatie.clausule} {indexatie.jaar} is er een latere versie.")
    if vorige is None:
        if nieuw.oud is None:
            raise KetenSluitNietAan(f"Op {bron} {onderwerp} is nog niets toegepast: geef het bedrag waarmee de keten begint.")
        return nieuw.oud
    if nieuw.oud is not None and nieuw.oud != vorige.nieuw:
        verwacht = rules.tekst(vorige.nieuw)
        raise KetenSluitNietAan(f"De keten gaat verder met {verwacht}, niet met {rules.tekst(nieuw.oud)}.", verwacht=verwacht)
    eerder = repository.find_indexatie(work.session, vorige.indexatie)
    assert eerder is not None
    if eerder.clausule == indexatie.clausule:
        toen = repository.laatste_indexatie(work.session, eerder.clausule, eerder.jaar)
        if toen is None or toen.id != eerder.id:
            raise KetenSluitNietAan(f"Pas op {bron} {onderwerp} eerst de laatste versie van {eerder.jaar} toe.")
    oud: Decimal = vorige.nieuw
    return oud


def _clausules(work: Work, rijen: Sequence[Values]) -> list[Indexclausule]:
    delen = repository.onderdelen_van(work.session, [rij.code for rij in rijen])

    def erbij(rij: Values) -> dict[str, Any]:
        return {
            "onderdelen": Onderdeel.from_rows(delen[rij.code]),
            "doel": Periodekeuze.make(jaren_terug=rij.doel_jaren_terug, maand=rij.doel_maand),
            "basis": None
            if rij.basis_jaren_terug is None
            else Periodekeuze.make(jaren_terug=rij.basis_jaren_terug, maand=rij.basis_maand),
        }

    return Indexclausule.from_rows(rijen, erbij)


def _indexaties(work: Work, rijen: Sequence[Values]) -> list[Indexatie]:
    gegevens = repository.gegevens_van(work.session, [rij.id for rij in rijen])

    def verwijs(rij: Values) -> dict[str, Any]:
        gebruikt = {naam: getattr(rij, naam) for naam in ("doel", "basis", "oud_doel", "oud_basis")}
        return {naam: cijferpad(cijfer) if cijfer else None for naam, cijfer in gebruikt.items()}

    def erbij(rij: Values) -> dict[str, Any]:
        return {
            "factor": rules.factor(rij.percentage),
            "gegevens": Indexatiegegeven.from_rows(gegevens[rij.id], verwijs),
            "stappen": _stappen(rij.stappen),
        }

    return Indexatie.from_rows(rijen, erbij)


def _toepassingen(rijen: Sequence[Values]) -> list[Toepassing]:
    def erbij(rij: Values) -> dict[str, Any]:
        return {
            "onderwerp": Reference.make(bron=rij.bron, pad=rij.pad),
            "indexatie": pad(rij.indexatie),
            "vorige": toepassingpad(rij.vorige) if rij.vorige else None,
            "verschil": None if rij.eerdere_prijs is None else rij.prijs - rij.eerdere_prijs,
            "stappen": _stappen(rij.stappen),
        }

    return Toepassing.from_rows(rijen, erbij)


def _stappen(stappen: Iterable[dict[str, str]]) -> list[Rekenstap]:
    return [Rekenstap.make(**stap) for stap in stappen]
