"""Use cases of previews: what a round of a year would be. Nothing else changes by them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.eyes import Eyes
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting

from abonnement_api.abonnement import service as abonnement
from abonnement_api.abonnement.rules import Aanspraak
from abonnement_api.facturatiegrens import service as facturatiegrens
from abonnement_api.facturatiegrens.rules import Toets
from abonnement_api.factuur import service as factuur
from abonnement_api.factuur.rules import Verrekening, verrekening_van
from abonnement_api.factuur.schemas import Verrekening as FactuurVerrekening
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief import rules as tarief_rules
from abonnement_api.tarief import service as tarief
from abonnement_api.verkoper import service as verkoper
from abonnement_api.voorvertoning import models, repository, rules, schemas
from abonnement_api.voorvertoning.errors import GeenAbonnementen, OnbekendeVoorvertoning, VoorvertoningNietGevonden
from abonnement_api.voorvertoning.rules import AANGEVRAAGD, BEREKEND, MISLUKT, NIEUW, REDENEN, VERVALLEN, Basis, Gemeente
from abonnement_api.voorvertoning.schemas import NieuweVoorvertoning, RegelsFilter, Voorvertoning, VoorvertoningenFilter

T = TypeVar("T")
TASK = "voorvertoning.berekenen"
PER_KEER = 500
Antwoord = Mapping[date, Mapping[str, Gemeente]]
"""Day to the gemeenten of that day (by code), with their inhabitants on it."""
WACHTEND = Waiting(
    models.Voorvertoning,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda een: {"voorvertoning": str(een.id)},
    lock=lambda een: f"{TASK} {een.id}",
    path=lambda een: pad(een.id),
    action="voorvertoning.hervatten",
)


def aanvragen(work: Work, wie: Eyes, nieuw: NieuweVoorvertoning) -> Voorvertoning:
    """Ask for a preview; a job works it out.

    Raises:
        GeenTarief, GeenAbonnementen, OvergangOnbeslist, OnbekendeVoorvertoning: it cannot be worked out, or compared.
    """
    besluit = tarief.voor_jaar(work, nieuw.jaar, nieuw.tariefbesluit).id
    eisen_abonnementen(work, nieuw.jaar)
    id = beginnen(work, wie, nieuw.jaar, besluit, voor_ronde=False, vergeleken_met=nieuw.vergeleken_met)
    WACHTEND.queue(work, repository.lock(work.session, id))
    work.record(
        action="voorvertoning.aanvragen",
        subject=pad(id),
        change={**nieuw.model_dump(mode="json", by_alias=True), "besluit": besluit},
    )
    return get_voorvertoning(work, id)


def eisen_abonnementen(work: Work, jaar: int) -> None:
    """Refuse a year in which nobody has a subscription.

    Raises:
        GeenAbonnementen: so it is.
        OvergangOnbeslist: it is not decided yet who has one after a herindeling.
    """
    if not abonnement.te_factureren(work, jaar):
        raise GeenAbonnementen(f"In {jaar} heeft geen gemeente een abonnement; meld ze eerst aan.")


def beginnen(
    work: Work, wie: Eyes, jaar: int, besluit: str, *, voor_ronde: bool, vergeleken_met: uuid.UUID | None = None
) -> uuid.UUID:
    """Put down a preview that has yet to be worked out, for who asked; its id.

    Raises:
        OnbekendeVoorvertoning: what it is to be compared with is no preview of this year.
    """
    if vergeleken_met is not None:
        ander = repository.find(work.session, vergeleken_met)
        if ander is None or ander.status != BEREKEND or ander.jaar != jaar:
            raise OnbekendeVoorvertoning(f"Er is geen berekende voorvertoning {vergeleken_met} van {jaar}.")
    id = uuid.uuid4()
    repository.add(
        work.session,
        {
            "id": id,
            "jaar": jaar,
            "tariefbesluit": besluit,
            "peildatum": rules.peildatum(jaar),
            "voor_ronde": voor_ronde,
            "vergeleken_met": vergeleken_met,
            "status": AANGEVRAAGD,
            "aangevraagd_op": work.clock.now(),
            **wie.columns(),
        },
    )
    return id


def te_vragen(work: Work, id: uuid.UUID) -> Sequence[date] | None:
    """The days to ask catalogus about: the peildatum, and those of earlier invoices whose inhabitants were provisional. None when
    it has been worked out, or failed."""
    rij = repository.find(work.session, id)
    if rij is None or rij.status != AANGEVRAAGD:
        return None
    return [rij.peildatum, *factuur.peildata_te_verrekenen(work, rij.jaar)]


def te_berekenen(work: Work, id: uuid.UUID) -> Sequence[date] | None:
    """As `te_vragen`, of a preview that is no proposal of a round: the round works out its own."""
    rij = repository.find(work.session, id)
    return None if rij is None or rij.voor_ronde else te_vragen(work, id)


def berekenen(work: Work, id: uuid.UUID, antwoord: Antwoord) -> bool:
    """Work out a preview: draft invoices, what they settle, why they are other than last year's, and the bounds that they pass.

    Args:
        antwoord: what catalogus says of the days of `te_vragen`.

    Returns:
        whether this did it; False when it was worked out, or failed, before.

    Raises:
        GeenAbonnementen, GemeenteOnbekendOfLeeg, PakketZonderTarief: name every gemeente concerned.
    """
    rij = repository.lock(work.session, id)
    if rij.status != AANGEVRAAGD:
        return False
    dag, jaar = rij.peildatum, rij.jaar
    abonnement.grendel(work)
    aanspraken = abonnement.te_factureren(work, jaar)
    if not aanspraken:
        raise GeenAbonnementen(f"In {jaar} heeft geen gemeente een abonnement meer.")
    gemeenten, pakketten = antwoord[dag], tarief.pakketten(work, rij.tariefbesluit)
    inwoners = rules.inwoners(dag, {a.gemeentecode: a.gemeentenaam for a in aanspraken}, gemeenten)
    rules.eisen_tarief(rij.tariefbesluit, {a.gemeentecode: a.gemeentenaam for a in aanspraken if a.pakket not in pakketten})
    rekenaar = _Rekenaar(work, rij, pakketten, antwoord)
    for deel in _delen(aanspraken):
        rekenaar.neem(deel, inwoners)
    rekenaar.vervallen({a.gemeentecode for a in aanspraken})
    rekenaar.sluit_af()
    return True


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why a preview cannot be worked out; one that is done does not change."""
    rij = repository.lock(work.session, id)
    if rij.status == AANGEVRAAGD:
        rij.status, rij.probleem, rij.afgerond_op = MISLUKT, Probleem.make(**probleem).model_dump(mode="json"), work.clock.now()
        work.session.flush()
        work.record(action="voorvertoning.mislukken", subject=pad(id), change=rij.probleem or {})


