"""A report as a picture: SVG without scripts or fonts from elsewhere, light or dark as its reader's system is.

Each row has a bar and, beside it, its figures in columns as wide as the widest: so no label stands on a bar or on another label,
however small or large the figures are.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from xml.sax import saxutils

from gemeengoed_kit.dutch import number, whole_euros
from gemeengoed_kit.typesetting import BOLD, certain, lines, width

STYLE = """
svg{--vlak:#fff;--strook:#f5f7f9;--tekst:#1a2027;--zacht:#56616c;--streep:#e3e8ed;--as:#aab5c0;--spoor:#dde4eb;--rand:#7d8a97;
--besteed:#1d5fc2;--verplicht:#1d5fc2;--boven:#b42318;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--vlak:#13171c;--strook:#1a1f26;--tekst:#e9edf1;--zacht:#a3aeb9;--streep:#2a323b;
--as:#56626e;--spoor:#2f3944;--rand:#8996a3;--besteed:#74abff;--verplicht:#74abff;--boven:#ff8a7a}}
text{fill:var(--tekst);font-size:12px}
.titel{font-size:22px;font-weight:700}.kop{font-weight:600}.zacht,.klein{fill:var(--zacht)}.klein{font-size:10.5px}
.cijfer{font-variant-numeric:tabular-nums;text-anchor:end}.vet{font-weight:700}.min{fill:var(--boven);font-weight:600}
.vlak{fill:var(--vlak)}.strook{fill:var(--strook)}.streep{stroke:var(--streep)}.as{stroke:var(--as)}
.begroot{fill:var(--spoor);stroke:var(--rand)}.besteed{fill:var(--besteed)}.boven{fill:var(--boven)}
.verplicht{fill:url(#arcering);stroke:var(--verplicht)}.lijn{stroke:var(--verplicht);stroke-width:2px}.grond{fill:var(--vlak)}
"""
CSP = (
    "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)
"""What the picture needs of a browser: its own style and nothing else."""
MARGIN, NAMES, BARS, GAP = 24.0, 250.0, 340.0, 18.0
HEAD, ROW, THICK, SIZE = 138.0, 48.0, 18.0, 12.0
_UNITS = ((10**12, "bln"), (10**9, "mld"), (10**6, "mln"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart; amounts in cents, or numbers.

    Attributes:
        small: under the name, in small letters.
        whole: length of the track behind the bar; `done` fills it from the left, `due` comes after that, hatched.
        figures: in the columns, one for each.
        drawn: whether it has a bar; a total would dwarf what it adds up, and only has its figures.
        marked: whether going beyond `whole` is marked.
    """

    name: str
    small: str
    whole: int
    done: int
    due: int
    figures: tuple[int, ...]
    drawn: bool = True
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    Attributes:
        below: the line under the title.
        legend: (style of a bar, what it means); the styles are begroot (the track), besteed, verplicht and boven.
        description: names each figure, for who does not see the picture.
        empty: what is said where there are no bars.
        unit: whether figures are cents, shown in whole euros, or numbers.
    """

    title: str
    below: str
    columns: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    description: str
    empty: str = ""
    unit: Literal["cents", "number"] = "cents"


def draw(chart: Chart) -> str:
    """The picture of a chart."""
    sign, note = "€ ", "Bedragen in euro, afgerond op hele euro's."
    if chart.unit == "number":
        chart, sign, note = replace(chart, bars=tuple(map(_hundredfold, chart.bars))), "", ""
    columns = _widths(chart)
    left = MARGIN + NAMES
    wide = left + BARS + sum(columns) + MARGIN
    wide = max(wide, MARGIN * 2 + width(chart.title, 22) * BOLD, MARGIN * 2 + width(chart.below, SIZE))
    high = HEAD + ROW * max(1, len(chart.bars)) + 40
    top = _scale(max((length for bar in chart.bars if bar.drawn for length in _lengths(bar)), default=0))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="nl" role="img" aria-labelledby="titel beschrijving" '
        f'width="{wide:.0f}" height="{high:g}" viewBox="0 0 {wide:.0f} {high:g}">',
        f'<title id="titel">{escape(chart.title)}</title>',
        f'<desc id="beschrijving">{escape(f"{chart.below}. {chart.description or chart.empty}")}</desc>',
        f"<style>{STYLE}</style>",
        '<defs><pattern id="arcering" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="grond" width="6" height="6"/><line class="lijn" x1="1.5" x2="1.5" y2="6"/></pattern></defs>',
        f'<rect class="vlak" width="{wide:.0f}" height="{high:g}"/>',
        _text(chart.title, "titel", MARGIN, 44),
        _text(chart.below, "zacht", MARGIN, 64),
        *_legend(chart.legend),
        *_heads(chart.columns, columns, left + BARS),
        *(
            _axis(top, left, HEAD + ROW * len(chart.bars), sign)
            if chart.bars
            else [_text(chart.empty, "zacht", MARGIN, HEAD + 24)]
        ),
        *(
            f'<g class="rij">{"".join(_row(bar, columns, left, HEAD + ROW * place, top, wide, place))}</g>'
            for place, bar in enumerate(chart.bars)
        ),
        _text(note, "klein", MARGIN, high - 14),
        "</svg>\n",
    ]
    return "\n".join(parts)


def escape(value: str) -> str:
    """A text as text in XML; the two characters that XML has no way to say become the sign for that."""
    return saxutils.escape(value.translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}))


def _hundredfold(bar: Bar) -> Bar:
    """A row of numbers as one of cents that shows them."""
    figures = tuple(100 * figure for figure in bar.figures)
    return replace(bar, whole=100 * bar.whole, done=100 * bar.done, due=100 * bar.due, figures=figures)


def _widths(chart: Chart) -> list[float]:
    """Width of each column of amounts."""
    return [
        GAP
        + max(
            width(name, SIZE) * BOLD,
            *(width(number(whole_euros(bar.figures[place])), SIZE) * BOLD for bar in chart.bars),
            0,
        )
        for place, name in enumerate(chart.columns)
    ]


def _lengths(bar: Bar) -> tuple[int, int]:
    return bar.whole, max(bar.done, 0) + max(bar.due, 0)


def _scale(largest: int) -> int:
    """End of the scale in cents: the first of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that all fits in."""
    ten = 100
    while ten * 10 < largest:
        ten *= 10
    return next(ten * step // 2 for step in (2, 3, 4, 6, 8, 10, 12, 16, 20) if ten * step // 2 >= largest)


def _short(cent: int, sign: str) -> str:
    """An amount on the scale: "€ 500.000", "€ 2,5 mln"."""
    euros = whole_euros(cent)
    for unit, name in _UNITS:
        if euros >= unit:
            whole, rest = divmod(euros * 10 // unit, 10)
            return f"{sign}{number(whole)}{f',{rest}' if rest else ''} {name}"
    return f"{sign}{number(euros)}"


def _axis(top: int, left: float, end: float, sign: str) -> Iterator[str]:
    """Lines at none, half and all of the scale."""
    for part in (0, 1, 2):
        x = left + BARS * part / 2
        anchors = ("start", "middle", "end")
        yield f'<line class="{"as" if part == 0 else "streep"}" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 6:g}" y2="{end:g}"/>'
        if top * part % 200 == 0:
            said = _short(top * part // 2, sign)
            yield f'<text class="klein" text-anchor="{anchors[part]}" x="{x:.1f}" y="{HEAD - 12:g}">{said}</text>'


def _heads(names: Sequence[str], columns: Sequence[float], x: float) -> Iterator[str]:
    for name, wide in zip(names, columns, strict=True):
        x += wide
        yield f'<text class="kop cijfer" x="{x:.1f}" y="{HEAD - 12:g}">{name}</text>'


def _row(bar: Bar, columns: Sequence[float], left: float, y: float, top: int, wide: float, place: int) -> Iterator[str]:
    if place % 2 == 0:
        yield f'<rect class="strook" y="{y:g}" width="{wide:.0f}" height="{ROW:g}"/>'
    if not bar.drawn:
        yield f'<line class="as" x1="{MARGIN:g}" x2="{wide - MARGIN:.1f}" y1="{y:g}" y2="{y:g}"/>'
    bold = "" if bar.drawn else " vet"
    names = lines(bar.name, SIZE * (1 if bar.drawn else BOLD), NAMES - 14, 2 if bar.small else 3)
    under = bar.small if bar.drawn else ""
    height = 14 * (len(names) + bool(under))
    for n, name in enumerate(names):
        yield _text(name, f"naam{bold}", MARGIN, y + ROW / 2 - height / 2 + 11 + 14 * n)
    if under:
        yield _text(under, "klein", MARGIN, y + ROW / 2 + height / 2 - 3)
    if bar.drawn:
        yield from _bar(bar, left, y + (ROW - THICK) / 2, top)
    elif bar.small:
        yield _text(bar.small, "zacht", left + 8, y + ROW / 2 + 4)
    x = left + BARS
    for cent, room in zip(bar.figures, columns, strict=True):
        x += room
        kind = "min" if whole_euros(cent) < 0 else ""
        yield f'<text class="cijfer {kind}{bold}" x="{x:.1f}" y="{y + ROW / 2 + 4:.1f}">{number(whole_euros(cent))}</text>'


def _bar(bar: Bar, left: float, y: float, top: int) -> Iterator[str]:
    """The track of the budget, what fills it, and apart from that what goes beyond it; nothing that is there is invisible."""

    def box(kind: str, start: int, end: int, thick: float) -> str:
        x, wide = BARS * start / top, BARS * (end - start) / top
        return (
            f'<rect class="{kind}" x="{left + min(x, BARS - 2):.1f}" y="{y + (THICK - thick) / 2:.1f}" '
            f'width="{max(wide, 2):.1f}" height="{thick:g}"/>'
        )

    done = max(bar.done, 0)
    together = done + max(bar.due, 0)
    if bar.whole > 0:
        yield box("begroot", 0, bar.whole, THICK)
    if done:
        yield box("besteed", 0, done, THICK - 8)
    if together > done:
        yield box("verplicht", done, together, THICK - 8)
    if bar.marked and together > max(bar.whole, 0):
        yield box("boven", max(bar.whole, 0), together, 4)


def _legend(parts: Sequence[tuple[str, str]]) -> Iterator[str]:
    x = MARGIN
    for kind, value in parts:
        thick = 4 if kind == "boven" else 10
        yield f'<rect class="{kind}" x="{x:.1f}" y="{88 - thick / 2:g}" width="22" height="{thick:g}"/>'
        yield _text(value, "zacht", x + 29, 92)
        x += 29 + width(value, SIZE) + 18


def _text(value: str, kind: str, x: float, y: float) -> str:
    """A line of text; one whose width no table knows is told it."""
    forced = "" if certain(value) else f' textLength="{width(value, SIZE):.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{forced}>{escape(value)}</text>'
