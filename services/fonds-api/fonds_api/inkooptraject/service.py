"""Use cases of inkooptrajecten."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.eyes import Eyes, are_others
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.window import require_near

from fonds_api.boeking import service as boeking
from fonds_api.fonds import service as fonds
from fonds_api.inkoopopgave import service as opgave
from fonds_api.inkooptraject import models, repository, rules
from fonds_api.inkooptraject.errors import (
    AfrekeningNietGevonden,
    DeelnemerPastNiet,
    InkooptrajectNietGevonden,
    MachtigingNietGevonden,
    MachtigingNodig,
    MachtigingPastNiet,
    NietKostenneutraal,
    OnbekendeDeelnemer,
    PostAlGestorneerd,
    PostNietGevonden,
    PostPastNiet,
    SleutelPastNiet,
    TrajectAfgesloten,
)
from fonds_api.inkooptraject.schemas import (
    Inkoopafrekening,
    Inkoopafrekeningsregel,
    Inkoopdeelnemer,
    Inkoopmachtiging,
    Inkoopmutatie,
    Inkooppost,
    InkooppostenFilter,
    Inkoopstand,
    Inkooptraject,
    NieuweInkoopafrekening,
    NieuweInkoopmachtiging,
    NieuweInkoopmutatie,
    NieuweInkooppost,
    NieuweInkoopsluiting,
    NieuweInkoopstorno,
    NieuwInkooptraject,
)
from fonds_api.rekening.schemas import NieuweRekening

OMSCHRIJVING = "Gezamenlijke inkoop: de VNG financiert voor, de deelnemers betalen terug, en het eindigt kostenneutraal."


def oprichten(work: Work, rol: str, nieuw: NieuwInkooptraject) -> Inkooptraject:
    """Begin a traject, with a fonds of its own.

    Args:
        rol: that keeps its fonds.

    Raises:
        SleutelPastNiet: a reference day without inhabitants as key, or the reverse.
        FondsBestaatAl: the code is taken.
    """
    if (nieuw.sleutel == "inwoners") != (nieuw.peildatum is not None):
        raise SleutelPastNiet(f"Bij sleutel {nieuw.sleutel} hoort {'een' if nieuw.peildatum is None else 'geen'} peildatum.")
    rekeningen = [NieuweRekening.make(nummer=nummer, naam=naam, soort=soort) for nummer, naam, soort in rules.REKENINGEN]
    fonds.oprichten(work, nieuw.code, f"Inkoop {nieuw.naam}", OMSCHRIJVING, nieuw.bronvermelding, [rol], rekeningen, beheerd=True)
    repository.voeg_toe(work.session, models.Traject, [{**nieuw.model_dump(), "vastgelegd_op": work.clock.now()}])
    work.record(action="inkooptraject.oprichten", subject=pad(nieuw.code), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_traject(work, EVERYTHING, nieuw.code)


def list_trajecten(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Inkooptraject]]:
    """(total number, trajecten of this page) that the caller may see."""
    count, rijen = repository.list_trajecten(work.session, zicht, wens)
    return count, Inkooptraject.from_rows(rijen, _erbij)


def get_traject(work: Work, zicht: Sight, code: str) -> Inkooptraject:
    """One traject.

    Raises:
        InkooptrajectNietGevonden: it does not exist, or this caller does not take part in it.
    """
    return Inkooptraject.from_rows([_zichtbaar(work, zicht, code)], _erbij)[0]


def get_stand(work: Work, zicht: Sight, code: str) -> Inkoopstand:
    """What was booked for a traject, and what keeps it from being cost-neutral. Raises as `get_traject`."""
    stand = _stand(work, _zichtbaar(work, zicht, code))
    return Inkoopstand.make(
        traject=code,
        gefinancierd_cent=stand.gefinancierd,
        kosten_cent=stand.kosten,
        btw_cent=stand.btw,
        afgerekend_cent=stand.afgerekend,
        ontvangen_cent=stand.ontvangen,
        teruggegeven_cent=stand.teruggegeven,
        afgelost_cent=stand.afgelost,
        kas_cent=stand.kas,
        nog_open=rules.nog_open(stand),
    )


def muteren(work: Work, zicht: Sight, code: str, nieuw: NieuweInkoopmutatie) -> Inkoopmutatie:
    """Somebody joins, leaves or gets another weight. What was settled before stays until the next settlement.

    Raises:
        InkooptrajectNietGevonden, TrajectAfgesloten: see `_open`.
        SleutelPastNiet: a weight where the key has none, or the reverse.
        OnbekendeOpgave: what catalogus said is not there, or of another participant or day.
        DeelnemerPastNiet: joins twice, or leaves without taking part.
    """
    traject = _open(work, zicht, code)
    wil_gewicht = nieuw.soort != "uittreding" and traject.sleutel != "gelijk"
    if (nieuw.gewicht is not None) + (nieuw.opgave is not None) != wil_gewicht or (nieuw.opgave and traject.peildatum is None):
        raise SleutelPastNiet(
            f"Een {nieuw.soort} bij sleutel {traject.sleutel} heeft {'een' if wil_gewicht else 'geen'} gewicht"
            f"{', of een opgave van de catalogus' if wil_gewicht and traject.peildatum else ''}."
        )
    gewicht = nieuw.gewicht
    if nieuw.opgave:
        gewicht = opgave.inwoners(work, nieuw.opgave, nieuw.deelnemer.pad, traject.peildatum)
    nu = repository.namen_en_gewichten(work.session, code).get(nieuw.deelnemer.pad)
    doet_mee = nu is not None and nu.gewicht > 0
    if doet_mee == (nieuw.soort == "toetreding"):
        raise DeelnemerPastNiet(f"{nieuw.naam} doet {'al' if doet_mee else 'niet'} mee.")
    nummer = repository.laatste_nummer(work.session, models.Mutatie, code) + 1
    waarden = {
        **nieuw.model_dump(exclude={"deelnemer", "gewicht"}),
        "traject": code,
        "nummer": nummer,
        "deelnemer": nieuw.deelnemer.pad,
        "gewicht": 0 if nieuw.soort == "uittreding" else gewicht or 1,
        "vastgelegd_op": work.clock.now(),
    }
    repository.voeg_toe(work.session, models.Mutatie, [waarden])
    work.record(action=f"inkooptraject.{nieuw.soort}", subject=pad(code), change=nieuw.model_dump(mode="json", by_alias=True))
    rij = repository.find_mutatie(work.session, code, nummer)
    van = opgave.pad(rij.opgave) if rij.opgave else None
    return Inkoopmutatie.from_row(rij, deelnemer=_deelnemer(rij.deelnemer), opgave=van)


def list_deelnemers(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Inkoopdeelnemer]]:
    """(total number, participants of this page) that the caller may see. Raises as `get_traject`."""
    _zichtbaar(work, zicht, code)
    count, rijen = repository.list_deelnemers(work.session, zicht, code, wens)
    return count, Inkoopdeelnemer.from_rows(
        rijen, lambda rij: {"deelnemer": _deelnemer(rij.deelnemer), "gemeentecode": _gemeentecode(rij.deelnemer)}
    )


def machtigen(work: Work, zicht: Sight, wie: Eyes, code: str, nieuw: NieuweInkoopmachtiging) -> Inkoopmachtiging:
    """Let somebody else book a post of a large amount, or take one back, once.

    Raises:
        InkooptrajectNietGevonden, TrajectAfgesloten: see `_open`.
        PostPastNiet: a participant where the kind has none, or the reverse; so for the post that is taken back.
    """
    _open(work, zicht, code)
    deelnemer = nieuw.deelnemer.pad if nieuw.deelnemer else None
    if fouten := rules.machtigingbezwaren(nieuw.soort, deelnemer, nieuw.storneert):
        raise PostPastNiet("Er is niets vastgelegd.", invalid_params=fouten)
    nummer, nu = repository.laatste_nummer(work.session, models.Machtiging, code) + 1, work.clock.now()
    waarden = {**nieuw.model_dump(), "deelnemer": deelnemer, **wie.columns(), "traject": code, "nummer": nummer}
    repository.voeg_toe(work.session, models.Machtiging, [{**waarden, "vastgelegd_op": nu, "verloopt_op": nu + rules.GELDIG}])
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="inkooptraject.machtigen", subject=machtigingpad(code, nummer), change=change)
    return get_machtiging(work, zicht, code, nummer)


def list_machtigingen(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Inkoopmachtiging]]:
    """(total number, machtigingen of this page). Raises as `get_traject`."""
    _zichtbaar(work, zicht, code)
    count, rijen = repository.list_machtigingen(work.session, code, wens)
    return count, Inkoopmachtiging.from_rows(rijen, _van_wie)


def get_machtiging(work: Work, zicht: Sight, code: str, nummer: int) -> Inkoopmachtiging:
    """One machtiging. Raises MachtigingNietGevonden, and as `get_traject`."""
    _zichtbaar(work, zicht, code)
    rij = repository.find_machtiging(work.session, code, nummer)
    gevonden = found(rij, MachtigingNietGevonden, f"{code} heeft geen machtiging {nummer}.")
    return Inkoopmachtiging.from_rows([gevonden], _van_wie)[0]


def _van_wie(rij: Values) -> dict[str, Any]:
    return {"deelnemer": _deelnemer(rij.deelnemer) if rij.deelnemer else None}


def _eisen_gemachtigd(
    work: Work, wie: Eyes, code: str, machtiging: int | None, gevraagd: tuple[str, str | None, int | None, int]
) -> None:
    """Refuse a large post that nobody else let, and any that names what somebody did not let.

    Args:
        gevraagd: kind, participant, number of the post that is taken back, and amount in cents.

    Raises:
        MachtigingNodig, MachtigingPastNiet: what the names say.
    """
    vanaf = fonds.get_fonds(work, EVERYTHING, code).vier_ogen_vanaf_cent
    if machtiging is None:
        if vanaf is not None and gevraagd[3] >= vanaf:
            raise MachtigingNodig(f"Vanaf {format_euros(vanaf)} machtigt eerst een ander.", vanafCent=vanaf)
        return
    rij = repository.find_machtiging(work.session, code, machtiging)
    if (
        rij is None
        or rij.post is not None
        or work.clock.now() >= rij.verloopt_op
        or not are_others(wie, Eyes(rij.peer_id, rij.rol, rij.contract))
        or (rij.soort, rij.deelnemer, rij.storneert, rij.bedrag_cent) != gevraagd
    ):
        raise MachtigingPastNiet(f"Machtiging {machtiging} van {code} past hier niet.")


def boeken(work: Work, zicht: Sight, wie: Eyes, code: str, nieuw: NieuweInkooppost) -> Inkooppost:
    """Store a post with its entry, for good.

    Raises:
        TooFarAhead: the boekdatum is more than a year from now.
        PostPastNiet: see `rules.bezwaren`.
        InkooptrajectNietGevonden, TrajectAfgesloten: see `_open`.
        OnbekendeDeelnemer: it never took part.
        MeerDanOpenstaat, KasTekort: see `rules.eisen_kan`.
        MachtigingNodig, MachtigingPastNiet: see `_eisen_gemachtigd`.
        others: see `boeking.service.boeken_eigen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    deelnemer = nieuw.deelnemer.pad if nieuw.deelnemer else None
    traject = _open(work, zicht, code)
    if fouten := rules.bezwaren(nieuw.soort, deelnemer, nieuw.kostensoort, nieuw.bedrag_cent, nieuw.btw_cent):
        raise PostPastNiet("De post is niet vastgelegd.", invalid_params=fouten)
    stand = _stand(work, traject)
    if deelnemer is not None and deelnemer not in (stand.open or {}):
        raise OnbekendeDeelnemer(f"{deelnemer} doet niet mee aan {code}.")
    rules.eisen_kan(stand, nieuw.soort, deelnemer, nieuw.bedrag_cent)
    _eisen_gemachtigd(work, wie, code, nieuw.machtiging, (nieuw.soort, deelnemer, None, nieuw.bedrag_cent))
    nummer = _volgende(work, code)
    regels = rules.post_regels(nieuw.soort, nieuw.kostensoort, nieuw.bedrag_cent, nieuw.btw_cent)
    post = boeking.EigenBoeking(code, nieuw.boekdatum, nieuw.omschrijving, postpad(code, nummer), regels)
    gegeven = {**nieuw.model_dump(exclude={"deelnemer"}), "deelnemer": deelnemer, "storneert": None, **wie.columns()}
    return _vastleggen(work, zicht, code, nummer, boeking.boeken_eigen(work, [post])[0], gegeven, nieuw.soort)


def storneren(work: Work, zicht: Sight, wie: Eyes, code: str, nummer: int, nieuw: NieuweInkoopstorno) -> Inkooppost:
    """Take back a post, once, by a post and an entry that mirror it; what was settled before stays until the next settlement.

    Raises:
        TooFarAhead: the boekdatum is more than a year from now.
        InkooptrajectNietGevonden, TrajectAfgesloten: see `_open`.
        PostNietGevonden: see `get_post`.
        PostAlGestorneerd: it was taken back before, or is a storno.
        MeerDanOpenstaat, KasTekort: see `rules.eisen_storno`.
        MachtigingNodig, MachtigingPastNiet: see `_eisen_gemachtigd`.
        StornoVoorBoeking: the day is before that of the post.
        others: see `boeking.service.storneren_eigen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    traject = _open(work, zicht, code)
    post = _post(work, zicht, code, nummer)
    if post.storneert is not None or repository.is_gestorneerd(work.session, code, nummer):
        raise PostAlGestorneerd(f"Post {nummer} van {code} is of heeft al een storno.")
    rules.eisen_storno(_stand(work, traject), post.soort, post.bedrag_cent)
    _eisen_gemachtigd(work, wie, code, nieuw.machtiging, ("storno", None, nummer, post.bedrag_cent))
    zelfde = {naam: getattr(post, naam) for naam in ("soort", "kostensoort", "deelnemer")}
    bedragen = {"bedrag_cent": -post.bedrag_cent, "btw_cent": -post.btw_cent, "storneert": nummer}
    gegeven = {**nieuw.model_dump(), **zelfde, **bedragen, **wie.columns()}
    nieuw_nummer = _volgende(work, code)
    pad_ = postpad(code, nieuw_nummer)
    geboekt = boeking.storneren_eigen(work, post.boeking, nieuw.boekdatum, nieuw.omschrijving, pad_)
    return _vastleggen(work, zicht, code, nieuw_nummer, geboekt, gegeven, "storneren")