def hervat(work: Work) -> None:
    """Queue the job again of every preview that waits and has none; those of rounds have that of their round."""
    for rij in repository.wachtende(work.session):
        WACHTEND.resume(work, rij)


def get_voorvertoning(work: Work, id: uuid.UUID) -> Voorvertoning:
    """One preview.

    Raises:
        VoorvertoningNietGevonden: there is none with this id.
    """
    return _weergave(_bestaand(work, id))


def list_voorvertoningen(work: Work, wens: VoorvertoningenFilter) -> tuple[int, list[Voorvertoning]]:
    """(total number, previews of this page), in the order of asking."""
    count, rows = repository.list_voorvertoningen(work.session, wens)
    return count, [_weergave(rij) for rij in rows]


def list_regels(work: Work, id: uuid.UUID, wens: RegelsFilter) -> tuple[int, list[schemas.Voorvertoningsregel]]:
    """(total number, gemeenten of this page) of a preview.

    Raises:
        VoorvertoningNietGevonden: there is none with this id.
    """
    _bestaand(work, id)
    count, rows = repository.list_regels(work.session, id, wens)
    return count, schemas.Voorvertoningsregel.from_rows(rows, _regelweergave)


def rijen(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Values]:
    """The rows of these previews, for the feature of rounds."""
    return repository.met_ids(work.session, ids)


