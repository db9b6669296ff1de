from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class PeriodeNietGevonden(NotFound):
    type, title = "periode-niet-gevonden", "Periode niet gevonden"
    meaning = "Dit fonds heeft geen periode die op deze dag eindigt, of het is niet voor uw rol."
    remedy = "Zoek de perioden op met `GET /v1/fondsen/{code}/perioden`."


class PeriodeGesloten(Conflict):
    type, title = "periode-gesloten", "Periode gesloten"
    meaning = "De boekdatum valt in een gesloten periode; er is niets geboekt."
    remedy = (
        "Boek op een dag die open is: `eersteOpenDag` is de eerste erna. Is de periode voorlopig gesloten en hoort de boeking "
        "erin, vraag dan de fondsbeheerder haar met een reden te heropenen."
    )


class PeriodeKanNiet(Conflict):
    type, title = "periode-kan-niet", "Periode kan niet"
    meaning = "Op deze dag eindigt al een periode, of de dag valt in een periode die gesloten is."
    remedy = "Kies een andere laatste dag; de perioden van een fonds sluiten altijd op elkaar aan."


class StapKanNiet(Conflict):
    type, title = "periodestap-kan-niet", "Stap kan niet"
    meaning = (
        "Een periode gaat van open naar voorlopig gesloten, en vandaar met een reden terug, of naar definitief gesloten; zij "
        "sluit pas als wat ervoor ligt, ook zo ver is."
    )
    remedy = "Lees in `detail` wat eerst moet; definitief gesloten blijft gesloten."


class NietUwStap(Forbidden):
    type, title = "niet-uw-stap", "Deze stap is niet aan uw rol"
    meaning = "De fondsbeheerder sluit voorlopig en heropent; definitief sluiten doet het bestuur."
    remedy = "Laat de andere rol de stap zetten."
