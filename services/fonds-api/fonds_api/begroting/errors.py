from gemeengoed_kit.errors import Conflict, Invalid, NotFound


class BegrotingNietGevonden(NotFound):
    type, title = "begroting-niet-gevonden", "Begroting niet gevonden"
    meaning = "Er is geen versie van een begroting met deze identificatie, of zij is (nog) niet voor uw rol."
    remedy = "Zoek haar op met `GET /v1/begrotingen`."


class OngeldigeBegroting(Invalid):
    type, title = "ongeldige-begroting", "Ongeldige begroting"
    meaning = "Het bestand is niet leesbaar, of er staat iets in dat geen begroting is. Er is niets ingelezen."
    remedy = "Verbeter wat `invalidParams` noemt, met rij en kolom. Een optelling die niet klopt, wordt wel ingelezen."


class OnbekendVerschil(Conflict):
    type, title = "onbekend-verschil", "Onbekend verschil"
    meaning = "Deze versie heeft geen onverklaard verschil met deze naam."
    remedy = "Zoek de verschillen op met `GET /v1/begrotingen/{id}/verschillen`; wat afronding verklaart, hoeft niet aanvaard."


class VerschilAlAanvaard(Conflict):
    type, title = "verschil-al-aanvaard", "Verschil al aanvaard"
    meaning = "Dit verschil is al aanvaard; dat verandert niet meer."
    remedy = "Er hoeft niets meer te gebeuren."


class BegrotingAlVastgesteld(Conflict):
    type, title = "begroting-al-vastgesteld", "Begroting al vastgesteld"
    meaning = "Deze versie is vastgesteld en verandert niet meer."
    remedy = "Leg een wijziging vast als volgende versie."


class BegrotingAchterhaald(Conflict):
    type, title = "begroting-achterhaald", "Begroting achterhaald"
    meaning = "Er is van dit fonds en jaar een latere versie."
    remedy = "Stel de laatste versie vast; `versie` is haar nummer."


class SoortNietAanDeBeurt(Conflict):
    type, title = "soort-niet-aan-de-beurt", "Soort niet aan de beurt"
    meaning = "Eerst wordt de kaderbegroting vastgesteld, dan het jaarplan, daarna wijzigingen."
    remedy = "Stel eerst vast wat ervoor komt; `aanDeBeurt` noemt de soort."


class VerschillenOnverklaard(Conflict):
    type, title = "verschillen-onverklaard", "Verschillen onverklaard"
    meaning = "De begroting telt niet op zoals zij zegt; afronding verklaart het niet en niemand heeft het aanvaard."
    remedy = "Lees een verbeterde versie in, of laat elk verschil in `verschillen` op naam aanvaarden."


class DekkingOntoereikend(Conflict):
    type, title = "dekking-ontoereikend", "Dekking ontoereikend"
    meaning = "De bijdragen en de derde geldstromen zijn samen minder dan het totaal met btw."
    remedy = "Lees een versie in met genoeg dekking of lagere bedragen; `tekort` is wat er mist, in de eenheid van de begroting."


class BegrotingAlAangevraagd(Conflict):
    type, title = "begroting-al-aangevraagd", "Vaststelling al aangevraagd"
    meaning = "De vaststelling van deze versie is aangevraagd met een ander besluit; dat wordt nu nagevraagd."
    remedy = "Wacht tot `vaststelling.status` niet meer `aangevraagd` is."


class VerplichtingenTeHoog(Conflict):
    type, title = "verplichtingen-te-hoog", "Verplichtingen te hoog voor deze begroting"
    meaning = "Van een begrotingspost is meer verplicht en besteed dan deze begroting ervoor heeft."
    remedy = "Lees een versie in met genoeg budget voor de posten in `posten`, of laat eerst verplichtingen vrijvallen."
