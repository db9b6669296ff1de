from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class BijdragerondeNietGevonden(NotFound):
    type, title = "bijdrageronde-niet-gevonden", "Bijdrageronde niet gevonden"
    meaning = "Deze ronde is nooit aangevraagd, of haar fonds is niet voor uw rol."
    remedy = "Vraag de ronde aan met `POST /v1/bijdragerondes`."


class BijdrageNietGevonden(NotFound):
    type, title = "bijdrage-niet-gevonden", "Bijdrage niet gevonden"
    meaning = "Er is geen bijdrage met deze identificatie, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/bijdragen`."


class GeenOmslag(Conflict):
    type, title = "geen-omslag", "Geen omslag"
    meaning = "Voor dit fonds en jaar is geen omslag besloten."
    remedy = "Controleer fonds en jaar, of laat een voorstel vaststellen met `POST /v1/omslagen/{id}/vaststellingen`."


class GeenGemeentecode(Forbidden):
    type, title = "geen-gemeentecode", "Geen gemeente in het contract"
    meaning = "Uw contract noemt geen gemeente, zodat niet te bepalen is wat van u is."
    remedy = "Vraag de aanbieder om een contract met de eigenschap `gemeengoed.gemeentecode`."
