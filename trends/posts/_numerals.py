"""Number words of Ukrainian, Russian and English, in every case."""

from __future__ import annotations

_UNITS = {
    1: "один одна одне одного однієї одної одному одній одним однією одною одну"
    " одно одной одном one",
    2: "два дві двох двом двома две двух двум двумя two",
    3: "три трьох трьом трьома трех трёх трем трём тремя three",
    4: "чотири чотирьох чотирьом чотирма четыре четырех четырёх четырем четырём четырьмя four",
    5: "п'ять п'яти пятью п'ятьма п'ятьома п'ятьох п'ятьом five",
    6: "шість шести шістьма шістьома шістьох шістьом шестьма шесть шестью six",
    7: "сім семи сімома сьома сімох сімом семь семью seven",
    8: "вісім восьми вісьмома вісьма вісьмох вісьмом восемь восемью восьмью eight",
    9: "дев'ять дев'яти дев'ятьма дев'ятьома дев'ятьох дев'ятьом девятью nine",
    10: "десять десяти десятьма десятьома десятьох десятьом десятью ten",
    40: "сорок сорока forty",
    90: "дев'яносто дев'яноста девяносто девяноста ninety",
    100: "сто ста",
    200: "двісті двохсот двомстам двомастами двохстах двести двухсот двумстам двумястами",
    300: "триста трьохсот трьомстам трьомастами трьохстах трехсот трёхсот тремстам тремястами",
    400: "чотириста чотирьохсот чотирьомстам чотирмастами чотирьохстах четыреста четырехсот"
    " четырёхсот четырьмястами",
    500: "п'ятсот п'ятисот п'ятистам п'ятьмастами п'ятьомастами пятьсот пятьюстами",
    600: "шістсот шестисот шестистам шістьмастами шістьомастами шестьсот шестьюстами",
    700: "сімсот семисот семистам сьомастами сімомастами семьсот семьюстами",
    800: "вісімсот восьмисот восьмистам вісьмастами вісьмомастами восемьсот восемьюстами",
    900: "дев'ятсот дев'ятисот дев'ятистам дев'ятьмастами дев'ятьомастами девятьсот девятьюстами",
}
# Stems with regular endings: one list of endings for each language.
_TEENS = {
    11: "одинадцят одиннадцат",
    12: "дванадцят двенадцат",
    13: "тринадцят тринадцат",
    14: "чотирнадцят четырнадцат",
    15: "п'ятнадцят пятнадцат",
    16: "шістнадцят шестнадцат",
    17: "сімнадцят семнадцат",
    18: "вісімнадцят восемнадцат",
    19: "дев'ятнадцят девятнадцат",
    20: "двадцят двадцат",
    30: "тридцят тридцат",
}
_TENS = {
    50: ("п'ятдесят", "пятьдесят пятидесяти пятьюдесятью fifty"),
    60: ("шістдесят", "шестьдесят шестидесяти шестьюдесятью sixty"),
    70: ("сімдесят", "семьдесят семидесяти семьюдесятью seventy"),
    80: ("вісімдесят", "восемьдесят восьмидесяти восемьюдесятью eighty"),
}
_ENGLISH = (
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen", "twenty"),
)
_ENDINGS = ("ь", "и", "ьма", "ьома", "ьох", "ьом", "ью")


def _table() -> dict[str, int]:
    words = {word: value for value, forms in _UNITS.items() for word in forms.split()}
    for value, stems in _TEENS.items():
        words |= {stem + ending: value for stem in stems.split() for ending in _ENDINGS}
    for value, (stem, forms) in _TENS.items():
        words |= {stem + ending: value for ending in ("", *_ENDINGS[1:-1])}
        words |= dict.fromkeys(forms.split(), value)
    words |= {word: 11 + place for place, word in enumerate(_ENGLISH)} | {"thirty": 30}
    # The apostrophe is often left out.
    return words | {word.replace("'", ""): value for word, value in words.items()}


NUMBER_WORDS = _table()
# What counts in tens or hundreds is a round number: "three tens", "a hundred".
MULTIPLES = (
    dict.fromkeys(("десяток", "десятка", "десятки", "десятків", "десятками", "десятках"), 10)
    | dict.fromkeys(("десятков", "десятками", "dozen", "dozens"), 10)
    | dict.fromkeys(("сотня", "сотні", "сотню", "сотнею", "сотень", "сотнями", "сотни"), 100)
    | dict.fromkeys(("сотен", "сотней", "hundred", "hundreds"), 100)
    | dict.fromkeys(("тисяча", "тисячі", "тисяч", "тисячу", "тисячею", "тысяч", "thousand"), 1000)
)
MULTIPLES |= {"dozen": 12, "dozens": 12}


def number_word(word: str) -> int | None:
    """Tell the number that one word names; hyphens join, as in "twenty-four".

    Examples
    --------
    >>> number_word("двадцятьма"), number_word("п'ятьма"), number_word("twenty-four")
    (20, 5, 24)
    >>> number_word("дрон") is None
    True
    """
    found = NUMBER_WORDS.get(word)
    if found is None and "-" in word:
        parts = [NUMBER_WORDS.get(part) for part in word.split("-")]
        if len(parts) == 2 and parts[0] and parts[1] and parts[0] >= 20 > 9 >= parts[1]:
            return parts[0] + parts[1]
    return found