def overschrijdingen(rij: Values) -> list[schemas.Overschrijding]:
    """The bounds that a preview passes."""
    return [schemas.Overschrijding.make(**een) for een in rij.overschrijdingen or []]


def concepten(work: Work, id: uuid.UUID, na: int, hoogstens: int) -> Sequence[Values]:
    """The draft invoices after a number, in order."""
    return repository.concepten(work.session, id, na, hoogstens)


def volgnummer_van(work: Work, id: uuid.UUID, van: Sequence[tuple[uuid.UUID, str]]) -> int:
    """The highest number of the draft invoices of these (subscription, gemeentecode); 0 when there is none."""
    return repository.volgnummer_van(work.session, id, van)


def verrekeningen_van(work: Work, regel: Values) -> list[Verrekening]:
    """What a draft invoice settles."""
    return [Verrekening(**een) for een in regel.verrekeningen]


def achterhaald(work: Work, id: uuid.UUID) -> list[str]:
    """What has changed since a preview was worked out, in Dutch; empty when it would be the same now."""
    rij = repository.met_ids(work.session, [id])[id]
    anders = []
    if verkoper.wijze_van(work, rij.jaar) != (rij.wijze, rij.penvoerder):
        anders.append("in wiens naam wordt gefactureerd")
    nu = iter(abonnement.te_factureren(work, rij.jaar))
    verschil = {code for toen in _basis(work, id) for code in _ongelijk(toen, next(nu, None))} | {a.gemeentecode for a in nu}
    if verschil:
        anders.append(f"het abonnement van {', '.join(sorted(verschil)[:20])}")
    verrekend = [Verrekening(**een) for regel in repository.met_verrekeningen(work.session, id) for een in regel.verrekeningen]
    oud = factuur.niet_meer_te_verrekenen(work, verrekend)
    if oud:
        anders.append(f"wat over {', '.join(sorted(oud)[:20])} moet worden verrekend")
    return anders


def pad(id: uuid.UUID) -> str:
    return f"/v1/voorvertoningen/{id}"


