from gemeengoed_kit.errors import Conflict, NotFound


class OpgaveNietGevonden(NotFound):
    type, title = "inkoopopgave-niet-gevonden", "Opgave niet gevonden"
    meaning = "Er is geen opgave met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/inkoopopgaven`."


class OnbekendeOpgave(Conflict):
    type, title = "onbekende-inkoopopgave", "Onbekende opgave"
    meaning = "De opgave is er niet, is nog niet gereed, of is van een andere deelnemer of peildatum dan die van het traject."
    remedy = "Vraag er een aan met `POST /v1/inkoopopgaven`, met de peildatum van het traject, en wacht tot zij gereed is."
