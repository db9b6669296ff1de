"""The fonds API: its features, in one specification."""

from pathlib import Path

from gemeengoed_kit import VERSION
from gemeengoed_kit.app import create_api
from gemeengoed_kit.asking import FAILURES
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.jobs import Task
from gemeengoed_kit.process import Service
from gemeengoed_kit.settings import ServiceSettings

from fonds_api.auditfile.router import auditfiles
from fonds_api.begroting.router import BESTAND, begrotingen, meerjarenbegroting
from fonds_api.bijdrage import tasks
from fonds_api.bijdrage.errors import GemeentenOnbruikbaar
from fonds_api.bijdrage.router import bijdragen, bijdragerondes
from fonds_api.boeking.router import boekingen
from fonds_api.fonds.router import fondsen
from fonds_api.jaarrekening.router import jaarrekeningen
from fonds_api.saldo.router import rekeningen, saldibalansen
from fonds_api.settings import Settings
from fonds_api.verantwoording.router import verslagen

api = create_api(
    title="Fonds API",
    version=VERSION,
    server="https://fonds.gemeengoed.example/v1",
    description="Wat gemeenten samen betalen: de fondsen, hun grootboek, hun begrotingen en de bijdragen van de gemeenten. "
    "Boekingen tellen op tot nul en veranderen nooit. Bedragen zijn gehele centen. Wie u bent en wat u mag, staat in de "
    "eigenschappen van uw contract (`gemeengoed.rol`, `gemeengoed.gemeentecode`); de aanbieder van deze dienst, die het contract "
    "tekent, staat ervoor in dat zij kloppen. Deze dienst kan dat niet nagaan: wie een gemeentecode in zijn contract heeft, ziet "
    "de bijdragen van die gemeente.",
    tags=[
        {"name": "fondsen", "description": "De gezamenlijke beurzen."},
        {"name": "rekeningen", "description": "Rekeningen met hun saldo, en de saldibalans."},
        {"name": "boekingen", "description": "Het grootboek."},
        {"name": "bijdragen", "description": "Wat gemeenten per jaar bijdragen, naar rato van inwoners."},
        {"name": "begrotingen", "description": "Begrotingen per jaar: versies, verschillen, vaststelling, en vier jaren samen."},
        {"name": "verantwoording", "description": "Wat er van de begroting kwam, en waar het geld vandaan kwam."},
    ],
    routers=[
        fondsen,
        rekeningen,
        saldibalansen,
        boekingen,
        bijdragerondes,
        bijdragen,
        begrotingen,
        meerjarenbegroting,
        verslagen,
        jaarrekeningen,
        auditfiles,
    ],
    failures=[*FAILURES, GemeentenOnbruikbaar],
)


def make_tasks(settings: ServiceSettings) -> dict[str, Task]:
    """The background jobs, with the client that they use for calls to other sources."""
    return tasks.make_tasks(OutwayClient(settings.outway_url or "", settings.aliases))


service = Service(
    name="fonds-api",
    api=api,
    settings=Settings,
    migrations=Path(__file__).parent / "migrations",
    tasks=make_tasks,
    media_types=("application/json", *BESTAND),
)
