"""A real browser for pictures: Chromium without a screen. Tests that need it skip where it is not installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

_MEET = """
const uit = [];
for (const svg of document.querySelectorAll('svg')) {
  const vlak = svg.getBoundingClientRect();
  const vak = (e) => { const r = e.getBoundingClientRect();
    return {tekst: e.textContent, x: r.x - vlak.x, y: r.y - vlak.y, breed: r.width, hoog: r.height,
            kleur: getComputedStyle(e).fill}; };
  uit.push({breed: vlak.width, hoog: vlak.height, grond: getComputedStyle(svg.querySelector('.vlak')).fill,
            teksten: [...svg.querySelectorAll('text')].map(vak),
            balken: [...svg.querySelectorAll('g rect:not(.strook)')].map(vak)});
}
const pre = document.createElement('pre'); pre.id = 'uit'; pre.textContent = JSON.stringify(uit);
document.body.replaceChildren(pre);
"""


def gemeten(tekeningen: list[str], map_: Path, *, donker: bool = False) -> list[dict[str, Any]]:
    """Where a browser puts the texts and the bars of pictures, and in what colours.

    Args:
        donker: as for who asked for dark screens.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium is installed, so no real browser can look at the pictures")
    pagina = map_ / "tekeningen.html"
    pagina.write_text(
        f'<!doctype html><meta charset="utf-8"><body>{"<hr>".join(tekeningen)}<script>{_MEET}</script></body>', "utf-8"
    )
    opdracht = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={map_ / 'profiel'}", "--dump-dom"]
    if donker:
        opdracht.append("--blink-settings=preferredColorScheme=0")
    gedaan = subprocess.run([*opdracht, pagina.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    (gevonden,) = re.findall(r'<pre id="uit">(.*?)</pre>', gedaan.stdout, re.DOTALL)
    uit: list[dict[str, Any]] = json.loads(unescape(gevonden))
    return uit
