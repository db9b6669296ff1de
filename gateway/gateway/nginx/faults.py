"""The FSC errors that nginx itself gives: a pattern on "<component> <status>", a code, and the Dutch text for the JSON."""

FAULTS = (
    ("405", "ERROR_CODE_METHOD_UNSUPPORTED", "deze HTTP-methode wordt niet doorgegeven"),
    ("413", "ERROR_CODE_BODY_TOO_LARGE", "de body is groter dan hier mag"),
    ("414", "ERROR_CODE_MALFORMED_REQUEST", "het pad is langer dan 32 kB"),
    ("431", "ERROR_CODE_MALFORMED_REQUEST", "een header is langer dan 32 kB, of samen zijn zij te lang"),
    ("421", "ERROR_CODE_MALFORMED_REQUEST", "de verbinding is voor een andere hostnaam gemaakt dan het verzoek noemt"),
    ("429", "ERROR_CODE_TOO_MANY_REQUESTS", "er zijn meer aanroepen tegelijk onderweg dan is afgesproken"),
    ("MANAGER 50[024]", "ERROR_CODE_INTERNAL", "de Manager is nu niet bereikbaar"),
    (
        "WAY 500",
        "TRANSACTION_LOG_WRITE_ERROR",
        "de aanroep kan niet worden vastgelegd: het besluitproces antwoordt niet. Zij is niet doorgestuurd",
    ),
    (
        "INWAY 502",
        "ERROR_CODE_SERVICE_UNREACHABLE",
        "de service ($fsc_host) is niet bereikbaar, of haar antwoord is geen HTTP of heeft te grote kopregels",
    ),
    ("INWAY 504", "ERROR_CODE_SERVICE_TIMEOUT", "de service ($fsc_host) antwoordt niet op tijd"),
    (
        "OUTWAY 502",
        "ERROR_CODE_INWAY_UNREACHABLE",
        "de Inway $fsc_host is niet bereikbaar of verbrak de verbinding (zoals bij een antwoord van de service dat geen HTTP "
        "is of geen eindstatus heeft), of zijn antwoord heeft te grote kopregels",
    ),
    ("OUTWAY 504", "ERROR_CODE_INWAY_TIMEOUT", "de Inway $fsc_host antwoordt niet op tijd"),
)

# `return 200` keeps the status of the error that led here (nginx: error_page without "=").
ANSWER = (
    "internal; add_header Fsc-Error-Code $fsc_error_code always; add_header Fsc-Transaction-Id $fsc_error_id always; "
    "add_header Retry-After $fsc_retry_after always; "
    'return 200 \'{"message":"De $fsc_who van peer $fsc_peer meldt: $fsc_error_text.",'
    '"domain":"ERROR_DOMAIN_$fsc_component","code":"$fsc_error_code","transaction_id":"$fsc_error_id"}\';'
)
