from gemeengoed_kit.errors import Conflict, NotFound


class CriteriumNietGevonden(NotFound):
    type, title = "criterium-niet-gevonden", "Criterium niet gevonden"
    meaning = "Er is geen criterium met deze code."
    remedy = "Zoek de code op met `GET /v1/duiding/criteria`."


class CriteriumBestaat(Conflict):
    type, title = "criterium-bestaat", "Criterium bestaat al"
    meaning = "Er is al een criterium met deze code; wat het vraagt, verandert niet meer, want er is mee beoordeeld."
    remedy = "Geef het nieuwe een andere code."


class WegingNietGevonden(NotFound):
    type, title = "weging-niet-gevonden", "Weging niet gevonden"
    meaning = "Er is geen weging met deze code, of niet in die versie."
    remedy = "Zoek haar op met `GET /v1/duiding/wegingen`."


class WegingKloptNiet(Conflict):
    type, title = "weging-klopt-niet", "Weging klopt niet"
    meaning = "De gewichten zijn in strijd met een regel."
    remedy = "Verbeter wat `invalidParams` noemt."


class OnbekendeWeging(Conflict):
    type, title = "onbekende-weging", "Onbekende weging"
    meaning = "De vraag noemt een weging die er niet is, of op die dag nog niet was."
    remedy = "Zoek haar op met `GET /v1/duiding/wegingen`, of geef zelf gewichten mee."


class ScoreNietGevonden(NotFound):
    type, title = "score-niet-gevonden", "Score niet gevonden"
    meaning = "Er is geen score met dit nummer, of u mag haar niet zien."
    remedy = "Zoek haar op met `GET /v1/duiding/scores`."


class ScoreKloptNiet(Conflict):
    type, title = "score-klopt-niet", "Score klopt niet"
    meaning = "De score noemt iets wat er niet is, of past niet bij het criterium; er is niets vastgelegd."
    remedy = "Verbeter wat `invalidParams` noemt."


class RangschikkingTeGroot(Conflict):
    type, title = "rangschikking-te-groot", "Rangschikking te groot"
    meaning = "Er zijn meer voorzieningen beoordeeld dan in één rangschikking passen."
    remedy = "Vraag minder, met `domein`."
