"""The fonds API: its features, in one specification."""

from pathlib import Path

from gemeengoed_kit import VERSION
from gemeengoed_kit.app import create_api
from gemeengoed_kit.asking import FAILURES
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.jobs import Task
from gemeengoed_kit.process import Service
from gemeengoed_kit.settings import ServiceSettings

from fonds_api.afrekening.router import afrekeningen, afrekeningregels
from fonds_api.auditfile.router import auditfiles
from fonds_api.begroting import tasks as begroting_tasks
from fonds_api.begroting.router import BESTAND, begrotingen, meerjarenbegroting
from fonds_api.besluit.errors import BesluitDraagtNiet, GeenGrondslag
from fonds_api.bijdrage import tasks as bijdrage_tasks
from fonds_api.bijdrage.router import bijdragen, bijdragerondes
from fonds_api.boeking.router import boekingen
from fonds_api.boeking.service import BOEKT
from fonds_api.boekingsvoorstel.router import boekingsvoorstellen
from fonds_api.budget.router import vrije_ruimte
from fonds_api.controle.command import controleer
from fonds_api.debiteur.router import debiteuren
from fonds_api.fonds.errors import VierOgenNodig
from fonds_api.fonds.router import fondsen
from fonds_api.getuige.router import getuigen, medeondertekeningen
from fonds_api.indexatie.router import indexaties, indexatietoepassingen, indexcijfers, indexclausules, indexreeksen
from fonds_api.inkoopopgave import tasks as inkoopopgave_tasks
from fonds_api.inkoopopgave.router import inkoopopgaven
from fonds_api.inkooptraject.router import inkooptrajecten
from fonds_api.jaareinde import tasks as jaareinde_tasks
from fonds_api.jaareinde.router import jaarafsluitingen, resultaatuitkeringen
from fonds_api.jaarrekening.router import jaarrekeningen
from fonds_api.nota.router import notarondes, notas
from fonds_api.omslag import tasks as omslag_tasks
from fonds_api.omslag.errors import GemeentenOnbruikbaar
from fonds_api.omslag.router import omslagen
from fonds_api.ontvangst.router import ontvangsten
from fonds_api.overheveling import tasks as overheveling_tasks
from fonds_api.overheveling.router import overhevelingen
from fonds_api.peiling import tasks as peiling_tasks
from fonds_api.peiling.router import peilingen
from fonds_api.periode.router import perioden
from fonds_api.rekening.router import rekeningschema
from fonds_api.saldo.router import afschriften, rekeningen, saldibalansen
from fonds_api.settings import Settings
from fonds_api.uitgave.router import uitgaven
from fonds_api.verantwoording.router import verslagen
from fonds_api.verplichting import tasks as verplichting_tasks
from fonds_api.verplichting.router import verplichtingen
from fonds_api.verrekening.router import verrekeningen
from fonds_api.vooruitblik.router import voorbeelden, vooruitblik
from fonds_api.zegel.beheer import zegelsleutel
from fonds_api.zegel.maten import GAUGES
from fonds_api.zegel.router import bewijzen, logboeken
from fonds_api.zegel.tasks import PASSES

api = create_api(
    title="Fonds API",
    version=VERSION,
    server="https://fonds.gemeengoed.example/v1",
    description="Wat gemeenten samen betalen: de fondsen, hun grootboek, hun begrotingen en de bijdragen van de gemeenten. "
    "Boekingen tellen op tot nul en veranderen nooit. Bedragen zijn gehele centen. Wie u bent en wat u mag, staat in de "
    "eigenschappen van uw contract (`gemeengoed.rol`, `gemeengoed.gemeentecode`, `gemeengoed.bron`); de aanbieder van deze "
    "dienst, die het contract tekent, staat ervoor in dat zij kloppen. Deze dienst kan dat niet nagaan: wie een gemeentecode in "
    "zijn contract heeft, ziet de bijdragen van die gemeente.",
    tags=[
        {"name": "fondsen", "description": "De gezamenlijke beurzen."},
        {"name": "rekeningen", "description": "Rekeningen met hun saldo, en de saldibalans."},
        {"name": "perioden", "description": "Tot waar een fonds gesloten is."},
        {"name": "boekingen", "description": "Het grootboek."},
        {"name": "omslagen", "description": "Hoe gemeenten bijdragen: voorstellen, besluiten, vooruitblik, inwoners."},
        {"name": "bijdragen", "description": "Wat gemeenten per jaar bijdragen, en de afrekening achteraf."},
        {"name": "nota's", "description": "Nota's en creditnota's, wat daarop is ontvangen, en wat openstaat."},
        {"name": "begrotingen", "description": "Begrotingen per jaar: versies, verschillen, vaststelling, en vier jaren samen."},
        {"name": "zegel", "description": "Waarmee een buitenstaander het grootboek nagaat: checkpoints, bewijzen en getuigen."},
        {"name": "verplichtingen", "description": "Wat leveranciers is toegezegd; het reserveert budget."},
        {"name": "uitgaven", "description": "Wat er van verplichtingen is besteed, geboekt in het grootboek."},
        {"name": "jaareinde", "description": "Overhevelen, afsluiten, en wat er met het resultaat gebeurt."},
        {"name": "verantwoording", "description": "Wat er van de begroting kwam, en waar het geld vandaan kwam."},
        {"name": "indexatie", "description": "Indexcijfers, wat regelingen ermee doen, en wat een tarief daarmee wordt."},
        {"name": "inkooptrajecten", "description": "Gezamenlijke inkoop: voorgefinancierd, omgeslagen en kostenneutraal."},
    ],
    routers=[
        fondsen,
        rekeningen,
        rekeningschema,
        saldibalansen,
        afschriften,
        perioden,
        boekingen,
        boekingsvoorstellen,
        omslagen,
        peilingen,
        voorbeelden,
        vooruitblik,
        bijdragerondes,
        bijdragen,
        afrekeningen,
        afrekeningregels,
        notarondes,
        notas,
        ontvangsten,
        verrekeningen,
        debiteuren,
        begrotingen,
        meerjarenbegroting,
        vrije_ruimte,
        verplichtingen,
        uitgaven,
        overhevelingen,
        jaarafsluitingen,
        resultaatuitkeringen,
        verslagen,
        jaarrekeningen,
        auditfiles,
        indexreeksen,
        indexcijfers,
        indexclausules,
        indexaties,
        indexatietoepassingen,
        inkooptrajecten,
        inkoopopgaven,
        logboeken,
        bewijzen,
        getuigen,
        medeondertekeningen,
    ],
    failures=[*FAILURES, GemeentenOnbruikbaar, BesluitDraagtNiet, GeenGrondslag, VierOgenNodig, *BOEKT],
)


def make_tasks(settings: ServiceSettings) -> dict[str, Task]:
    """The background jobs, with the client that they use for calls to other sources."""
    client = OutwayClient(settings.outway_url or "", settings.aliases)
    features = (
        peiling_tasks,
        inkoopopgave_tasks,
        omslag_tasks,
        bijdrage_tasks,
        begroting_tasks,
        verplichting_tasks,
        overheveling_tasks,
        jaareinde_tasks,
    )
    return {naam: task for feature in features for naam, task in feature.make_tasks(client).items()}


service = Service(
    name="fonds-api",
    api=api,
    settings=Settings,
    migrations=Path(__file__).parent / "migrations",
    tasks=make_tasks,
    media_types=("application/json", *BESTAND),
    passes=PASSES,
    gauges=GAUGES,
    commands=(("controleer", controleer), ("zegelsleutel", zegelsleutel)),
)
