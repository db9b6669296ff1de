"""What the FSC gateway itself answers when a call does not reach the service, or when the service's answer does not come back.
It is for the specification of every API behind the gateway. A test compares the codes with those of `gateway/`."""

from __future__ import annotations

from typing import Any

SCHEMA = "FscFout"

CODES: dict[int, dict[str, tuple[str, str]]] = {
    400: {
        "ERROR_CODE_GRANT_HASH_MISSING": ("OUTWAY", "De aanroep noemt geen grant: noem haar alias of hash in Fsc-Grant-Hash."),
        "UNKNOWN_GRANT_HASH_IN_HEADER": ("OUTWAY", "De genoemde grant of alias bestaat niet bij deze Outway."),
        "INVALID_LOG_RECORD_ID": ("OUTWAY", "Fsc-Transaction-Id is geen UUID versie 7, of is al gebruikt; laat hem weg."),
        "MISSING_LOG_RECORD_ID": ("INWAY", "De Inway kreeg geen Fsc-Transaction-Id van de Outway."),
    },
    401: {
        "ERROR_CODE_ACCESS_TOKEN_MISSING": ("INWAY", "De Inway kreeg geen token."),
        "ERROR_CODE_ACCESS_TOKEN_INVALID": ("INWAY", "De Inway weigert het token; is het contract nog geldig?"),
        "ERROR_CODE_ACCESS_TOKEN_EXPIRED": ("INWAY", "Het token is verlopen; lopen de klokken gelijk?"),
    },
    403: {
        "ERROR_CODE_CONTRACT_NOT_VALID": ("OUTWAY", "Het contract is niet (meer) geldig."),
        "ERROR_CODE_CLIENT_NOT_ALLOWED": ("OUTWAY", "Deze client van de Outway is geblokkeerd of mag deze grant niet gebruiken."),
        "ERROR_CODE_WRONG_GROUP_ID_IN_TOKEN": ("INWAY", "Het token is van een andere Group."),
    },
    404: {"ERROR_CODE_SERVICE_NOT_FOUND": ("INWAY", "De aanbieder biedt deze service niet aan.")},
    407: {"ERROR_CODE_CLIENT_UNKNOWN": ("OUTWAY", "De Outway wil weten welke client aanroept: stuur Proxy-Authorization.")},
    413: {"ERROR_CODE_BODY_TOO_LARGE": ("INWAY", "De inhoud is groter dan met de aanbieder is afgesproken.")},
    429: {
        "ERROR_CODE_TOO_MANY_REQUESTS": (
            "INWAY",
            "Er zijn meer aanroepen dan is afgesproken; wacht zo lang als Retry-After zegt.",
        )
    },
    500: {"TRANSACTION_LOG_WRITE_ERROR": ("OUTWAY", "De aanroep kon niet worden vastgelegd en is niet doorgestuurd.")},
    502: {
        "ERROR_CODE_TOKEN_UNAVAILABLE": ("OUTWAY", "De Outway kreeg geen token van de Manager van de aanbieder."),
        "ERROR_CODE_INWAY_UNREACHABLE": ("OUTWAY", "De Inway van de aanbieder is niet bereikbaar."),
        "ERROR_CODE_SERVICE_UNREACHABLE": ("INWAY", "De dienst achter de Inway is niet bereikbaar."),
    },
    504: {
        "ERROR_CODE_INWAY_TIMEOUT": ("OUTWAY", "De Inway van de aanbieder antwoordt niet op tijd."),
        "ERROR_CODE_SERVICE_TIMEOUT": (
            "INWAY",
            "De dienst antwoordt niet op tijd; het is niet bekend of de aanroep is uitgevoerd.",
        ),
    },
}
"""Per HTTP status, per FSC code: the component that answers, and the meaning. Only for calls that are valid HTTP."""

HEADERS: dict[str, dict[str, Any]] = {
    "Fsc-Error-Code": {
        "description": "Code van de fout; alleen als de gateway zelf antwoordt, en niet de dienst.",
        "schema": {"type": "string", "example": "ERROR_CODE_TOO_MANY_REQUESTS"},
    },
    "Fsc-Transaction-Id": {
        "description": "Identificatie van de aanroep in het transactielog van beide kanten; noem haar als u hulp vraagt.",
        "schema": {"type": "string", "format": "uuid", "example": "0190f5fe-6bd2-7d3a-9f0e-3f1c5d0a7b11"},
    },
}

SCHEMAS: dict[str, Any] = {
    SCHEMA: {
        "type": "object",
        "description": "Antwoord van de FSC-gateway zelf (Outway of Inway), niet van de dienst.",
        "required": ["message", "domain", "code"],
        "properties": {
            "message": {"type": "string", "description": "Wat er mis is.", "example": "De grant is nu niet te gebruiken."},
            "domain": {
                "type": "string",
                "description": "Welk deel van de gateway antwoordt.",
                "example": "ERROR_DOMAIN_OUTWAY",
            },
            "code": {"type": "string", "description": "Code van de fout.", "example": "ERROR_CODE_CONTRACT_NOT_VALID"},
            "transaction_id": {
                "type": "string",
                "description": "Identificatie van de aanroep.",
                "example": "0190f5fe-6bd2-7d3a-9f0e-3f1c5d0a7b11",
            },
        },
    }
}


def content(status: int) -> dict[str, Any]:
    """The media type and bodies of the gateway's own answers with this status; empty when it has none."""
    codes = CODES.get(status, {})
    if not codes:
        return {}
    examples = {
        code: {"summary": code, "value": {"message": meaning, "domain": f"ERROR_DOMAIN_{who}", "code": code}}
        for code, (who, meaning) in codes.items()
    }
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{SCHEMA}"}, "examples": examples}}


def told(status: int) -> str:
    """The description of a status that only the gateway answers."""
    codes = "; ".join(f"`{code}`: {meaning}" for code, (_, meaning) in CODES[status].items())
    return f"De FSC-gateway antwoordt zelf, met een `{SCHEMA}` in application/json. {codes}"


def headers(status: int) -> dict[str, Any]:
    """References to the headers of such an answer; `components` defines them."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS} if status in CODES else {}
