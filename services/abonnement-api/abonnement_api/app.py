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
from abonnement_api.aanbod import tasks as aanbod_tasks
from abonnement_api.aanbod.router import aanbiedingen
from abonnement_api.aansluiting import tasks as aansluiting_tasks
from abonnement_api.aansluiting.router import aansluitingen
from abonnement_api.abonnement import tasks as abonnement_tasks
from abonnement_api.abonnement.errors import OnbekendeUitzondering, OvergangOnbeslist, OverlappendAbonnement
from abonnement_api.abonnement.router import aanmeldingen, abonnementen
from abonnement_api.afnemer.router import afnemers
from abonnement_api.auditfile.router import auditfiles
from abonnement_api.betaalopdracht.router import betaalopdrachten, betaaluitkomsten, terugbetalingen, uitbetalingen
from abonnement_api.betaler.router import betaalafspraken, betalers
from abonnement_api.betaling.router import BESTAND, afschrijvingen, bankafschriften, betalingen, koppelingen, verrekeningen
from abonnement_api.bezorging import tasks as bezorging_tasks
from abonnement_api.bezorging.router import bezorgingen, bezorgwijzen
from abonnement_api.boekingsopdracht import tasks as boekingsopdracht_tasks
from abonnement_api.boekingsopdracht.router import boekingsopdrachten
from abonnement_api.controle.command import controleer
from abonnement_api.creditnota.router import crediteringen, creditnotas
from abonnement_api.facturatiegrens.router import facturatiegrenzen
from abonnement_api.facturatieronde import tasks as facturatieronde_tasks
from abonnement_api.facturatieronde.errors import GeenVoorstel, VoorstelAchterhaald
from abonnement_api.facturatieronde.router import facturatierondes
from abonnement_api.factuur.router import facturen
from abonnement_api.factuurgegevens.router import factuurgegevens
from abonnement_api.factuurstuk import tasks as factuurstuk_tasks
from abonnement_api.factuurstuk.router import creditstukken, stukken
from abonnement_api.gemeentepeiling import tasks as gemeentepeiling_tasks
from abonnement_api.gemeentepeiling.router import peilingen
from abonnement_api.herinnering.router import aanhoudingen, achterstanden, herinneringen, herinneringsbeleid
from abonnement_api.looptijd.router import looptijd, verlengingen
from abonnement_api.overgang import tasks as overgang_tasks
from abonnement_api.overgang.router import overgangen, overgangsrondes
from abonnement_api.rapportage.router import rapportages
from abonnement_api.regel.router import factuurregels, toewijzingen, verdelingsregels
from abonnement_api.settings import Settings
from abonnement_api.specificatie.router import specificaties
from abonnement_api.tarief.router import tariefbesluiten
from abonnement_api.tariefindexatie import tasks as tariefindexatie_tasks
from abonnement_api.tariefindexatie.errors import GeenIndexatie, IndexatieOnbruikbaar
from abonnement_api.tariefindexatie.router import tariefindexaties
from abonnement_api.tariefvoorstel import tasks as tariefvoorstel_tasks
from abonnement_api.tariefvoorstel.errors import InwonersOnbekend
from abonnement_api.tariefvoorstel.router import tariefvoorstellen
from abonnement_api.toelichtingsverzoek.router import verzoeken
from abonnement_api.verantwoording.router import verantwoording
from abonnement_api.verantwoordingsstuk.router import PDF, documenten, insturen
from abonnement_api.verantwoordingsstuk.router import stukken as verantwoordingsstukken
from abonnement_api.verdeling.router import verdelingen
from abonnement_api.verkoper.router import verkoopwijzen, verkopers
from abonnement_api.voorvertoning import tasks as voorvertoning_tasks
from abonnement_api.voorvertoning.errors import GeenAbonnementen, GemeenteOnbekendOfLeeg, PakketZonderTarief
from abonnement_api.voorvertoning.router import voorvertoningen

