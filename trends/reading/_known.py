"""Words that leave a claim as it is; a claim beside any other word is not read."""

from __future__ import annotations

import re

from trends.reading._items import Item
from trends.reading._words import pick

# function words: who, where to, and the verbs that help others
_SMALL = (
    "the|a|an|this|that|these|it|its|it's|they|their|he|she|his|her|we|our|us|i|who|whose|which|"
    "what|there|here|of|in|on|at|to|into|onto|for|from|by|with|within|upon|as|per|via|"
    "throughout|during|over|against|across|between|and|but|or|so|than|is|are|was|were|be|been|being|has|"
    "have|had|having|do|does|did|done|doing|s|any|ever|such|those|one|both|also|too|"
    "again|already|now|still|even|just|yet|however|meanwhile|indeed|once|thus|therefore|"
    "moreover|furthermore|overall|respective|out|off|up|down|all|"
    "how|much|many|own|while|whereas|though|although|because|amid|despite|says|"
    "said|including|alone|whole|entire|full|before|after|when|to-date|date"
)
_ACTORS = (
    "russia|russian|russians|moscow|kremlin|putin|vladimir|invader|invaders|occupier|occupiers|"
    "enemy|aggressor|army|armies|force|forces|military|troops|units|invading|occupying|"
    "ukraine|ukrainian|ukrainians|kyiv|kiev|kyiv's|country|nation|neighbour|neighbor|"
    "federation|state|ministry|government|president|officials|command|commander|defence|defense|"
    "defences|defenses|defenders|air|soldiers"
)
_DEEDS = (
    "launch|launches|launched|launching|fire|fires|fired|firing|send|sends|sent|sending|use|uses|"
    "used|using|deploy|deploys|deployed|deploying|unleash|unleashes|unleashed|unleashing|dispatch|"
    "dispatched|dispatching|hurl|hurled|hurling|lob|lobbed|lobbing|shoot|shot|throw|threw|thrown|"
    "rain|rained|raining|release|released|attack|attacks|attacked|attacking|strike|strikes|struck|"
    "striking|bombard|bombarded|bombarding|pound|pounded|pounding|target|targeted|targeting|"
    "batter|battered|pummel|pummeled|pummelled|assault|assaults|barrages|raids|waves|"
    "flown|fly|flew|directed|directing|aimed|employ|employed|employing|expend|expended|"
    "take|takes|took|taken|taking|capture|captures|captured|capturing|seize|seizes|seized|seizing|"
    "occupied|occupying|conquer|conquers|conquered|gain|gains|gained|gaining|"
    "grab|grabs|grabbed|grabbing|win|wins|won|swallow|swallowed|overrun|overran|advance|advanced|"
    "advancing|push|pushed|move|moved|make|makes|made|making|lose|loses|lost|"
    "bring|brings|brought|bringing|put|puts|go|goes|going|gone|went|come|comes|came|coming|"
    "see|sees|saw|seen|seeing|"
    "set|sets|setting|keep|kept|carry|carried|carrying|conduct|conducted|continue|"
    "continues|continued|continuing|begin|began|begun|face|faced|facing|endure|endured|suffer|"
    "suffered|experience|experienced|witness|witnessed|subject|subjected|changed|fall"
)
_COUNTS = (
    "number|numbers|figure|figures|total|totals|totaled|totalled|totaling|totalling|count|counts|"
    "tally|tallies|sum|amount|amounts|amounted|amounting|volume|volumes|quantity|level|levels|"
    "rate|rates|pace|tempo|speed|scale|intensity|use|usage|haul|area|areas|land|launch|launches|"
    "bombardment|bombardments|campaign|aerial|salvos|salvoes|onslaught|result|results|"
    "series|seizures|conquests|weapons|firing|value|extent|expansion|hands|control|"
    "territory|ground|offensive|operation|operations|square|kilometres|kilometers|"
    "jump|represents|represent|representing|represented|mark|"
    "marks|marked|marking|means|meaning|meant|stand|stands|stood|standing|remain|remains|remained|"
    "reach|reaches|reaching|ranks|rank|ranked|ranking|rounds|re-stated|named|placed|"
    "register|registered|registering|post|posted|posting|recorded|account|arrive|works|"
    "happen|happened|happens|occurred|compared|comparison|relative|numbered|numbering"
)
_MANNERS = (
    "massive|huge|large|big|vast|enormous|staggering|relentless|whopping|heavy|intense|intensive|"
    "sharp|sharply|steep|steeply|significant|significantly|substantial|substantially|considerable|"
    "considerably|dramatic|dramatically|marked|markedly|notable|notably|slight|slightly|modest|"
    "modestly|rapid|rapidly|fast|quick|quickly|gradual|gradually|steady|strong|strongly|"
    "mere|merely|exactly|precisely|fully|completely|altogether|overall|long-range|"
    "attack|combat|explosive|explosive-laden|suicide|one-way|iranian-designed|iranian-made|"
    "unmanned|various|full-scale|invasion|war|wartime|large-scale|mass|massed|combined|joint|"
    "current|new|fresh|high|far|away|well|way|time|times|period|stretch|course|"
    "figure|little|few|leaving|ground|place|first|given|called|touch|agree|control|data|"
    "nights|night's|nightly|monthly|calendar|single|total|roughly|"
    "back|only|simply|easily|comfortably|clearly|once|barrage|raid|salvo|swarm|swarms|swarmed|"
    "absolute|overnight|nighttime|night-time|types|kinds|steadily|consistently|continuously|"
    "unprecedentedly|impressive|remarkable|alarming|alarmingly|punishing|brutal|deadly|"
    "record-breaking|furthest|fully|abruptly|suddenly|temporarily|yearly"
)
_SOURCES = (
    "afp|reuters|isw|bbc|cnn|nyt|deepstate|deepstate's|zelensky|zelenskyy|zelensky's|syrskyi|"
    "ihnat|institute|study|verify|analysis|analyses|calculation|calculations|calculated|data|"
    "analysed|analyzed|collected|provided|supplied|dataset|statistics|report|reports|reported|reporting|reportedly|according|published|"
    "publishes|compiled|recorded|record|show|shows|showed|shown|showing|indicate|indicates|"
    "indicated|suggest|suggests|suggested|estimate|estimates|estimated|claim|claims|claimed|"
    "confirm|confirmed|say|saying|tell|told|add|added|adding|note|noted|notes|noting|wrote|"
    "write|writes|announced|stated|states|counted|reveal|reveals|revealed|mapped|mapping|"
    "monitor|monitors|monitoring|analyst|analysts|expert|experts|observers|group|"
    "statement|interview|briefing|post|update|message|telegram|"
    "project|tracker|maps|map|think|tank|tank's|think-tank|independent|daily|updated|official|"
    "officially|figures|press|agency|news|evening|address|general|staff|spokesman|spokeswoman|"
    "spokesperson|intelligence|assessed|assesses|assessment|finding|found|find|romanian|version|"
    "relays|observed|observes"
)
HARMLESS = frozenset(
    word for row in (_SMALL, _ACTORS, _DEEDS, _COUNTS, _MANNERS, _SOURCES) for word in pick(row)
)
# harmless only in what they are part of: "any earlier month", "not one night passed"
_BESIDE = {
    "MONTHS": frozenset(pick("no|earlier|previous|prior|preceding|other|another|same|past")),
    "REC": frozenset(pick("another|earlier|previous|old|former|prior|yet")),
    "SERIES": frozenset(pick("more")),
    "NIGHT": frozenset(pick("no|without|another|last|previous")),
}
_NIGHTLY = frozenset(
    pick("no|not|without|passed|went|go|by|free|drone-free|missile-free|attack-free|quiet|pause|"
         "break|exception|off|calm|single|spared|last")
)  # fmt: skip
_MEN = frozenset(
    pick("troops|soldiers|units|forces|officials|analysts|experts|russians|ukrainians")
)
_SAYING = frozenset(
    pick("said|says|say|told|wrote|writes|added|adds|reported|reports|report|noted|notes|announced|"
         "stated|states|estimated|estimates|calculated|calculates|counted|showed|shows|show|shown|"
         "found|finds|assessed|assesses|indicate|indicates|suggest|suggests|posted|according|"
         "tallied|concluded|revealed|reveals|confirmed|confirms|recalled|stressed|explained|wrote|"
         "observed|observes")
)  # fmt: skip
_STATING = {"SERIES", "NUMBER", "PERCENT", "TIMES", "SUP", "REC", "RUN", "NIGHT", "DOWNED", "TIME"}


