from gemeengoed_kit.settings import ServiceSettings
from pydantic import Field
from pydantic_settings import SettingsConfigDict


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="FONDS_")

    service_name: str = "fonds"
    fiscaal_nummer: str | None = Field(
        None, pattern=r"^\d{9}$", description="RSIN of the legal entity that keeps the fondsen, for the audit file"
    )
