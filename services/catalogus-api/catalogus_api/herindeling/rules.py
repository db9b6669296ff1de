"""Rules of a change of the indeling: pure functions, no database, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gemeengoed_kit.errors import InvalidParam


@dataclass(frozen=True)
class Stand:
    """What the register says of a gemeente.

    Attributes:
        begindatum, einddatum: first and last day; None when not known, or not there yet.
        inwoners: at the peildatum that the change is reckoned by; None without a figure.
        geteld_tot: the last day for which there is a figure.
        heette_tot: the last day of the name before this one; None when it never had another here.
    """

    code: str
    naam: str
    begindatum: date | None
    einddatum: date | None
    inwoners: int | None
    geteld_tot: date | None
    heette_tot: date | None = None


@dataclass(frozen=True)
class Deel:
    """A gemeente that ends, or a part of it, going into another; `inwoners` where it is a part.

    Attributes:
        rechtsopvolger: whether the rights and duties of a divided gemeente go here (Wet arhi, article 44).
    """

    van: str
    naar: str
    inwoners: int | None = None
    rechtsopvolger: bool | None = None


@dataclass(frozen=True)
class Wijziging:
    """A change of the indeling that is asked for.

    Attributes:
        nieuw: codes of the gemeenten that begin, in the order in which they were given, each with its province.
        namen: code to the new name of gemeenten that get another, in the order in which they were given.
    """

    ingangsdatum: date
    delen: Sequence[Deel]
    nieuw: Sequence[tuple[str, str]] = ()
    namen: Sequence[tuple[str, str]] = ()


def codes(wijziging: Wijziging) -> set[str]:
    """Of every gemeente that the change is about."""
    uit_delen = {code for deel in wijziging.delen for code in (deel.van, deel.naar)}
    return uit_delen | {code for code, _ in (*wijziging.nieuw, *wijziging.namen)}


def soort(wijziging: Wijziging, deel: Deel) -> str:
    """What TOOI calls it, and `Opdeling` for a gemeente that goes into several."""
    if sum(ander.van == deel.van for ander in wijziging.delen) > 1:
        return "Opdeling"
    if deel.naar not in {code for code, _ in wijziging.nieuw}:
        return "Uitbreiding"
    return "Samenvoeging" if sum(ander.naar == deel.naar for ander in wijziging.delen) > 1 else "Herschikking"


def verdeeld(wijziging: Wijziging, register: Mapping[str, Stand]) -> list[tuple[Deel, int | None]]:
    """Each part with the inhabitants that go over: those that were given, or all of who ends; None without a figure."""
    return [(deel, register[deel.van].inwoners if deel.inwoners is None else deel.inwoners) for deel in wijziging.delen]


def inwoners_na(wijziging: Wijziging, register: Mapping[str, Stand]) -> dict[str, int | None]:
    """Inhabitants, at the same peildatum, of every gemeente that receives, in the new indeling; None without a figure.

    Added up they are those of all that end or receive in the old one.
    """
    na: dict[str, int | None] = {
        deel.naar: register[deel.naar].inwoners if deel.naar in register else 0 for deel in wijziging.delen
    }
    for deel, aantal in verdeeld(wijziging, register):
        tot_nu_toe = na[deel.naar]
        na[deel.naar] = None if tot_nu_toe is None or aantal is None else tot_nu_toe + aantal
    return na


def rechtsopvolgers(wijziging: Wijziging) -> dict[str, str]:
    """Code of who ends to code of who gets its rights and duties: the only successor, or the one that is designated."""
    delen: dict[str, list[Deel]] = {}
    for deel in wijziging.delen:
        delen.setdefault(deel.van, []).append(deel)
    return {van: deel.naar for van, eigen in delen.items() for deel in eigen if len(eigen) == 1 or deel.rechtsopvolger}


def bezwaren(
    wijziging: Wijziging,
    register: Mapping[str, Stand],
    provincies: Collection[str],
    vandaag: date,
    belangen: Mapping[str, tuple[int, date]],
) -> list[InvalidParam]:
    """Everything for which a change does not fit the register, by the names of the wire.

    Args:
        register: of the codes of the change, those that are known.
        provincies: that there are.
        belangen: by gemeente that takes part in voorzieningen on the day, how many, and the last day of any of its steps.
    """
    return [
        *_dubbel(wijziging),
        *_nieuw(wijziging, register, provincies),
        *_delen(wijziging, register),
        *_verdelingen(wijziging, register),
        *_namen(wijziging, register, vandaag),
        *_belangen(wijziging, belangen),
    ]


def _dubbel(wijziging: Wijziging) -> Iterator[InvalidParam]:
    if not wijziging.delen and not wijziging.namen:
        yield InvalidParam("delen", "leeg", "noem wat er verandert: delen of naamswijzigingen")
    for naam, gegeven in (
        ("nieuweGemeenten", [code for code, _ in wijziging.nieuw]),
        ("naamswijzigingen", [code for code, _ in wijziging.namen]),
        ("delen", [f"{deel.van} naar {deel.naar}" for deel in wijziging.delen]),
    ):
        for wat, aantal in Counter(gegeven).items():
            if aantal > 1:
                yield InvalidParam(naam, "dubbel", f"{wat} staat er {aantal} keer")


def _nieuw(wijziging: Wijziging, register: Mapping[str, Stand], provincies: Collection[str]) -> Iterator[InvalidParam]:
    ontvangers = {deel.naar for deel in wijziging.delen}
    for plaats, (code, provincie) in enumerate(wijziging.nieuw):
        if code in register:
            yield InvalidParam(f"nieuweGemeenten.{plaats}.code", "bestaat_al", f"{code} is al de code van {register[code].naam}")
        if code not in ontvangers:
            yield InvalidParam(f"nieuweGemeenten.{plaats}.code", "zonder_delen", f"niets gaat over naar {code}")
        if provincie not in provincies:
            yield InvalidParam(f"nieuweGemeenten.{plaats}.provincie", "onbekend", f"{provincie} is geen provincie")


def _delen(wijziging: Wijziging, register: Mapping[str, Stand]) -> Iterator[InvalidParam]:
    nieuw, eindigt = {code for code, _ in wijziging.nieuw}, {deel.van for deel in wijziging.delen}
    for plaats, deel in enumerate(wijziging.delen):
        waar = f"delen.{plaats}"
        if reden := _bestaat_niet(register.get(deel.van), deel.van, wijziging.ingangsdatum):
            yield InvalidParam(f"{waar}.van", "bestaat_niet", reden)
        elif (geteld := register[deel.van].geteld_tot) and geteld >= wijziging.ingangsdatum:
            yield InvalidParam(f"{waar}.van", "al_geteld", f"{deel.van} heeft nog een inwonertal op {geteld}")
        elif reden := _later_hernoemd(register[deel.van], wijziging.ingangsdatum):
            yield InvalidParam(f"{waar}.van", "later_hernoemd", reden)
        if deel.naar in eindigt:
            yield InvalidParam(f"{waar}.naar", "eindigt_zelf", f"{deel.naar} gaat zelf ook op in een andere")
        elif deel.naar not in nieuw and (reden := _bestaat_niet(register.get(deel.naar), deel.naar, wijziging.ingangsdatum)):
            yield InvalidParam(f"{waar}.naar", "bestaat_niet", reden)


def _bestaat_niet(stand: Stand | None, code: str, ingangsdatum: date) -> str | None:
    if stand is None:
        return f"er is geen gemeente met code {code}"
    if stand.einddatum is not None:
        return f"{code} eindigt al op {stand.einddatum}"
    if stand.begindatum is not None and stand.begindatum >= ingangsdatum:
        return f"{code} begint pas op {stand.begindatum}"
    return None


def _later_hernoemd(stand: Stand, ingangsdatum: date) -> str | None:
    """A name that was put down ends on its own day; nothing may come before it afterwards."""
    if stand.heette_tot is None or stand.heette_tot < ingangsdatum - timedelta(days=1):
        return None
    return f"{stand.code} heette tot en met {stand.heette_tot} nog anders"


def _verdelingen(wijziging: Wijziging, register: Mapping[str, Stand]) -> Iterator[InvalidParam]:
    for van in dict.fromkeys(deel.van for deel in wijziging.delen):
        if (stand := register.get(van)) is None:
            continue
        eigen = [(plaats, deel.inwoners) for plaats, deel in enumerate(wijziging.delen) if deel.van == van]
        gegeven = [aantal for _, aantal in eigen if aantal is not None]
        if stand.inwoners is None:
            for plaats, aantal in eigen:
                if aantal is not None:
                    yield InvalidParam(
                        f"delen.{plaats}.inwoners", "geen_cijfer", f"van {van} is er geen inwonertal om te verdelen"
                    )
        elif len(gegeven) < len(eigen) and len(eigen) > 1:
            for plaats, aantal in eigen:
                if aantal is None:
                    yield InvalidParam(
                        f"delen.{plaats}.inwoners",
                        "ontbreekt",
                        f"{van} gaat naar meer gemeenten: noem hoeveel van {stand.inwoners}",
                    )
        elif gegeven and sum(gegeven) != stand.inwoners:
            for plaats, _ in eigen:
                yield InvalidParam(
                    f"delen.{plaats}.inwoners", "telt_niet_op", f"samen {sum(gegeven)}, maar {van} heeft er {stand.inwoners}"
                )


def _namen(wijziging: Wijziging, register: Mapping[str, Stand], vandaag: date) -> Iterator[InvalidParam]:
    eindigt = {deel.van for deel in wijziging.delen}
    for plaats, (code, naam) in enumerate(wijziging.namen):
        waar = f"naamswijzigingen.{plaats}"
        if reden := _bestaat_niet(register.get(code), code, wijziging.ingangsdatum):
            yield InvalidParam(f"{waar}.code", "bestaat_niet", reden)
            continue
        if reden := _later_hernoemd(register[code], wijziging.ingangsdatum):
            yield InvalidParam(f"{waar}.code", "later_hernoemd", reden)
        if code in eindigt:
            yield InvalidParam(f"{waar}.code", "eindigt_zelf", f"{code} gaat op in een andere")
        if register[code].naam == naam:
            yield InvalidParam(f"{waar}.naam", "gelijk", f"{code} heet al zo")
    if wijziging.namen and wijziging.ingangsdatum > vandaag:
        yield InvalidParam(
            "ingangsdatum", "naam_vooruit", f"een naamswijziging is vast te leggen vanaf de dag zelf; het is nu {vandaag}"
        )


def _belangen(wijziging: Wijziging, belangen: Mapping[str, tuple[int, date]]) -> Iterator[InvalidParam]:
    """Who takes part in something, leaves that to one successor."""
    aangewezen = Counter(deel.van for deel in wijziging.delen if deel.rechtsopvolger)
    keren, eerste = Counter(deel.van for deel in wijziging.delen), dict[str, int]()
    for plaats, deel in enumerate(wijziging.delen):
        eerste.setdefault(deel.van, plaats)
    for van, plaats in eerste.items():
        waar, (aantal, laatste) = f"delen.{plaats}", belangen.get(van, (0, date.min))
        if aangewezen[van] > 1:
            yield InvalidParam(f"{waar}.rechtsopvolger", "dubbel", f"de rechten van {van} gaan naar één gemeente")
        elif aantal and keren[van] > 1 and not aangewezen[van]:
            reden = f"{van} neemt {aantal} keer deel: wijs aan naar welke gemeente haar rechten en plichten gaan"
            yield InvalidParam(f"{waar}.rechtsopvolger", "ontbreekt", reden)
        if aantal and laatste >= wijziging.ingangsdatum:
            yield InvalidParam(f"{waar}.van", "later_deelgenomen", f"{van} zette nog een stap in een deelname op {laatste}")
