"""Wire models of limits on calls."""

from __future__ import annotations

from gemeengoed_kit.schema import Input, Output, Whole
from pydantic import Field

from gateway.limit.models import CallLimit
from gateway.limit.rules import Kind, Limit

_MOST = 2_147_483_647
_CALLS = "Aanroepen per seconde, gemiddeld."
_BURST = "Hoeveel aanroepen er daarboven tegelijk mogen komen; zonder: de aanroepen van een seconde."
_CONCURRENCY = "Aanroepen die tegelijk onderweg zijn."
_BODY = "Grootste body van een verzoek, in bytes."
_TIMEOUT = "Hoe lang de service mag zwijgen, in seconden."


class GrensInvoer(Input):
    """Grenzen; wat ontbreekt of null is, is onbegrensd."""

    aanroepen_per_seconde: Whole | None = Field(None, ge=1, le=_MOST, description=_CALLS, examples=[50])
    piek: Whole | None = Field(None, ge=0, le=_MOST, description=_BURST, examples=[100])
    gelijktijdig: Whole | None = Field(None, ge=1, le=65535, description=_CONCURRENCY, examples=[20])
    max_body_bytes: Whole | None = Field(None, ge=1, le=2**53 - 1, description=_BODY, examples=[10_000_000])
    timeout_seconden: Whole | None = Field(None, ge=1, le=86_400, description=_TIMEOUT, examples=[30])

    @property
    def limit(self) -> Limit:
        return Limit(self.aanroepen_per_seconde, self.piek, self.gelijktijdig, self.max_body_bytes, self.timeout_seconden)


class Grens(Output):
    """Grenzen van een service of van een aanroepende peer."""

    soort: Kind = Field(description="Waarvoor de grens geldt: een service of een aanroepende peer.")
    onderwerp: str = Field(description="Naam van de service, of OIN van de aanroeper.", examples=["catalogus"])
    aanroepen_per_seconde: int | None = Field(description=_CALLS, examples=[50])
    piek: int | None = Field(description=_BURST, examples=[100])
    gelijktijdig: int | None = Field(description=_CONCURRENCY, examples=[20])
    max_body_bytes: int | None = Field(description=_BODY, examples=[10_000_000])
    timeout_seconden: int | None = Field(description=_TIMEOUT, examples=[30])

    @classmethod
    def of(cls, row: CallLimit) -> Grens:
        return cls.make(
            soort=row.kind,
            onderwerp=row.subject,
            aanroepen_per_seconde=row.calls_per_second,
            piek=row.burst,
            gelijktijdig=row.concurrency,
            max_body_bytes=row.max_body_bytes,
            timeout_seconden=row.timeout_seconds,
        )


class Grenzen(Output):
    """De grenzen aan de Inway van een peer."""

    results: list[Grens] = Field(description="Grenzen, op soort en onderwerp.")
