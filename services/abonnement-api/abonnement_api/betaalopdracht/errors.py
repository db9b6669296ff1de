from gemeengoed_kit.errors import Conflict, NotFound


class BetaalopdrachtNietGevonden(NotFound):
    type, title = "betaalopdracht-niet-gevonden", "Betaalopdracht niet gevonden"
    meaning = "Er is geen betaalopdracht met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/betaalopdrachten`."


class BetaaluitkomstNietGevonden(NotFound):
    type, title = "betaaluitkomst-niet-gevonden", "Betaaluitkomst niet gevonden"
    meaning = "Er is geen betaaluitkomst met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/betaaluitkomsten`."


class GeenBericht(NotFound):
    type, title = "betaalbericht-niet-gevonden", "Er is geen bericht voor de bank"
    meaning = "Het bericht voor de bank ontstaat als een ander de betaalopdracht goedkeurt; dat is niet gebeurd."
    remedy = "Laat iemand met de rol `fiatteur` de betaalopdracht goedkeuren."


class VerdelingNietVastgesteld(Conflict):
    type, title = "verdeling-niet-vastgesteld", "De verdeling is niet vastgesteld"
    meaning = "Alleen wat is vastgesteld, wordt uitbetaald."
    remedy = "Laat iemand met de rol `fiatteur` de verdeling vaststellen."


class NietsUitTeBetalen(Conflict):
    type, title = "niets-uit-te-betalen", "Niets uit te betalen"
    meaning = (
        "Van deze verdeling krijgt een genoemde aanbieder niets, of wordt hij al betaald; zonder namen: dat geldt voor iedereen."
    )
    remedy = "Zie met `GET /v1/betaalopdrachten?verdeling=…` wat al wordt betaald; `invalidParams` noemt welke aanbieder."


class RekeningOnbekend(Conflict):
    type, title = "rekening-onbekend", "Rekening onbekend"
    meaning = (
        "Van wie betaalt of wordt betaald, is geen naam of rekening bekend; terugbetaald wordt alleen naar waar het vandaan kwam."
    )
    remedy = (
        "Leg naam en rekening van een aanbieder vast met `PUT /v1/aanbieders/{code}/verkopergegevens`; `invalidParams` noemt wie."
    )


class RekeningGewijzigd(Conflict):
    type, title = "rekening-gewijzigd", "Rekening is intussen gewijzigd"
    meaning = "Sinds het voorstel is een andere naam of rekening van een aanbieder vastgelegd."
    remedy = "Wijs de betaalopdracht af, ga na welke rekening de goede is, en stel een nieuwe voor."


class OnbekendeOntvangst(Conflict):
    type, title = "onbekende-ontvangst", "Onbekende ontvangst"
    meaning = "Een genoemde ontvangst bestaat niet."
    remedy = "Zoek haar op met `GET /v1/betalingen`; `invalidParams` noemt welke."


class TerugbetalingPastNiet(Conflict):
    type, title = "terugbetaling-past-niet", "Terugbetaling past niet"
    meaning = "Er wordt meer terugbetaald dan van de ontvangst over is, of zij wordt twee keer genoemd."
    remedy = "Noem een lager bedrag, of maak eerst vrij wat te veel is betaald; `invalidParams` noemt waar."


class UitvoeringsdagVoorbij(Conflict):
    type, title = "uitvoeringsdag-voorbij", "De dag van uitvoeren is voorbij"
    meaning = "De bank voert niets uit op een dag die voorbij is."
    remedy = "Kies vandaag of een latere dag; is de opdracht al voorgesteld, wijs haar dan af en stel een nieuwe voor."


class BetaalopdrachtAlBesloten(Conflict):
    type, title = "betaalopdracht-al-besloten", "Over de betaalopdracht is al besloten"
    meaning = "De betaalopdracht is al goedgekeurd of afgewezen; dat verandert niet meer."
    remedy = "Is zij afgewezen, stel dan een nieuwe voor; is zij goedgekeurd, haal dan haar bericht op."


class UitkomstPastNiet(Conflict):
    type, title = "betaaluitkomst-past-niet", "De uitkomst past niet bij de betaling"
    meaning = "De betaling is niet onderweg (of, voor een retour, niet betaald), of het bedrag op het afschrift is een ander."
    remedy = "Vergelijk de regels van de betaalopdracht met het afschrift; `invalidParams` noemt wat niet past."
