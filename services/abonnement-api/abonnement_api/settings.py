from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.settings import ServiceSettings
from pydantic import AfterValidator, Field
from pydantic_settings import SettingsConfigDict
from stdnum import iban


def _iban(tekst: str) -> str:
    return iban.validate(tekst, check_country=False)


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="ABONNEMENT_")

    service_name: str = "abonnement"
    rekening_iban: Annotated[str, AfterValidator(_iban)] = Field(
        description="account of the administratiebureau on which gemeenten pay; other statements are refused"
    )
    betaaltermijn_dagen: int = Field(30, ge=1, le=365, description="days from factuurdatum to vervaldatum")
