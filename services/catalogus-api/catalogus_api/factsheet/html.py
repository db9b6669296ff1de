"""A factsheet as a web page: no scripts, nothing from elsewhere, light or dark with its reader, and it prints."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from catalogus_api.factsheet.beeld import beeld_van
from catalogus_api.factsheet.schemas import Factsheet

_HIER = Path(__file__).parent
STIJL = (_HIER / "factsheet.css").read_text("utf-8")
CSP = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STIJL.encode()).digest()).decode()
    + "'"
)
_OMGEVING = Environment(
    loader=FileSystemLoader(_HIER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_OPMAAK = _OMGEVING.get_template("factsheet.html.j2")


def html_van(factsheet: Factsheet) -> str:
    """The page of one version; the same version always gives the same page."""
    return _OPMAAK.render(d=beeld_van(factsheet), code=factsheet.voorziening, stijl=STIJL)
