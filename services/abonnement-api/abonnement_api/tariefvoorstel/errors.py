from gemeengoed_kit.errors import Conflict, NotFound


class TariefvoorstelNietGevonden(NotFound):
    type, title = "tariefvoorstel-niet-gevonden", "Tariefvoorstel niet gevonden"
    meaning = "Er is geen tariefvoorstel met deze identificatie."
    remedy = "Zoek het op met `GET /v1/tariefvoorstellen`."


class OnsamenhangendVoorstel(Conflict):
    type, title = "onsamenhangend-tariefvoorstel", "Voorstel klopt niet met zichzelf"
    meaning = "Het voorstel spreekt zichzelf tegen; `detail` noemt alles."
    remedy = "Geef inwoners, of een peildatum waarop de catalogus ze geeft; en noem elke dienst één keer."


class InwonersOnbekend(Conflict):
    type, title = "inwoners-onbekend", "Inwoners niet bekend"
    meaning = "De catalogus kent op de peildatum niet van elke gemeente inwoners, of kent een uitgezonderde gemeente niet."
    remedy = "Kies een andere peildatum, laat de catalogus aanvullen, of geef de inwoners zelf."
