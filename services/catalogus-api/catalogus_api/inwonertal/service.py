"""Taking in a year of inhabitants."""

from __future__ import annotations

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import InvalidParam

from catalogus_api.gemeente.service import codes_op, op_volgorde
from catalogus_api.inwonertal import repository, rules
from catalogus_api.inwonertal.errors import InwonertallenWijkenAf, OngeldigeInwonertallen
from catalogus_api.inwonertal.schemas import Inleesvraag, Inlezing
from catalogus_api.toegang import IEDEREEN


def inlezen(work: Work, bestand: rules.Bestand, vraag: Inleesvraag) -> Inlezing:
    """Take in the figures of all gemeenten of a day, or nothing of them.

    Raises:
        OngeldigeInwonertallen: the file cannot be read, or has other gemeenten or another total than the day; names all faults.
        InwonertallenWijkenAf: other figures are known already, and no correction is asked for.
    """
    op_volgorde(work)
    gelezen, wrong = bestand.inwoners, [*bestand.bezwaren]
    geldig = codes_op(work, vraag.peildatum)
    wrong += rules.bezwaren(gelezen, geldig, vraag.peildatum, vraag.landstotaal, today(work.clock))
    if wrong:
        raise OngeldigeInwonertallen(
            f"Het bestand is niet dat van alle gemeenten op {vraag.peildatum}: {len(wrong)} bezwaren; zie invalidParams.",
            invalid_params=rules.genoemd(wrong),
        )
    bekend = repository.bekend(work.session, vraag.peildatum)
    nieuw, anders = rules.verschillen(gelezen, vraag.status, bekend)
    if anders and not vraag.correctie:
        raise InwonertallenWijkenAf(
            f"Van {len(anders)} gemeenten staat op {vraag.peildatum} al iets anders; zie invalidParams.",
            invalid_params=rules.genoemd(_verschil(code, bekend[code], (gelezen[code], vraag.status)) for code in anders),
        )
    if nieuw or anders:
        stempel = {"vastgelegd_op": work.clock.now(), "bestand": bestand.kenmerk}
        repository.put(
            work.session,
            [
                {
                    "gemeentecode": code,
                    "peildatum": vraag.peildatum,
                    "aantal": gelezen[code],
                    "status": vraag.status,
                    **stempel,
                }
                for code in (*nieuw, *anders)
            ],
        )
    gedaan = Inlezing.make(
        peildatum=vraag.peildatum,
        landstotaal=vraag.landstotaal,
        gemeenten=len(gelezen),
        nieuw=len(nieuw),
        gecorrigeerd=len(anders),
        gelijk=len(gelezen) - len(nieuw) - len(anders),
    )
    if nieuw or anders:
        change = {**gedaan.model_dump(mode="json", by_alias=True), "status": vraag.status, "bestand": bestand.kenmerk}
        work.record(action="inwonertallen.inlezen", subject="/v1/inwonertallen", change=change, visible_to=[IEDEREEN])
    return gedaan


def _verschil(code: str, was: tuple[int, str | None], wordt: tuple[int, str | None]) -> InvalidParam:
    def zeg(cijfer: tuple[int, str | None]) -> str:
        return f"{cijfer[0]} ({cijfer[1] or 'zonder status'})"

    return InvalidParam(code, "wijkt_af", f"er staat {zeg(was)}, het bestand zegt {zeg(wordt)}")