class _Rekenaar:
    """Works out a preview, so many gemeenten at a time: what it keeps does not grow with them."""

    def __init__(
        self, work: Work, rij: models.Voorvertoning, pakketten: Mapping[str, tarief_rules.Pakket], antwoord: Antwoord
    ) -> None:
        self.work, self.rij, self.pakketten, self.antwoord = work, rij, pakketten, antwoord
        self.toets = Toets(facturatiegrens.van(work, rij.jaar))
        self.besluiten = {rij.tariefbesluit: pakketten}
        self.nummer = self.aantal = self.bedrag = self.vorig = self.verrekend = 0
        self.redenen: dict[str, int] = {}

    def neem(self, aanspraken: Sequence[Aanspraak], inwoners: Mapping[str, int]) -> None:
        """Some gemeenten that owe something."""
        codes = [a.gemeentecode for a in aanspraken]
        vorig, open_ = self._vorig(codes), factuur.te_verrekenen(self.work, self.rij.jaar, codes)
        regels = []
        for a in aanspraken:
            gemeente, basis = (
                self.antwoord[self.rij.peildatum][a.gemeentecode],
                Basis(self.pakketten[a.pakket], inwoners[a.gemeentecode], a.maanden),
            )
            bedrag = tarief_rules.factuurbedrag(basis.pakket, basis.inwoners, basis.maanden)
            verrekeningen = rules.passend(bedrag.regels, self._verrekeningen(open_.get(a.gemeentecode, ())))
            toen = vorig.get(a.gemeentecode)
            redenen = {NIEUW: bedrag.bedrag_cent} if toen is None else self._redenen(toen, basis)
            regels.append(
                self._regel(a.gemeentecode, gemeente.naam, toen and toen.bedrag_cent, redenen, bedrag.bedrag_cent)
                | {
                    "abonnement": a.abonnement,
                    "pakket": a.pakket,
                    "maanden": a.maanden,
                    "inwoners": basis.inwoners,
                    "voorlopig": gemeente.voorlopig,
                    "tarief_per_inwoner": basis.pakket.tarief_per_inwoner,
                    "betaler": a.betaler and a.betaler.code,
                    "betaler_naam": a.betaler and a.betaler.naam,
                    "verrekeningen": [een.als_dict() for een in verrekeningen],
                    "verrekend_cent": sum(een.bedrag_cent for een in verrekeningen),
                }
            )
            self.toets.neem(a.gemeentecode, bedrag.bedrag_cent, toen and toen.bedrag_cent)
            self.verrekend += regels[-1]["verrekend_cent"]
        self.aantal += len(regels)
        repository.add_regels(self.work.session, regels)

    def vervallen(self, wel: set[str]) -> None:
        """Who had an invoice last year, and is not among these."""
        weg = sorted(factuur.gemeenten_van_jaar(self.work, self.rij.jaar - 1) - wel)
        for codes in _delen(weg):
            vorig = self._vorig(codes)
            regels = [
                self._regel(code, toen.gemeentenaam, toen.bedrag_cent, {VERVALLEN: -toen.bedrag_cent}, 0)
                for code, toen in sorted(vorig.items())
            ]
            repository.add_regels(self.work.session, [{**_LEEG, **regel} for regel in regels])

    def sluit_af(self) -> None:
        """Store the totals; from then on it does not change."""
        rij = self.rij
        ander = repository.find(self.work.session, rij.vergeleken_met) if rij.vergeleken_met else None
        voorvertoond = None if ander is None else ander.bedrag_cent + ander.verrekend_cent
        over = self.toets.overschrijdingen(self.bedrag + self.verrekend, self.vorig, voorvertoond)
        rij.aantal, rij.bedrag_cent, rij.vorig_cent, rij.verrekend_cent = self.aantal, self.bedrag, self.vorig, self.verrekend
        rij.redenen, rij.overschrijdingen = _op_volgorde(self.redenen), over
        rij.wijze, rij.penvoerder = verkoper.wijze_van(self.work, rij.jaar)
        rij.status, rij.afgerond_op = BEREKEND, self.work.clock.now()
        self.work.session.flush()
        self.work.record(
            action="voorvertoning.berekenen",
            subject=pad(rij.id),
            change={
                "aantalGemeenten": self.aantal,
                "bedragCent": self.bedrag,
                "overschrijdingen": [een["grens"] for een in over],
            },
        )

    def _regel(self, code: str, naam: str, vorig: int | None, redenen: Mapping[str, int], cent: int) -> dict[str, Any]:
        self.nummer += 1
        self.bedrag += cent
        self.vorig += vorig or 0
        self.redenen = rules.opgeteld([self.redenen, redenen])
        return {
            "voorvertoning": self.rij.id,
            "volgnummer": self.nummer,
            "gemeentecode": code,
            "gemeentenaam": naam,
            "bedrag_cent": cent,
            "vorig_cent": vorig,
            "redenen": _op_volgorde(redenen),
        }

    def _vorig(self, codes: Sequence[str]) -> dict[str, Values]:
        return factuur.van_jaar(self.work, self.rij.jaar - 1, codes)

    def _redenen(self, toen: Values, nu: Basis) -> dict[str, int]:
        pakketten = self._pakketten(toen.tariefbesluit)
        return rules.redenen(toen.bedrag_cent, Basis(pakketten[toen.pakket], toen.inwoners, toen.maanden), nu, pakketten)

    def _verrekeningen(self, alle: Sequence[Values]) -> Iterator[Verrekening]:
        for oud in alle:
            nu = self.antwoord.get(oud.peildatum, {}).get(oud.gemeentecode)
            inwoners = nu.inwoners_op(oud.peildatum) if nu else None
            if nu and inwoners is not None and inwoners != oud.inwoners:
                pakket = self._pakketten(oud.tariefbesluit)[oud.pakket]
                yield verrekening_van(
                    oud.nummer, oud.volgnummer, pakket, oud.maanden, oud.inwoners, inwoners, definitief=not nu.voorlopig
                )

    def _pakketten(self, besluit: str) -> Mapping[str, tarief_rules.Pakket]:
        if besluit not in self.besluiten:
            self.besluiten[besluit] = tarief.pakketten(self.work, besluit)
        return self.besluiten[besluit]


