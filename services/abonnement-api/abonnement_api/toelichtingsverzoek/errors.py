from gemeengoed_kit.errors import Conflict, NotFound


class ToelichtingsverzoekNietGevonden(NotFound):
    type, title = "toelichtingsverzoek-niet-gevonden", "Toelichtingsverzoek niet gevonden"
    meaning = "Er is geen toelichtingsverzoek met deze identificatie, of het is (nog) niet voor u."
    remedy = "Zoek het op met `GET /v1/toelichtingsverzoeken`."


class OnbekendeAanbiederVanVerzoek(Conflict):
    type, title = "onbekende-aanbieder-van-verzoek", "Onbekende aanbieder"
    meaning = "Het verzoek is gericht aan een aanbieder die er niet is."
    remedy = "Zoek de code op met `GET /v1/aanbieders`."


class OnbekendVerantwoordingsstuk(Conflict):
    type, title = "onbekend-verantwoordingsstuk", "Onbekend verantwoordingsstuk"
    meaning = "Het verzoek noemt een stuk dat er niet is, niet is vastgesteld, of van een andere aanbieder is."
    remedy = "Zoek het stuk op met `GET /v1/verantwoordingsstukken`, of vraag zonder een stuk te noemen."


class AlBeantwoord(Conflict):
    type, title = "al-beantwoord", "Dit verzoek is al beantwoord"
    meaning = "Een antwoord wijzigt niet."
    remedy = "Laat de gemeente een nieuw verzoek doen."


class NogNietBeantwoord(Conflict):
    type, title = "nog-niet-beantwoord", "Dit verzoek is nog niet beantwoord"
    meaning = "Alleen een antwoord kan worden gepubliceerd."
    remedy = "Beantwoord het verzoek eerst."


class AlGepubliceerd(Conflict):
    type, title = "al-gepubliceerd", "Dit antwoord is al gepubliceerd"
    meaning = "Het antwoord is al open voor alle gemeenten; dat gaat niet terug."
    remedy = "Er hoeft niets te gebeuren."
