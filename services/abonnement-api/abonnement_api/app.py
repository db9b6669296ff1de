"""The abonnement API: its features, in one specification, and its background jobs."""

from pathlib import Path

from gemeengoed_kit import VERSION, outbox
from gemeengoed_kit.app import create_api
from gemeengoed_kit.asking import FAILURES
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.jobs import Task
from gemeengoed_kit.process import Service
from gemeengoed_kit.settings import ServiceSettings

from abonnement_api.aanbieder.router import aanbieders
from abonnement_api.abonnement import tasks as abonnement_tasks
from abonnement_api.abonnement.errors import OnbekendeUitzondering, OverlappendAbonnement
from abonnement_api.abonnement.router import aanmeldingen, abonnementen
from abonnement_api.afnemer.router import afnemers
from abonnement_api.betaalopdracht.router import betaalopdrachten, betaaluitkomsten, terugbetalingen, uitbetalingen
from abonnement_api.betaling.router import BESTAND, afschrijvingen, bankafschriften, betalingen, koppelingen, verrekeningen
from abonnement_api.boekingsopdracht import tasks as boekingsopdracht_tasks
from abonnement_api.boekingsopdracht.router import boekingsopdrachten
from abonnement_api.creditnota.router import crediteringen, creditnotas
from abonnement_api.facturatieronde import tasks as facturatieronde_tasks
from abonnement_api.facturatieronde.errors import GeenAbonnementen, GemeenteOnbekendOfLeeg, PakketZonderTarief
from abonnement_api.facturatieronde.router import facturatierondes
from abonnement_api.factuur.router import facturen
from abonnement_api.factuurgegevens.router import factuurgegevens
from abonnement_api.factuurstuk import tasks as factuurstuk_tasks
from abonnement_api.factuurstuk.router import creditstukken, stukken
from abonnement_api.settings import Settings
from abonnement_api.specificatie.router import specificaties
from abonnement_api.tarief.router import tariefbesluiten
from abonnement_api.verantwoording.router import verantwoording
from abonnement_api.verdeling.router import verdelingen
from abonnement_api.verkoper.router import verkoopwijzen, verkopers

api = create_api(
    title="Abonnement API",
    version=VERSION,
    server="https://abonnement.gemeengoed.example/v1",
    description="Wat gemeenten per inwoner betalen voor Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor: tarieven, "
    "abonnementen, facturen, ontvangsten en hun verdeling over de aanbieders. Over gebruikers van die diensten "
    "wordt niets vastgelegd. Wie u bent en wat u mag, staat in de eigenschappen van uw contract (`gemeengoed.rol`, "
    "`gemeengoed.gemeentecode`); de aanbieder van deze dienst, die het contract tekent, staat ervoor in dat zij kloppen. "
    "Is vastgelegd welke organisatie een gemeente is (`/afnemers`), dan moet wie aanroept, of namens wie, die organisatie zijn; "
    "en een organisatie die is vastgelegd als een gemeente, is geen andere.",
    tags=[
        {"name": "aanbieders", "description": "Wie de diensten levert."},
        {"name": "afnemers", "description": "Welke organisatie een gemeente is."},
        {"name": "factuurgegevens", "description": "Wat een gemeente op haar factuur wil."},
        {"name": "tariefbesluiten", "description": "Besluiten over de prijs per inwoner."},
        {"name": "abonnementen", "description": "Abonnementen van gemeenten en hun collectieve aanmelding."},
        {"name": "facturatierondes", "description": "De jaarlijkse facturatie."},
        {"name": "facturen", "description": "Facturen aan gemeenten en hoe hun bedrag tot stand komt."},
        {"name": "betalingen", "description": "Bankafschriften, ontvangsten en welke factuur zij betalen."},
        {"name": "verdelingen", "description": "Verdeling van ontvangsten over de aanbieders."},
        {"name": "betaalopdrachten", "description": "Uitbetalingen en terugbetalingen, hun bericht voor de bank en de afloop."},
        {"name": "boekingsopdrachten", "description": "Wat fonds moet boeken, en wat het weigerde."},
        {"name": "verantwoording", "description": "Waar het geld is."},
    ],
    routers=[
        aanbieders,
        verkopers,
        verkoopwijzen,
        afnemers,
        factuurgegevens,
        tariefbesluiten,
        aanmeldingen,
        abonnementen,
        facturatierondes,
        facturen,
        stukken,
        crediteringen,
        creditnotas,
        creditstukken,
        bankafschriften,
        betalingen,
        afschrijvingen,
        koppelingen,
        verrekeningen,
        verdelingen,
        specificaties,
        uitbetalingen,
        terugbetalingen,
        betaalopdrachten,
        betaaluitkomsten,
        boekingsopdrachten,
        verantwoording,
    ],
    failures=[
        *FAILURES,
        OverlappendAbonnement,
        OnbekendeUitzondering,
        GeenAbonnementen,
        GemeenteOnbekendOfLeeg,
        PakketZonderTarief,
    ],
)


def tasks(settings: ServiceSettings) -> dict[str, Task]:
    assert isinstance(settings, Settings)
    client = OutwayClient(settings.outway_url or "", settings.aliases)
    return {
        outbox.OLD_TASK: Task(lambda context: None),  # queued by the previous release; a loop delivers the outbox now
        **abonnement_tasks.make_tasks(client),
        **facturatieronde_tasks.make_tasks(client, settings.betaaltermijn_dagen, settings.rekening_iban),
        **factuurstuk_tasks.make_tasks(settings.rekening_iban),
    }


def delivery(settings: ServiceSettings) -> outbox.Delivery:
    client = OutwayClient(settings.outway_url or "", settings.aliases)
    return outbox.Delivery(settings, client, [boekingsopdracht_tasks.BOEKINGEN])


service = Service(
    name="abonnement-api",
    api=api,
    settings=Settings,
    migrations=Path(__file__).parent / "migrations",
    tasks=tasks,
    delivery=delivery,
    media_types=("application/json", *BESTAND),
)
