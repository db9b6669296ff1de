"""A jaarrekening as a web page: no scripts, nothing from elsewhere, light or dark with its reader, and it prints."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fonds_api.jaarrekening.beeld import beeld_van
from fonds_api.jaarrekening.schemas import Jaarrekening

_HIER = Path(__file__).parent
STIJL = (_HIER / "jaarrekening.css").read_text("utf-8")
CSP = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STIJL.encode()).digest()).decode()
    + "'"
)
_OMGEVING = Environment(
    loader=FileSystemLoader(_HIER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_OPMAAK = _OMGEVING.get_template("jaarrekening.html.j2")


def html_van(jaarrekening: Jaarrekening) -> str:
    """The page; the same jaarrekening always gives the same page."""
    return _OPMAAK.render(d=beeld_van(jaarrekening), stijl=STIJL)
