"""How a page of HTML looks: on a screen of any width, light or dark, and on paper."""

from collections.abc import Iterable

from coachlog.text import build_slug

NARROW_STYLE = """\
@media screen { .scroll { overflow-x: auto; } }
@media screen and (max-width: 40rem) {
  table, tbody, tr, td { display: block; width: auto; }
  table { overflow-wrap: anywhere; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid #8a938d; margin: 0 0 .75rem; padding: .25rem 0; }
  td, td.right { border: 0; padding: .15rem .5rem; text-align: left; }
  td[data-label]::before { content: attr(data-label) ": "; font-weight: bold; } }
"""
"""On a phone a row of a table is a box, its cells one below the other, each with its column.

Where a word is too long for a table that is one, the table can be pushed sideways.
"""

PAGE_STYLE = (
    """\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1d2523; --soft: #56615c;
  --line: #d3d8d3; --firm: #8a938d; --accent: #0b5f59; --good: #1a6840; --soon: #835300;
  --bad: #a12a3c; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 56rem; overflow-wrap: anywhere;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; break-after: avoid; }
h1 { font-size: 1.75rem; letter-spacing: -.01em; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .35rem; }
h1 + p { color: var(--soft); margin-top: 0; }
p, ul, table { margin: .65rem 0; }
time { white-space: nowrap; }
ul { padding-left: 1.2rem; }
li { margin: .3rem 0; }
li:last-child { margin-bottom: 0; }
li::marker { color: var(--firm); }
.tasks { list-style: none; padding-left: 0; }
.tasks > li { padding-left: 1.75rem; text-indent: -1.75rem; }
.box { display: inline-block; width: 1.75rem; text-indent: 0; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal;
  font-size: .9375rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid var(--line); padding: .35rem .55rem;
  text-align: left; vertical-align: top; }
th { font-size: .875rem; color: var(--soft); border-bottom: 2px solid var(--firm); }
th.right, td.right { text-align: right; }
td:empty { height: 2.2rem; }
tr, li, figure { break-inside: avoid; }
em { color: var(--soft); font-style: normal; }
.good { color: var(--good); } .soon { color: var(--soon); } .bad { color: var(--bad); }
.quiet { color: var(--soft); }
.good::before { content: "✓ " / ""; } .soon::before { content: "✓ " / ""; }
.bad::before { content: "✗ " / ""; }
.blank { border-bottom: 1px solid; }
.write { border-bottom: 1px solid var(--firm); height: 2.2rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
  gap: 1rem 2rem; margin: 1rem 0; }
figure { margin: 0; }
figcaption { font-weight: 600; }
summary { color: var(--soft); font-size: .875rem; cursor: pointer; }
svg { display: block; width: 100%; max-width: 24rem; height: auto; overflow: visible; }
svg text { fill: var(--soft); font-size: 11px; paint-order: stroke; stroke: var(--paper);
  stroke-width: 3px; stroke-linejoin: round; }
svg .value { fill: var(--ink); font-size: 13px; font-weight: 600; }
svg .value.first { text-anchor: middle; }
svg .end, svg .day.last { text-anchor: end; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .target { stroke: var(--firm); stroke-width: 1; stroke-dasharray: 4 3; }
svg .line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
svg .dots { fill: var(--accent); }
.timeline { padding-left: 5px; }
.timeline > h2 { margin-left: -5px; }
.timeline > .part { border-left: 2px solid var(--line); padding: .1rem 0 1.15rem 1.25rem;
  position: relative; }
.timeline > .part::before { content: ""; position: absolute; left: -6px; top: .6rem; width: 6px;
  height: 6px; border: 2px solid var(--accent); border-radius: 50%; background: var(--paper); }
.timeline > .part > :first-child { margin-top: 0; }
.timeline > .part > :last-child, .part > .part > :last-child { margin-bottom: 0; }
.timeline > .part > h3 + p { font-size: .875rem; margin-top: 0; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191a; --ink: #e5e9e6; --soft: #a6b0ab;
  --line: #343d3b; --firm: #74807b; --accent: #6cc7bd; --good: #83d0a0; --soon: #e3b65f;
  --bad: #f2a0a6; } }
@page { size: A4; margin: 18mm 16mm; }
@media print { :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --soft: #3d4542;
  --line: #b5bab6; --firm: #777777; --accent: #0b5f59; --good: #14532f; --soon: #6b4400;
  --bad: #8a1f30; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  p:has(+ ul) { break-after: avoid; }
  ul:has(.blank) { break-inside: avoid; }
  .timeline > .part > h3, h3 + p { break-after: avoid; } }
"""
    + NARROW_STYLE
)

_FILTER_STYLE = """\
.filters { display: none; border: 0; border-top: 1px solid var(--line);
  border-bottom: 1px solid var(--line); margin: 1.25rem 0; padding: .4rem 0; }
.filters legend { float: left; font-weight: 600; padding: .25rem 1rem .25rem 0; }
.filters label { display: inline-block; padding: .25rem 1rem .25rem 0; cursor: pointer; }
.filters input { accent-color: var(--accent); width: 1rem; height: 1rem; margin: 0 .4rem 0 0;
  vertical-align: -.125rem; }
@supports selector(:has(a)) { .filters { display: block; } }
@media print { .filters:has(#show-everything:checked), .filters label:not(:has(:checked)),
  .filters input { display: none; } }
"""
"""A browser that does not know `:has` shows no filters: they would do nothing there."""


def build_filter_style(kinds: Iterable[str]) -> str:
    """Return the style of the choice among kinds of sections; '' without any kind."""
    slugs = [build_slug(kind) for kind in kinds]
    if not slugs:
        return ""
    rules = ""
    for slug in slugs:
        rules += f"body:has(#show-{slug}:checked) .part:not(.of-{slug}) {{ display: none; }}\n"
    return _FILTER_STYLE + rules