api = create_api(
    title="Abonnement API",
    version=VERSION,
    server="https://abonnement.gemeengoed.example/v1",
    description="Wat gemeenten per inwoner betalen voor Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor: tarieven, "
    "abonnementen, facturen, ontvangsten en hun verdeling over de aanbieders. Over gebruikers van die diensten "
    "wordt niets vastgelegd. Wie u bent en wat u mag, staat in de eigenschappen van uw contract (`gemeengoed.rol`, "
    "`gemeengoed.gemeentecode`, `gemeengoed.aanbieder`); de aanbieder van deze dienst, die het contract tekent, staat ervoor in "
    "dat zij kloppen. "
    "Is vastgelegd welke organisatie een gemeente is (`/afnemers`), dan moet wie aanroept, of namens wie, die organisatie zijn; "
    "en een organisatie die is vastgelegd als een gemeente, is geen andere.",
    tags=[
        {"name": "aanbieders", "description": "Wie de diensten levert."},
        {"name": "afnemers", "description": "Welke organisatie een gemeente is."},
        {"name": "factuurgegevens", "description": "Wat een gemeente op haar factuur wil."},
        {
            "name": "tariefbesluiten",
            "description": "Besluiten over wat pakketten kosten, voorstellen daarvoor en de indexering ervan.",
        },
        {"name": "aanbiedingen", "description": "Wat gemeenten is aangeboden, wie tekende en wie nog niet antwoordde."},
        {"name": "abonnementen", "description": "Abonnementen van gemeenten, hun looptijd, en herindelingen."},
        {"name": "betalers", "description": "Wie voor gemeenten betaalt."},
        {"name": "facturatierondes", "description": "De jaarlijkse facturatie: voorvertonen, voorstellen, goedkeuren."},
        {"name": "facturen", "description": "Facturen aan gemeenten en hoe hun bedrag tot stand komt."},
        {"name": "bezorgingen", "description": "Facturen en creditnota's op weg naar gemeenten, en wat ervan werd."},
        {
            "name": "herinneringen",
            "description": "Herinneren aan facturen die niet op tijd zijn betaald.",
        },
        {"name": "betalingen", "description": "Bankafschriften, ontvangsten en welke factuur zij betalen."},
        {"name": "verdelingen", "description": "Verdeling van ontvangsten over de aanbieders."},
        {"name": "betaalopdrachten", "description": "Uitbetalingen en terugbetalingen, hun bericht voor de bank en de afloop."},
        {"name": "boekingsopdrachten", "description": "Wat fonds moet boeken, en wat het weigerde."},
        {"name": "aansluitingen", "description": "Of fonds heeft geboekt wat hier is vastgesteld, en niets anders."},
        {"name": "verantwoording", "description": "Waar het geld is, en wat aanbieders daarvoor verantwoorden."},
        {"name": "rapportages", "description": "Deelname, inning, ouderdom van wat open staat, en de auditfile."},
    ],
    routers=[
        aanbieders,
        verkopers,
        verkoopwijzen,
        afnemers,
        factuurgegevens,
        tariefbesluiten,
        tariefindexaties,
        tariefvoorstellen,
        aanbiedingen,
        aanmeldingen,
        abonnementen,
        looptijd,
        verlengingen,
        overgangsrondes,
        overgangen,
        betalers,
        betaalafspraken,
        facturatiegrenzen,
        voorvertoningen,
        facturatierondes,
        facturen,
        stukken,
        crediteringen,
        creditnotas,
        creditstukken,
        bezorgwijzen,
        bezorgingen,
        bankafschriften,
        betalingen,
        afschrijvingen,
        koppelingen,
        herinneringsbeleid,
        achterstanden,
        herinneringen,
        aanhoudingen,
        verrekeningen,
        verdelingen,
        specificaties,
        uitbetalingen,
        terugbetalingen,
        betaalopdrachten,
        betaaluitkomsten,
        boekingsopdrachten,
        aansluitingen,
        verantwoording,
        insturen,
        documenten,
        verantwoordingsstukken,
        verzoeken,
        factuurregels,
        toewijzingen,
        verdelingsregels,
        peilingen,
        rapportages,
        auditfiles,
    ],
    failures=[
        *FAILURES,
        OverlappendAbonnement,
        OnbekendeUitzondering,
        OvergangOnbeslist,
        GeenAbonnementen,
        GemeenteOnbekendOfLeeg,
        PakketZonderTarief,
        GeenIndexatie,
        IndexatieOnbruikbaar,
        InwonersOnbekend,
        GeenVoorstel,
        VoorstelAchterhaald,
    ],
)


def tasks(settings: ServiceSettings) -> dict[str, Task]:
    assert isinstance(settings, Settings)
    client = OutwayClient(settings.outway_url or "", settings.aliases)
    return {
        outbox.OLD_TASK: Task(lambda context: None),  # queued by the previous release; a loop delivers the outbox now
        **tariefindexatie_tasks.make_tasks(client),
        **tariefvoorstel_tasks.make_tasks(client),
        **abonnement_tasks.make_tasks(client),
        **voorvertoning_tasks.make_tasks(client),
        **aanbod_tasks.make_tasks(client),
        **overgang_tasks.make_tasks(client),
        **facturatieronde_tasks.make_tasks(client, settings.betaaltermijn_dagen, settings.rekening_iban),
        **aansluiting_tasks.make_tasks(client),
        **factuurstuk_tasks.make_tasks(settings.rekening_iban),
        **bezorging_tasks.make_tasks(client),
        **gemeentepeiling_tasks.make_tasks(client),
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
    media_types=("application/json", *BESTAND, *PDF),
    commands=(("controleer", controleer),),
)