def is_saying(words: str) -> bool:
    """Whether it is a verb of saying."""
    return words in _SAYING


def unknown(items: list[Item], text: str) -> Item | None:
    """The first word that may change what is said, if there is one."""
    start = _after_the_speaker(items)
    nightly = "night" in text or "-free" in text
    for k, item in enumerate(items[start:], start):
        if item.tag != "WORD":
            continue
        if _harmless(item.words) and not (item.words in _MEN and _counted(items, k)):
            continue
        if nightly and item.words in _NIGHTLY:
            continue
        near = items[k + 1 : k + 3]
        if any(item.words in _BESIDE.get(other.tag, ()) for other in near):
            continue
        return item
    return None


def _counted(items: list[Item], k: int) -> bool:
    """Whether it is what is counted: "12,000 troops", "the number of units"."""
    before = items[k - 1] if k else None
    if before is not None and before.tag in ("NUMBER", "MORE"):
        return True
    last = [item.words for item in items[max(k - 3, 0) : k]]
    return "number" in last or "numbers" in last


def _harmless(word: str) -> bool:
    word = word.rstrip(".")
    if word in HARMLESS or len(word) == 1:
        return True
    for end in ("'s", "'"):
        if word.endswith(end) and word.removesuffix(end) in HARMLESS:
            return True
    pieces = re.split("-", word)
    return len(pieces) > 1 and all(piece in HARMLESS for piece in pieces)


def _after_the_speaker(items: list[Item]) -> int:
    """Where what is said begins: after "Yuriy Ihnat, a spokesman, told television that"."""
    for k, item in enumerate(items):
        if item.tag in _STATING:
            return 0
        if item.words in _SAYING or item.tag == "SOURCE":
            told = [other.words for other in items[k + 1 : k + 5]]
            return k + 1 + (told.index("that") if "that" in told else 0)
    return 0
