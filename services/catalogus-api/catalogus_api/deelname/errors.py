from gemeengoed_kit.errors import Conflict, NotFound


class DeelnameNietGevonden(NotFound):
    type, title = "deelname-niet-gevonden", "Deelname niet gevonden"
    meaning = "Er is geen deelname met deze identificatie, of u mag haar niet zien."
    remedy = "Zoek haar op met `GET /v1/deelnames`."


class DeelnamePastNiet(Conflict):
    type, title = "deelname-past-niet", "Deelname past niet"
    meaning = "De gevraagde deelname past niet bij de voorziening, de gemeente of de dag."
    remedy = "Verbeter wat `invalidParams` noemt."


class AndereVoorwaarden(Conflict):
    type, title = "andere-voorwaarden", "Op die dag gelden andere voorwaarden"
    meaning = "Wie zich aanmeldt, aanvaardt de voorwaarden van die dag; de aanvraag noemt er geen, of een andere versie."
    remedy = "Lees de voorwaarden die `voorwaarden` noemt en stuur hun `versie` mee als `voorwaardenVersie`."


class AlDeelname(Conflict):
    type, title = "deelname-bestaat-al", "Deelname bestaat al"
    meaning = "De gemeente neemt op die dag al deel aan deze voorziening, of haar vorige deelname loopt nog."
    remedy = "Zet de bestaande deelname voort met `POST /v1/deelnames/{id}/overgangen`."


class OvergangPastNiet(Conflict):
    type, title = "overgang-past-niet", "Stap past niet"
    meaning = "De gevraagde stap volgt niet op de vorige, valt op een dag die niet kan, of is niet aan deze aanroeper."
    remedy = "Verbeter wat `invalidParams` noemt."


class OpzeggenPastNiet(Conflict):
    type, title = "opzeggen-past-niet", "Opzeggen past niet"
    meaning = "De deelname is zo niet te beëindigen: te vroeg volgens de aanvaarde voorwaarden, of algemeen bindend."
    remedy = "Kies een einddatum vanaf `eersteEinddatum`; wat algemeen bindend is, beëindigt alleen catalogusbeheer."


class VoorwaardenPassenNiet(Conflict):
    type, title = "voorwaarden-passen-niet", "Voorwaarden passen niet"
    meaning = "De voorwaarden volgen niet op de vorige, of spreken zichzelf tegen."
    remedy = "Verbeter wat `invalidParams` noemt."


class VoorwaardenNietGevonden(NotFound):
    type, title = "deelnamevoorwaarden-niet-gevonden", "Deelnamevoorwaarden niet gevonden"
    meaning = "Deze voorziening heeft geen deelnamevoorwaarden met dit versienummer."
    remedy = "Zoek ze op met `GET /v1/voorzieningen/{code}/deelnamevoorwaarden`."
