from gemeengoed_kit.errors import Conflict


class PostZonderRekening(Conflict):
    type, title = "post-zonder-rekening", "Begrotingspost zonder rekening"
    meaning = "Het fonds heeft geen rekening voor deze prioriteit en budgetsoort, zodat een uitgave erop niet te boeken is."
    remedy = "Kies een post met een rekening; `GET /v1/rekeningen` noemt ze."
