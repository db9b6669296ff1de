from gemeengoed_kit.errors import Forbidden


class ContractNoemtOnbekendeAanbieder(Forbidden):
    type, title = "contract-noemt-onbekende-aanbieder", "Uw contract noemt een onbekende aanbieder"
    meaning = "De eigenschap `gemeengoed.aanbieder` van uw contract is de code van geen aanbieder."
    remedy = "Laat de aanbieder van deze dienst het contract verbeteren; `GET /v1/aanbieders` noemt de codes."
