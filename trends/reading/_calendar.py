"""How months, years, seasons and spans are named."""

from __future__ import annotations

import re

from trends.reading._numbers import CARDINAL

NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|"
    r"december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?![a-z])"
)
_YEAR = r"(?:19|20)\d\d(?![\d,.]*\d)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WAR = (
    r"(?:full-scale |russian? |russia's |the |of |ukraine |whole |entire |three-year |four-year )*"
)
_N = CARDINAL
_UPTO = r" ?(?:-|and|to|through|until) ?"
_SPAN_WORD = r"(?P<unit>months?|years?)"
# in order: the first that matches is taken
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "nightpair",
        rf"(?:the )?(?:night of |night between |night from )?{_MONTH} (?P<a>[0-3]?\d) ?"
        rf"(?:-|/|to|and|into) ?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<year>{_YEAR}))?\b",
    ),
    (
        "nightpair",
        rf"(?:the )?(?:night of |night between |night from )?(?P<a>[0-3]?\d) ?"
        rf"(?:-|/|to|and|into) ?(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH}"
        rf"(?: (?P<year>{_YEAR}))?",
    ),
    (
        "days",
        rf"(?:(?:between|from) )?(?:the )?(?P<a>[0-3]?\d)(?:st|nd|rd|th)?{_UPTO}"
        rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: (?P<year>{_YEAR}))?",
    ),
    (
        "days",
        rf"(?:(?:between|from) )?{_MONTH} (?P<a>[0-3]?\d)(?:st|nd|rd|th)?{_UPTO}"
        rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|,\d| ?%| per ?cent)(?:,? (?P<year>{_YEAR}))?",
    ),
    (
        "firstdays",
        rf"(?:the )?first (?P<count>{_N}) (?:days|nights)(?: of| in)? {_MONTH}"
        rf"(?: (?P<year>{_YEAR}))?",
    ),
    (
        "firstdays",
        rf"(?:the )?first (?P<count>{_N}) {_MONTH}(?: (?P<year>{_YEAR}))? "
        rf"(?:days|nights)",
    ),
    (
        "between",
        rf"(?:between|from) {_MONTH}(?: (?P<year>{_YEAR}))? (?:and|to|until"
        rf"|through) (?P<month2>[a-z]+\.?)(?: (?P<year2>{_YEAR}))?",
    ),
    (
        "between",
        rf"{_MONTH}(?: (?P<year>{_YEAR}))?(?: ?- ?| through | until )(?P<month2>[a-z]{{3,9}})"
        rf"(?: (?P<year2>{_YEAR}))?",
    ),
    (
        "half",
        rf"(?:the )?(?P<nth>first|second|last) (?:half|six months) (?:of )?(?P<year>{_YEAR}"
        rf"|the year|this year|last year)?",
    ),
    (
        "quarter",
        rf"(?:the )?(?P<nth>first|second|third|fourth|last|final) quarter"
        rf"(?: (?:of )?(?P<year>{_YEAR}|the year|this year|last year))?",
    ),
    (
        "firstn",
        rf"(?:the )?(?:first )?(?P<count>{_N}) months (?:of )(?P<year>{_YEAR}"
        rf"|the year|this year|last year)",
    ),
    (
        "sameperiod",
        rf"(?:in |during )?(?:the )?same (?:period|months?|span|stretch|time) "
        rf"(?:of|in) (?P<year>{_YEAR})",
    ),
    (
        "same",
        r"(?:in |during )?(?:the )?same (?:month|period|time) (?:of )?(?:the )?(?P<which>last"
        r"|previous|prior|preceding|a) (?:year)(?: (?:earlier|before|ago))?",
    ),
    (
        "same",
        r"(?:the )?(?P<which>previous|same) (?:month|time) one year (?:earlier"
        r"|before|ago)",
    ),
    (
        "ago",
        rf"(?:in )?(?:the )?(?:same month )?(?P<count>{_N}|an?) {_SPAN_WORD} "
        rf"(?:earlier|before|ago|previously|prior)\b",
    ),
    (
        "ago",
        r"(?:year[- ]on[- ]year|year[- ]over[- ]year|on the year\b|"
        r"yoy\b|y/y|over the year|from last year's level)",
    ),
    (
        "monthbefore",
        r"(?:month[- ]on[- ]month|month[- ]over[- ]month|mom\b|m/m|(?<!any )(?<!every )(?<!each )"
        r"(?:(?:in|on|of) )?(?:the )?(?:previous|preceding|prior) month"
        r"(?:'s)?\b|(?:the )?month (?:before|earlier|prior)\b|a month (?:before"
        r"|earlier|ago))",
    ),
    (
        "daydate",
        rf"(?:the )?(?:night of )?{_MONTH} {_DAY}(?!\d|,\d{{3}})(?:,? (?P<year>{_YEAR}))?(?! ?%"
        rf"| per ?cent| drones| missiles| km| sq)",
    ),
    (
        "daydate",
        rf"(?:the )?(?:night of |night to )?{_DAY}(?: of)? {_MONTH}(?: (?P<year>{_YEAR}))?",
    ),
    (
        "month",
        rf"(?:the month of )?{_MONTH}(?:'s)?(?:,? (?:of )?(?P<year>{_YEAR}"
        rf"|last year|this year|the previous year|the year before|the same year))?"
        rf"(?:'s)?",
    ),
    ("month", rf"(?P<lastword>last|this) {_MONTH}(?:'s)?"),
    ("lastmonth", r"last month(?:'s)?\b"),
    ("thismonth", r"(?:this|the current) month(?:'s)?\b|so far this month"),
    (
        "previous",
        rf"(?:the )?(?:previous|preceding|prior) (?P<count>{_N}) (?P<plural>years)\b",
    ),
    ("vague", r"a (?:year|season|decade|half-year) (?:of|with)\b"),
    ("vague", r"(?:the|an) (?:earlier|other|recent) month\b|recent months|an earlier period"),
    (
        "season",
        rf"(?:the )?(?:last |this |previous |past )?(?P<part>early |late "
        rf"|mid-|the start of |the end of )?{_SEASON}(?: of)?(?:,? (?P<year>{_YEAR})"
        rf"(?:[-/](?P<year2>\d{{2,4}}))?)?(?![a-z])",
    ),
    ("monthyear", r"(?P<iso>20\d\d-(?:0[1-9]|1[0-2]))(?!\d|-\d)"),
    (
        "yearpart",
        rf"(?P<part>early|late|mid|the middle of|the end of|the beginning of"
        rf"|the start of|the turn of)[ -](?:in )?(?P<year>{_YEAR}|the year"
        rf"|this year|last year)",
    ),
    (
        "opening",
        r"(?:the )?(?:opening|first|early|initial) (?:few )?(?P<unit>months"
        r"|weeks|days|phase|stage|stages) of (?:the |russia's )?(?:full-scale )?"
        r"(?:war|invasion|conflict|fighting)",
    ),
    (
        "opening",
        r"(?:the )?(?:early|opening|initial) (?:war |invasion )?(?P<unit>months"
        r"|weeks)\b",
    ),
    ("opening", r"(?:the )?first (?:war|invasion) (?P<unit>months|weeks)"),
    (
        "opening",
        r"(?:the )?(?P<unit>months) (?:right |immediately )?after the invasion"
        r"|spring 2022's opening (?:months)",
    ),
    (
        "began",
        r"(?:(?:(?:routine|such|monthly|daily|systematic|official|reliable) )?"
        r"(?:records?|data|counting|monitoring|record-keeping|publication"
        r"|data collection|figures|measurements?|reporting|tallies|statistics) "
        r"(?:began|begin|started|start|are available|were first published"
        r"|exist)|(?:the )?(?:start|beginning) of (?:records|counting|the data"
        r"|record-keeping|monitoring))(?: (?:being|to be|regularly|routinely|systematically"
        rf"|publicly|published|collected|released|daily))*(?: in)?(?P<since> (?:early |{_MONTH} )?"
        r"(?:19|20)\d\d)?",
    ),
    (
        "began",
        r"(?:\w+ ){0,3}(?:began|started) (?:publishing|collecting|recording"
        r"|counting|tracking|releasing|reporting|compiling|monitoring)(?: \w+){0,3}?"
        rf"(?: in)(?P<since> (?:early |{_MONTH} )?(?:19|20)\d\d)",
    ),
    (
        "invasion",
        rf"{_WAR}(?:invasion|war|conflict)(?: (?:of ukraine|in ukraine))?"
        rf"(?: (?:began|started|begins|broke out|was launched))?(?: in (?:february )?2022\b)?"
        rf"(?:'s (?:start|beginning|outbreak))?",
    ),
    (
        "invasion",
        r"(?:russia|moscow|putin|the kremlin) (?:invaded|launched (?:its"
        r"|the) (?:full-scale )?invasion)(?: (?:of )?ukraine)?",
    ),
    (
        "invasion",
        r"(?:the )?(?:start|beginning|outbreak|outset|onset) of (?:the "
        r"|russia's |its |moscow's )?(?:full-scale )?(?:war|invasion|conflict"
        r"|hostilities)(?: (?:of|in) ukraine)?",
    ),
    (
        "lastn",
        rf"(?:over |in |during |for |across )?(?:the )?(?:last|past"
        rf") (?P<count>{_N}) {_SPAN_WORD}",
    ),
    (
        "previous",
        rf"(?:the )?(?P<count>{_N}) (?:previous|preceding|prior) (?P<plural>januaries"
        rf"|februaries|marches|aprils|mays|junes|julys|julies|augusts|septembers"
        rf"|octobers|novembers|decembers|years)(?:' total)?",
    ),
    (
        "previous",
        rf"(?:the )?(?:previous|preceding|prior|last) (?P<count>{_N}) (?P<plural>januaries"
        rf"|februaries|marches|aprils|mays|junes|julys|julies|augusts|septembers"
        rf"|octobers|novembers|decembers)",
    ),
    (
        "previoustwelve",
        rf"(?:the )?(?:previous|preceding|prior) (?!one\b|1\b)(?P<count>{_N})(?: months)?\b(?!-)",
    ),
    (
        "toward",
        rf"(?:the )?(?P<count>{_N})(?: |-)?{_SPAN_WORD} (?:to|up to|ending in"
        rf"|through|until|ending) (?:end-|the end of )?{_MONTH}(?: (?P<year>{_YEAR}))?",
    ),
    ("toward", rf"the year (?:to|ending in|through) {_MONTH}(?: (?P<year>{_YEAR}))?"),
    (
        "ytd",
        r"(?:the )?year[ -]to[ -]date|so far (?:in )?(?:this year|the year)"
        r"|this year so far|year so far",
    ),
    ("ytd", rf"so far (?:in )?(?P<year>{_YEAR})|(?:in |of )?(?P<year_>{_YEAR}) so far"),
    ("lastn", r"(?:in|for) (?:a|one) year\b"),
    (
        "thisyear",
        r"(?:of |in |during )?(?:this year|the current year|the calendar year"
        r"|(?:of|in) the year(?! (?:to|ending|through|before)\b)(?: so far)?|over the year"
        r"|(?:the )?whole year|(?:the )?year's|this calendar year)(?:'s)?",
    ),
    (
        "lastyear",
        r"(?:(?:all|the whole|the entirety) of |the whole |the entire |the )?"
        r"(?:last year|previous year|the year before|year before|preceding year)"
        r"(?:'s)?",
    ),
    (
        "year",
        rf"(?:over |during |throughout |across )?"
        rf"(?:(?:all|the whole|whole|the entirety) of |the (?:whole|entire"
        rf"|full) (?:of |year )?|full-year |calendar year |the (?:whole )?year "
        rf"|the course of |calendar )?(?P<year>{_YEAR})(?:'s)?(?! (?:drones"
        rf"|missiles|km2|sq|square))(?![ -](?:counter|offensive|surge))",
    ),
    (
        "event",
        rf"(?:the )?(?P<year>{_YEAR}) (?P<event>[a-z-]+(?:offensive|surge"
        rf"|campaign|retreat))",
    ),
    (
        "event",
        rf"(?:the )?(?P<event>counteroffensive|counter-offensive) (?:of|in) (?P<year>{_YEAR})",
    ),
)
RULES = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
