# ruff: noqa: RUF001
"""What each word is to a report: a weapon, a verb, a bound, a month, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from trends.posts._numerals import MULTIPLES, number_word
from trends.posts._weapons import model_named

Meaning = tuple[str, str | int | None]  # a kind, and what goes with it
UNKNOWN: Meaning = ("", None)

_MONTHS = {
    1: "січня січень января январь january jan",
    2: "лютого лютий февраля февраль february feb",
    3: "березня березень марта март march mar",
    4: "квітня квітень апреля апрель april apr",
    5: "травня травень мая май may",
    6: "червня червень июня июнь june jun",
    7: "липня липень июля июль july jul",
    8: "серпня серпень августа август august aug",
    9: "вересня вересень сентября сентябрь september sept sep",
    10: "жовтня жовтень октября октябрь october oct",
    11: "листопада листопад ноября ноябрь november nov",
    12: "грудня грудень декабря декабрь december dec",
}
MONTHS = {word: month for month, words in _MONTHS.items() for word in words.split()}

_EXACT: dict[str, tuple[str, str | int | None]] = {
    word: (kind, value)
    for kind, value, words in (
        ("of", None, "із з зі из с of from among"),
        ("filler", None, "out"),
        ("them", None, "них яких которых them which these those"),
        ("and", None, "та і й и and"),
        ("in", None, "на у в во in at on"),
        ("to", None, "до"),
        ("up", None, "up"),
        ("not", None, "не not no"),
        ("filler", None, "ніж чем than the a an все so-called as"),
        ("total", None, "total усього всього всего загалом sum"),
        ("foe", None, "противник ворог враг"),
        ("bound", "at least", "понад свыше over щонайменше принаймні мінімум least минимум"),
        ("bound", "more", "більше більш более больше more"),
        ("bound", "less", "менше менш менее меньше less fewer"),
        ("bound", "about", "близько приблизно орієнтовно майже біля порядку около примерно почти"),
        ("bound", "about", "about around roughly nearly almost approximately some приблизительно"),
        ("several", None, "кілька декілька кількома декількома кількох декількох багато чимало"),
        ("several", None, "несколько несколькими нескольких several some many decades"),
        ("all", None, "усі всі усіх всіх все all every"),
        ("both", 2, "обидва обидві обома обоє оба обе both обидвох"),
        ("missile", None, "кр кар зкр зур пкр"),
        ("/", None, "або или or"),
        ("rest", None, "решта решту решти остальные остальных оставшиеся оставшихся remaining"),
        ("aloft", None, "повітрі воздухе"),
        ("down", None, "shot shoot down downed downs downing"),
        ("filler", None, "attack strike combat type enemy hostile one-way unmanned aerial"),
        ("filler", None, "air russian iranian kamikaze long-range decoys-type anti-aircraft"),
        ("fix", None, "зафіксовано зафіксували фіксовано зафиксировано зафиксированы recorded"),
        ("loc", None, "місцях місці местах месте sites site places"),
        ("timeword", None, "год години годин годину година часов часа ранку вечора утра ночі"),
        ("timeword", None, "року рік году год-у рр pm am year років лет"),
        ("hit", None, "hit hits struck"),
        ("drone", None, "vehicles uav uavs uas"),
        ("stop", None, "нагадаємо нагадаю нагадуємо нагадуєм раніше бекграунд контекст напомним"),
        ("stop", None, "ранее earlier previously background context recall доповнюється"),
        ("stop", None, "читайте дивіться смотрите регулярно regularly"),
        (
            "reminder",
            None,
            "повідомлялося повідомляли повідомляв повідомляла писала писали сообщалось",
        ),
        ("long", None, "тиждень тижня тижні тижнем місяць місяця неделю недели месяц месяца week"),
        ("long", None, "month weekly monthly"),
        ("long", None, "січні лютому березні квітні травні червні липні серпні вересні жовтні"),
        ("long", None, "листопаді грудні январе феврале марте апреле мае июне июле августе"),
        ("long", None, "сентябре октябре ноябре декабре"),
    )
    for word in words.split()
} | {word: ("month", month) for word, month in MONTHS.items()}

# A kind, and how its words begin. The first that fits is taken.
_STEMS: tuple[tuple[str, str], ...] = (
    ("", r"атак[аиіу]$|ракетн|ракетоно|ракетчик|збитих|знищених|подавлених|сбитых|авіаці[яюїєі]"),
    ("", r"уничтоженных|випущених|запущених|выпущенных|запущенных|збитими|знищеними"),
    ("decoy", r".*(?:імітатор|имитатор)|decoy|imitator"),
    ("other", r"гербер|гербар|gerber|італмас|италмас|italmas|парод|parod|невстановл|неизвестн"),
    ("other", r"інш(?:і|их|ими|ого|им)$|други[хеми]+$|other$|various|різн|разн|different"),
    ("shahed", r"шахед|шахід|шахид|shahed|shaheds|герань|герані|гераней|geran"),
    ("recon", r"розвід|разведыват|орлан|orlan|supercam|суперкам|zala|зала$|мерлін|merlin"),
    ("recon", r"оперативно-такт|елерон|элерон|reconn|форпост|forpost|картограф|оріон|отр$"),
    ("banderol", r"бандерол|banderol|дань|dan-t|баражую|барражир|боєприпас|боеприпас|loiter"),
    ("banderol", r"[sсc]-?8000|munition"),
    ("small", r"ланцет|lancet|молні|молни|molni|привіт-82|привет-82|фенікс|куб$"),
    ("bomb", r"каб(?:и|ів|ами|ам)?$|авіабомб|авиабомб|бомб|bomb|gbu"),
    ("drone", r"бпла|бпл|дрон|безпілот|беспилот|drone|камікадзе-|unmanned"),
    ("missile", r"(?:авіа|авиа)?ракет|missile|rocket"),
    ("adj", r"балістичн|баллистич|ballistic|аеробаліст|аэробаллист|крилат|крылат|cruise|керован"),
    ("adj", r"управляем|guided|протикорабел|противокораб|anti-ship|протирадіо|противорадио"),
    ("adj", r"anti-radar|anti-radiation|зенітн|зенитн|авіаційн|авиационн|гіперзвук|гиперзвук"),
    ("adj", r"hypersonic|aeroball|air-launched|sea-launched|surface-to-air"),
    (
        "target",
        r"ціл(?:ь|і|ей|ям|ями|ях)$|цел(?:ь|и|ей|ям)$|target|зас(?:іб|об(?:и|ів|ами|ом|у)?)$|asset",
    ),
    ("target", r"средств"),
    ("lost", r"локаційн|локацион|локальн|втрачен|втрату$|потерян|lost$|disappear"),
    ("loc", r"локац|location"),
    ("down", r"зби(?:то|в|ли|ла|ті|тий|та|ття|ти)(?:$|[-/])|сбит(?:о|ы|ие|ия|ь)?$|сбил"),
    ("down", r"знищ(?:ен|ит|ил|ив|ув)|уничтож|подавл|подави|придуш|знешкод|обезвре|перехоп"),
    (
        "down",
        r"перехва|ліквід|ликвид|приземл|destr[ou]|eliminat|intercept|neutrali[sz]|suppress|jammed",
    ),
    ("reach", r"досягл|досягн|достиг|достич|reach"),
    ("hit", r"влуч|попадан|попал|попав|impact"),
    ("debris", r"падін|впал|уламк|обломк|падени|debris|wreck|fragment|fell$|fallen|crash"),
    ("launch", r"атак(?:ув|ую|ує|ова)|attacked|attacking|застосув|застосован|примен|использов"),
    ("launch", r"випус|випущен|выпус|выпущен|запус|запущ|пуск(?!ов)|launch|fired|firing|used$"),
    ("launch", r"завда(?:в|л|но|є)|задав$|удари|вдари|нанес|нанёс|виявлен|супров|обнаруж|detect"),
    (
        "launch",
        r"deploy|track(?:ed|ing)|обстріля(?:в|ли|ла|но)|обстрілюва|обстреля[лн]|би(?:в|ла|ли)$",
    ),
    ("left", r"returned|remain|exited|flew|crossed|headed|left$|залет"),
    (
        "left",
        r"залиш|покину|поверну|вернул|вийш|вышл|вилет|полет|вылет|перетну|пересек|прям(?:ува|ов)",
    ),
    ("ignore", r"простор[іе]$|пространстве|спостеріг|перебува|знаход"),
    ("ignore", r"уточню|уточня|постражд|пострад|загин|погиб|поранен|ранен|пошкодж|поврежд"),
    (
        "ignore",
        r"зруйн|разруш|відби|отби|отраж|repel|involved|залуч|привлек|інформаці(?:я|ї)|информаци(?:я|и)$",
    ),
    ("ignore", r"damag|killed|injur|wounded|inform|ремонт|тривог"),
    ("jet", r"реактив|jet|jet-powered"),
    (
        "filler",
        r"ударн|ворож|вороже|росій|росс|враж|іран|иран|iranian|тип|камікадзе|камикадзе|літальн",
    ),
    ("filler", r"летательн|апарат|аппарат|повітрян|воздушн|морськ|морск|наземн|базува|базир"),
    ("filler", r"нов(?:их|і|ими)$|імітаційн|имитационн|shahed-type|саме$|так$|званих"),
    ("benign", r"област|район|регіон|регион|region|oblast|населен|громад|громад|міст|город|сел"),
    ("benign", r"хвил|волн|wave|напрямк|направлен|direction|літак|самолет|plane|aircraft|bomber"),
    ("benign", r"борт|носі|осіб|люд|human|people|person|будинк|дом[аио]|house|діб|днів|day|раз"),
    ("benign", r"об'єкт|об'эк|хвилин|минут|minute|км$|km$|метр|відсот|процент|percent|сторон"),
    ("benign", r"дит|дет|child|женщ|жін|чолов|мужч|квартир|рок|бригад|полк|корабл|ship|номер"),
)
_STEM = re.compile("|".join(f"(?P<k{i}>{stems})" for i, (_, stems) in enumerate(_STEMS)))
_ALIKE = str.maketrans("aceikmopxthby", "асеікморхтнву")


@lru_cache(maxsize=65_536)
def meaning(word: str) -> Meaning:
    """Tell what a word in small letters is; the kind is empty if a report does not need it.

    Examples
    --------
    >>> meaning("ракетами"), meaning("х-101"), meaning("двома")
    (('missile', None), ('model', 'Х-101'), ('number', 2))
    """
    if found := _EXACT.get(word):
        return found
    if (number := number_word(word)) is not None:
        return "number", number
    if multiple := MULTIPLES.get(word):
        return "multiple", multiple
    if model := model_named(word):
        return "model", model
    if (stem := _STEM.match(word)) and stem.lastgroup:
        return _STEMS[int(stem.lastgroup[1:])][0], None
    mixed = word.translate(_ALIKE)
    return meaning(mixed) if mixed != word and not word.isascii() else UNKNOWN


SINGULAR = re.compile(
    r"ракет[ауо]ю?$|ракетой$|missile$|rocket$"
    r"|(?:дрон|дроном|безпілотник|безпілотником|беспилотник|беспилотником|шахед|шахедом|drone)$"
)
