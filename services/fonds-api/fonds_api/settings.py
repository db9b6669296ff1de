from pathlib import Path

from gemeengoed_kit.settings import ServiceSettings
from pydantic import Field
from pydantic_settings import SettingsConfigDict


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="FONDS_")

    service_name: str = "fonds"
    zegel_sleutel: Path | None = Field(
        None, description="file with the private key that signs checkpoints; `work` makes it when it is not there"
    )
    fiscaal_nummer: str | None = Field(
        None, pattern=r"^\d{9}$", description="RSIN of the legal entity that keeps the fondsen, for the audit file"
    )
