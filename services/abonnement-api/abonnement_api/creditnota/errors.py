from gemeengoed_kit.errors import Conflict, NotFound


class CreditnotaNietGevonden(NotFound):
    type, title = "creditnota-niet-gevonden", "Creditnota niet gevonden"
    meaning = "Er is geen creditnota met dit nummer, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/creditnotas`."


class TeVeelGecrediteerd(Conflict):
    type, title = "te-veel-gecrediteerd", "Meer dan de factuur"
    meaning = "Samen met eerdere creditnota's is dit meer dan een regel van de factuur, of de factuur heeft die regel niet."
    remedy = "Crediteer per dienst hoogstens wat `detail` noemt."


class NietsTeCrediteren(Conflict):
    type, title = "niets-te-crediteren", "Alles is al gecrediteerd"
    meaning = "Van deze factuur is niets over om te crediteren."
    remedy = "Er hoeft niets te gebeuren; zie `GET /v1/creditnotas`."


class AlVerbeterd(Conflict):
    type, title = "factuur-al-verbeterd", "Factuur is al verbeterd"
    meaning = "Deze factuur is al door een andere vervangen."
    remedy = "Verbeter de factuur die haar vervangt."


class DeelsGecrediteerd(Conflict):
    type, title = "factuur-deels-gecrediteerd", "Factuur is al deels gecrediteerd"
    meaning = "Van deze factuur, of van een in dezelfde bundel, is al een deel teruggenomen; een nieuwe zou dat weer vragen."
    remedy = "Crediteer eerst ook de rest, als dat zo moet zijn; daarna kan de factuur worden verbeterd."


class OnmogelijkeCreditdatum(Conflict):
    type, title = "onmogelijke-creditdatum", "Datum past niet bij de factuur"
    meaning = "De datum ligt voor die van de factuur, of meer dan een jaar vooruit."
    remedy = "Kies een datum op of na die van de factuur."