def _volgende(work: Work, code: str) -> int:
    return repository.laatste_nummer(work.session, models.Post, code) + 1


def _vastleggen(
    work: Work, zicht: Sight, code: str, nummer: int, id: uuid.UUID, gegeven: dict[str, Any], handeling: str
) -> Inkooppost:
    """Store a post.

    Args:
        id: of its entry.
    """
    waarden = {**gegeven, "traject": code, "nummer": nummer, "boeking": id, "vastgelegd_op": work.clock.now()}
    repository.voeg_toe(work.session, models.Post, [waarden])
    post = get_post(work, zicht, code, nummer)
    change = post.model_dump(mode="json", by_alias=True)
    work.record(action=f"inkooptraject.{handeling}", subject=postpad(code, nummer), change=change)
    return post


def list_posten(work: Work, zicht: Sight, code: str, wens: InkooppostenFilter) -> tuple[int, list[Inkooppost]]:
    """(total number, posts of this page) that the caller may see. Raises as `get_traject`."""
    _zichtbaar(work, zicht, code)
    count, rijen = repository.list_posten(work.session, zicht, code, wens)
    return count, _posten(zicht, rijen)


def get_post(work: Work, zicht: Sight, code: str, nummer: int) -> Inkooppost:
    """One post. Raises PostNietGevonden, and as `get_traject`."""
    _zichtbaar(work, zicht, code)
    return _posten(zicht, [_post(work, zicht, code, nummer)])[0]


