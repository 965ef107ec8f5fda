"""The words a sentence is read by: numbers, hedges, units and the lexicon of single phrases."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

Hedge: TypeAlias = Literal["", "about", "almost", "more than", "less than"]


def pick(text: str) -> list[str]:
    """The phrases of a row of the lexicon."""
    return text.split("|")


SMALL = {
    word: n
    for n, word in enumerate(
        pick(
            "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
            "fifteen|sixteen|seventeen|eighteen|nineteen"
        )
    )
}
TENS = {
    word: 10 * n
    for n, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
ORDINALS = {
    word: n
    for n, word in enumerate(
        pick(
            "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
            "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
        ),
        start=1,
    )
}
# the share, and the percentage that is printed for it with two digits
FRACTIONS = {
    "half": ("0.5", 50),
    "third": ("0.33", 33),
    "quarter": ("0.25", 25),
    "fifth": ("0.2", 20),
    "sixth": ("0.17", 17),
    "eighth": ("0.125", 12),
    "tenth": ("0.1", 10),
    "two thirds": ("0.67", 67),
    "three quarters": ("0.75", 75),
    "two fifths": ("0.4", 40),
    "three fifths": ("0.6", 60),
    "four fifths": ("0.8", 80),
    "one in two": ("0.5", 50),
    "one in three": ("0.33", 33),
    "two in three": ("0.67", 67),
    "one in four": ("0.25", 25),
    "three in four": ("0.75", 75),
    "one in five": ("0.2", 20),
    "four in five": ("0.8", 80),
    "one in ten": ("0.1", 10),
    "nine in ten": ("0.9", 90),
}
TIMES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twofold": 2, "twice": 2,
    "triple": 3, "tripled": 3, "triples": 3, "tripling": 3, "treble": 3, "trebled": 3,
    "threefold": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4, "fourfold": 4,
    "quintupled": 5, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9,
    "tenfold": 10,
}  # fmt: skip
HEDGES: dict[Hedge, str] = {
    "about": "about|around|roughly|approximately|some|circa|approx\\.?|an estimated|estimated at",
    "almost": "almost|nearly|close to|just under|just short of|just below|just shy of|"
    "not quite|nearing|approaching|barely short of|a little under|slightly less than",
    "more than": "more than|over|at least|upwards of|well over|just over|no fewer than|"
    "no less than|in excess of|a little over|slightly more than|slightly over|a minimum of",
    "less than": "less than|fewer than|under|at most|up to|no more than|well under|as many as|"
    "a little less than",
}
KM2_PER_SQUARE_MILE = Decimal("2.589988110336")
EVENTS = {"invasion": "2022-02", "war": "2022-02"}
OPENING = ("2022-02", "2022-05")  # "the opening months of the war": its first spring

# one row a tag: value -> phrases; a phrase is whole words, the longest wins
LEXICON: dict[str, dict[str, str]] = {
    "SUP": {
        "high": "highest|largest|biggest|greatest|most|heaviest|fastest|quickest|strongest|busiest|"
        "most intense|most extensive|most significant|top|swiftest|most rapid|high|"
        "peak|peaked|deepest",
        "low": "lowest|smallest|fewest|least|slowest|weakest|quietest|lightest|low|"
        "least intense|calmest|tiniest|most modest",
        "?": "worst|best|sharpest|steepest|deadliest|bloodiest|most dramatic",
    },
    "REC": {
        "": "record|records|record high|record-high|record-breaking|all-time high|record-setting|"
        "all time high|unprecedented|new high|monthly high|new monthly high|new peak|"
        "all-time peak|all-time record|record number|record numbers|record total|new record|"
        "monthly record|never before so many",
        "low": "record low|record-low|all-time low|new low|monthly low|new monthly low",
    },
    "BREAK": {
        "": "broke|breaks|breaking|beat|beats|beating|surpassed|surpasses|surpassing|eclipsed|"
        "eclipses|eclipsing|overtook|overtaking|bettered|bettering|outdid|smashed|smashing|"
        "outstripped|outstripping|topped|topping|tops|shattered|shattering|broken|beaten|"
        "outpaced|outpacing|toppled|improving on|beat|break|surpass|eclipse|overtake|top",
    },
    "UP": {
        "": "up|rise|rises|rose|risen|rising|increase|increases|increased|increasing|climb|"
        "climbs|climbed|climbing|grow|grows|grew|grown|growing|growth|jump|jumps|jumped|jumping|"
        "surge|surges|surged|surging|soar|soars|soared|soaring|ramped up|stepped up|went up|"
        "gone up|going up|swelled|ticked up|edged up|shot up|rebounded|rebound|uptick|escalated|"
        "mounting|leap|leapt|leaped|hike|gone higher|expanded|upsurge|rises|upswing|spiked|spike|"
        "intensified|ramp-up",
    },
    "DOWN": {
        "": "down|fall|falls|fell|fallen|falling|drop|drops|dropped|dropping|decline|declines|"
        "declined|declining|decrease|decreases|decreased|decreasing|dip|dips|dipped|dipping|"
        "slump|slumped|plunge|plunges|plunged|shrank|shrunk|shrinking|shrink|slid|slide|slipped|"
        "slips|slip|tumbled|tumble|eased|reduction|reduced|went down|ebbed|waned|came down|"
        "dwindled|sank|edged down|retreated|diminished|contracted|sagged|subsided|abated|"
        "tailed off|lessened|plummeted|slashed",
    },
    "MORE": {
        "up": "more|higher|larger|bigger|greater|heavier|increase on|rise on",
        "down": "fewer|less|lower|smaller|lighter",
    },
    "ACC": {
        "": "accelerate|accelerates|accelerated|accelerating|acceleration|quicken|quickens|"
        "quickened|quickening|sped up|speeds up|speed up|speeding up|picked up speed|"
        "picking up speed|gathered pace|gathering pace|picked up pace|picking up pace|faster|"
        "picked up|gathered speed|gaining speed|gained speed|gaining pace|gained pace|"
        "gathering speed|picks up speed|gathered momentum|gaining momentum|gained momentum|"
        "speedier|picked up the pace|gathering momentum|picked up momentum|speed-up|speedup|"
        "stepped up the pace",
    },
    "SLOW": {
        "": "slow|slows|slowed|slowing|slowdown|slower|decelerate|decelerated|decelerating|"
        "deceleration|lost momentum|losing momentum|lost steam|losing steam|slowed down|"
        "slowing down|lost speed|losing speed|losing pace|lost pace|loses momentum|slackened|"
        "slackening|slow-down",
    },
    "RUN": {
        "": "in a row|running|consecutive|consecutively|straight|successive|in succession|"
        "on the trot|month after month|month by month|back-to-back|on end",
    },
    "SINCE": {
        "": "since|since at least|not since|not seen since|unseen since|"
        "unmatched since|unequalled since"
    },
    "BASE": {
        "": "than|from|against|compared with|compared to|in comparison with|in comparison to|"
        "versus|vs|vs.|relative to|as against|up on|down on|set against|in contrast to|"
        "as compared with|as compared to|more than|less than|fewer than",
    },
    "OVER": {
        "": "exceed|exceeded|exceeds|exceeding|outnumbered|outnumbering|outweighed|overshadowed",
    },
    "SIDE": {"above": "above|over", "below": "below|under"},
    "CROSS": {
        "above": "top|exceed|surpass|pass|cross|topped|tops|topping|exceeded|exceeds|exceeding|"
        "surpassed|surpassing|passed|"
        "passing|crossed|crossing|rose above|climbed above|rose past|above|went above|broke|"
        "broke through|climbed past|breached|breaching|stood above|stayed above|remained above",
        "below": "fell below|dropped below|dipped below|fell under|below|stayed below|"
        "slipped below|"
        "slid below|went below|dropped under|remained below|sank below|falling below|"
        "dropping below|stood below|dipped under",
    },
    "ALL": {
        "": "together|combined|taken together|put together|in total|altogether|in sum|jointly|"
        "added up|added together",
    },
    "NET": {"": "net"},
    "GAIN": {
        "": "gained|gains|gain|taken|took|takes|seized|seizing|captured|conquered|occupied|"
        "capturing|won|taking|seizure|gross|overran|grabbed",
    },
    "LOSS": {
        "": "lost|loss|losses|reclaimed|retaken|retook|recaptured|liberated|given up|ceded|"
        "regained|won back|took back|taken back|clawed back|recovered|recapturing|retaking|losing|"
        "reconquered|retake|relinquished|ceding|surrendered",
    },
    "FIRST": {"": "first|the first time|first time"},
    "ONLY": {"": "only|just"},
    "NEG": {
        "": "not|never|neither|nor|no longer|failed to|fails to|fell short of|short of|hardly|"
        "unchanged|isn't|wasn't|weren't|aren't|didn't|doesn't|don't|hasn't|haven't|hadn't|won't|"
        "wouldn't|couldn't|cannot|can't|deny|denied|denies|far from|rather than|instead of|"
        "contrary to|little changed|no increase|no rise|no decrease|no record|no change|stopped|"
        "wrongly|false|falsely|untrue|incorrectly|stable|steady",
    },
    "FORE": {
        "": "will|would|could|might|shall|should|expected to|likely|forecast|forecasts|projected|"
        "if|unless|may|predicts|predicted|hopes|plans|planned|intends|aims|expects|expected|"
        "whether|possible|possibly|perhaps|maybe|aiming|potentially|estimates that it will|"
        "threatens|capable of|able to|can|goal|target of|ambition|about to|poised to",
    },
    "PACE": {
        "": "on pace|on track|on course|set to|heading for|headed for|pacing toward|"
        "pacing towards|on a pace",
    },
    "MEAN": {
        "": "average|averaged|averaging|averages|mean|on average|average of",
    },
    "DAILY": {
        "": "a day|per day|daily|each day|every day|a night|per night|nightly|each night|/day|"
        "every night|every single night|every single day",
    },
    "NIGHT": {
        "": "overnight|one night|single night|one-night|single-night|night|in one go|"
        "single attack|one attack|single assault|24 hours|nighttime|night-time|"
        "in a day|one day|single day|one-day|single-day|single raid|daily|a night|a night of|"
        "in a night|within a night|during a night",
        "raid": "attack|assault|barrage|bombardment|raid|wave|strike|aerial attack|air attack|"
        "salvo|drone attack",
    },
    "EVERY": {
        "": "every|each|all|every one of|no night without|not a single night|not one night|"
        "each and every|"
        "not a night|without a break",
    },
    "DOWNED": {
        "": "shot down|downed|intercepted|destroyed|neutralised|neutralized|brought down|"
        "interception rate|intercept rate|interception|interceptions|shoot-down rate|kill rate|"
        "repelled|were suppressed|intercepted or suppressed|shot down or suppressed|"
        "shot down or jammed|destroyed or suppressed|downed or suppressed|shootdown rate|"
        "knocked down|knocked out",
    },
    "SHAREOF": {
        "": "of all|accounted for|made up|makes up|share|proportion|of them|of those|"
        "of which|of the|of|constituted|comprised|represented|were missiles",
    },
    "AMONG": {"": "among|one of|ranks among|in the top|top"},
    "EX": {
        "": "outside|excluding|aside|except for|apart from|leaving out|barring|setting aside|"
        "not counting|bar|other than|except|excepting|leaving aside",
    },
    "SECONDTO": {
        "": "second only to|behind|trailing|only surpassed by|surpassed only by|bettered "
        "only by|exceeded only by|beaten only by|topped only by|after only|eclipsed only by|"
        "overtaken only by|outstripped only by|outdone only by|only eclipsed by|only exceeded by|"
        "only beaten by"
    },
    "TO": {"": "to|reaching|reached|hit|hitting|stood at|at|was|were"},
    "MONTHS": {"": "month|months|monthly|month's"},
}