def _delen(alle: Sequence[T]) -> Iterator[Sequence[T]]:
    return (alle[van : van + PER_KEER] for van in range(0, len(alle), PER_KEER))


_LEEG: dict[str, Any] = {
    **dict.fromkeys(
        ("abonnement", "pakket", "maanden", "inwoners", "voorlopig", "tarief_per_inwoner", "betaler", "betaler_naam")
    ),
    "verrekeningen": [],
    "verrekend_cent": 0,
}


def _basis(work: Work, id: uuid.UUID) -> Iterator[Values]:
    na = 0
    while deel := repository.concepten(work.session, id, na, PER_KEER):
        yield from deel
        na = deel[-1].volgnummer


def _ongelijk(toen: Values, nu: Aanspraak | None) -> set[str]:
    """The gemeenten concerned, when a draft invoice does not rest on this claim."""
    if nu is None:
        return {toen.gemeentecode}
    oud = (toen.abonnement, toen.gemeentecode, toen.pakket, toen.maanden, toen.betaler)
    nieuw = (nu.abonnement, nu.gemeentecode, nu.pakket, nu.maanden, nu.betaler and nu.betaler.code)
    return set() if oud == nieuw else {toen.gemeentecode, nu.gemeentecode}


def _op_volgorde(redenen: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"reden": reden, "cent": redenen[reden]} for reden in REDENEN if redenen.get(reden)]


def _bestaand(work: Work, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, id), VoorvertoningNietGevonden, f"Er is geen voorvertoning {id}.")


def _weergave(rij: Values) -> Voorvertoning:
    berekend = rij.status == BEREKEND
    return Voorvertoning.from_row(
        rij,
        tariefbesluit=f"/v1/tariefbesluiten/{rij.tariefbesluit}",
        verkoopwijze=rij.wijze,
        aantal_gemeenten=rij.aantal,
        totaal_cent=rij.bedrag_cent + rij.verrekend_cent if berekend else None,
        vorig_jaar_cent=rij.vorig_cent,
        verschil_cent=rij.bedrag_cent - rij.vorig_cent if berekend else None,
        redenen=[schemas.Verschilreden.make(**een) for een in rij.redenen or []],
        overschrijdingen=overschrijdingen(rij),
        vergeleken_met=pad(rij.vergeleken_met) if rij.vergeleken_met else None,
        probleem=Probleem.make(**rij.probleem) if rij.probleem else None,
        regels=f"{pad(rij.id)}/regels",
    )


def _regelweergave(rij: Values) -> dict[str, Any]:
    return {
        "abonnement": f"/v1/abonnementen/{rij.abonnement}" if rij.abonnement else None,
        "verrekeningen": [
            FactuurVerrekening.make(
                over=factuur.pad(een["over"]),
                van_inwoners=een["van_inwoners"],
                naar_inwoners=een["naar_inwoners"],
                bedrag_cent=sum(een["regels"].values()),
            )
            for een in rij.verrekeningen
        ],
        "totaal_cent": rij.bedrag_cent + rij.verrekend_cent,
        "vorig_jaar_cent": rij.vorig_cent,
        "verschil_cent": rij.bedrag_cent - (rij.vorig_cent or 0),
        "redenen": [schemas.Verschilreden.make(**een) for een in rij.redenen],
    }