def afrekenen(work: Work, zicht: Sight, code: str, nieuw: NieuweInkoopafrekening) -> Inkoopafrekening:
    """Divide all costs until now over who takes part now, and settle the difference with the settlement before, in one entry.

    Raises:
        TooFarAhead: the boekdatum is more than a year from now.
        InkooptrajectNietGevonden, TrajectAfgesloten: see `_open`.
        GeenDeelnemers, NietsAfTeRekenen: see `rules.verdelen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    traject = _open(work, zicht, code)
    wie = repository.namen_en_gewichten(work.session, code)
    delen = rules.verdelen(
        int(traject.kosten),
        {deelnemer: rij.gewicht for deelnemer, rij in wie.items() if rij.gewicht},
        repository.aandelen(work.session, code, traject.afrekening) if traject.afrekening else {},
    )
    nummer = (traject.afrekening or 0) + 1
    tekst = f"Afrekening {nummer}: {nieuw.toelichting}"
    (id,) = boeking.boeken_eigen(
        work,
        [boeking.EigenBoeking(code, nieuw.boekdatum, tekst, afrekeningpad(code, nummer), rules.afrekening_regels(delen))],
    )
    waarden = {
        **nieuw.model_dump(),
        "traject": code,
        "nummer": nummer,
        "kosten_cent": int(traject.kosten),
        "tot_mutatie": traject.mutatie,
        "tot_post": repository.laatste_nummer(work.session, models.Post, code),
        "aantal_regels": len(delen),
        "boeking": id,
        "vastgelegd_op": work.clock.now(),
    }
    repository.voeg_toe(work.session, models.Afrekening, [waarden])
    rijen = [
        {
            "traject": code,
            "afrekening": nummer,
            "nummer": regel,
            "deelnemer": deel.deelnemer,
            "naam": wie[deel.deelnemer].naam,
            "gewicht": deel.gewicht,
            "aandeel_cent": deel.aandeel,
            "eerder_cent": deel.eerder,
            "verschil_cent": deel.verschil,
        }
        for regel, deel in enumerate(delen, 1)
    ]
    repository.voeg_toe(work.session, models.Afrekeningsregel, rijen)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "kostenCent": waarden["kosten_cent"], "aantal": len(delen)}
    work.record(action="inkooptraject.afrekenen", subject=afrekeningpad(code, nummer), change=change)
    return get_afrekening(work, zicht, code, nummer)


def list_afrekeningen(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Inkoopafrekening]]:
    """(total number, settlements of this page), of each the lines that the caller may see. Raises as `get_traject`."""
    _zichtbaar(work, zicht, code)
    count, rijen = repository.list_afrekeningen(work.session, code, wens)
    return count, _afrekeningen(work, zicht, code, rijen)


def get_afrekening(work: Work, zicht: Sight, code: str, nummer: int) -> Inkoopafrekening:
    """One settlement, with the lines that the caller may see. Raises AfrekeningNietGevonden, and as `get_traject`."""
    _zichtbaar(work, zicht, code)
    rij = repository.find_afrekening(work.session, code, nummer)
    gevonden = found(rij, AfrekeningNietGevonden, f"{code} heeft geen afrekening {nummer}.")
    return _afrekeningen(work, zicht, code, [gevonden])[0]


def sluiten(work: Work, zicht: Sight, code: str, nieuw: NieuweInkoopsluiting) -> Inkooptraject:
    """Close a traject that is cost-neutral to the cent: its last entry makes every balance zero. Nothing of it changes then.

    Raises:
        TooFarAhead: the boekdatum is more than a year from now.
        InkooptrajectNietGevonden, TrajectAfgesloten: see `_open`.
        NietKostenneutraal: names all that is open.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    stand = _stand(work, _open(work, zicht, code))
    if open_ := rules.nog_open(stand):
        raise NietKostenneutraal(f"{code} is nog niet kostenneutraal.", open=open_)
    id: uuid.UUID | None = None
    if regels := rules.sluiting_regels(stand):
        tekst = "Sluiting: kosten tegenover wat is omgeslagen"
        (id,) = boeking.boeken_eigen(work, [boeking.EigenBoeking(code, nieuw.boekdatum, tekst, f"{pad(code)}/sluiting", regels)])
    waarden = {**nieuw.model_dump(), "traject": code, "boeking": id, "vastgelegd_op": work.clock.now()}
    repository.voeg_toe(work.session, models.Sluiting, [waarden])
    work.record(action="inkooptraject.sluiten", subject=pad(code), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_traject(work, zicht, code)


def pad(code: str) -> str:
    """Path of a traject in this API."""
    return f"/v1/inkooptrajecten/{code}"


def postpad(code: str, nummer: int) -> str:
    """Path of a post in this API."""
    return f"{pad(code)}/posten/{nummer}"


def machtigingpad(code: str, nummer: int) -> str:
    """Path of a machtiging in this API."""
    return f"{pad(code)}/machtigingen/{nummer}"


def afrekeningpad(code: str, nummer: int) -> str:
    """Path of a settlement in this API."""
    return f"{pad(code)}/afrekeningen/{nummer}"


def _zichtbaar(work: Work, zicht: Sight, code: str) -> Values:
    rij = repository.find(work.session, zicht, code)
    return found(rij, InkooptrajectNietGevonden, f"Er is geen inkooptraject {code}, of niet voor u.")


def _post(work: Work, zicht: Sight, code: str, nummer: int) -> Values:
    rij = repository.find_post(work.session, zicht, code, nummer)
    return found(rij, PostNietGevonden, f"{code} heeft geen post {nummer}, of niet voor u.")


def _open(work: Work, zicht: Sight, code: str) -> Values:
    """A traject that nobody else changes until the end of the transaction.

    Raises:
        InkooptrajectNietGevonden: see `get_traject`.
        TrajectAfgesloten: it was closed.
    """
    repository.vergrendel(work.session, code)
    traject = _zichtbaar(work, zicht, code)
    if traject.gesloten:
        raise TrajectAfgesloten(f"{code} is afgesloten.")
    return traject


def _stand(work: Work, traject: Values) -> rules.Stand:
    sommen = repository.sommen(work.session, traject.code)
    kosten = {cast(rules.Kostensoort, per): cent for (soort, per), (cent, _) in sommen.items() if soort == "kosten"}
    van = {soort: cent for (soort, per), (cent, _) in sommen.items() if per is None}
    return rules.Stand(
        gefinancierd=van.get("voorfinanciering", 0),
        kosten_per_soort=kosten,
        btw=sum(btw for _, btw in sommen.values()),
        ontvangen=van.get("ontvangst", 0),
        teruggegeven=van.get("teruggave", 0),
        afgelost=van.get("aflossing", 0),
        afgerekend=traject.afgerekend or 0,
        open=repository.open_bedragen(work.session, traject.code),
    )


def _erbij(rij: Values) -> dict[str, Any]:
    bij = rij.afrekening is not None and (rij.kosten, rij.mutatie) == (rij.afgerekend, rij.tot_mutatie)
    return {
        "status": "afgesloten" if rij.gesloten else "afgerekend" if bij else "open",
        "kosten_cent": int(rij.kosten),
        "btw_cent": int(rij.btw),
        "afgerekend_cent": rij.afgerekend or 0,
    }


def _posten(zicht: Sight, rijen: Sequence[Values]) -> list[Inkooppost]:
    def erbij(rij: Values) -> dict[str, Any]:
        return {
            "deelnemer": _deelnemer(rij.deelnemer) if rij.deelnemer else None,
            "gemeentecode": _gemeentecode(rij.deelnemer),
            "boeking": _boeking(zicht, rij),
        }

    return Inkooppost.from_rows(rijen, erbij)


def _afrekeningen(work: Work, zicht: Sight, code: str, rijen: Sequence[Values]) -> list[Inkoopafrekening]:
    regels = repository.regels_van(work.session, zicht, code, [rij.nummer for rij in rijen])

    def erbij(rij: Values) -> dict[str, Any]:
        van = Inkoopafrekeningsregel.from_rows(regels[rij.nummer], lambda regel: {"deelnemer": _deelnemer(regel.deelnemer)})
        return {"regels": van, "boeking": _boeking(zicht, rij)}

    return Inkoopafrekening.from_rows(rijen, erbij)


def _boeking(zicht: Sight, rij: Values) -> str | None:
    """Path of an entry, for who sees everything of a traject and so its ledger."""
    return None if zicht.limits else boeking.pad(rij.boeking)


def _deelnemer(pad: str) -> Reference:
    return Reference.make(bron="catalogus", pad=pad)


def _gemeentecode(pad: str | None) -> str | None:
    code = (pad or "").rpartition("/gemeenten/")[2]
    return code if pad and code != pad else None
