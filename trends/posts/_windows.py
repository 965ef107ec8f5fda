# ruff: noqa: RUF001
"""When: the night or the hours that a post speaks of, and the year that it leaves out."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from trends.posts._words import MONTHS

_DAY = timedelta(days=1)
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![^\W_])"
_NIGHT = re.compile(
    r"(?<![^\W_])(?:ніч|ночі|уночі|вночі|ночь|ночи|ночью|overnight|night|уранці|вранці|зранку|утром)(?![^\W_])"
)
_SINCE = re.compile(r"(?<![^\W_])(?:з|із|с|from)\s$")
_JOINED = re.compile(r"[\s,]*(?:року|рік|р\.|года|г\.)?[\s,]*")
_DATE = re.compile(
    rf"(?<![\d.:])(?P<day>\d{{1,2}})(?:-?го|st|nd|rd|th)?[,.]?\s(?:of\s)?{_MONTH}"
    r"(?:,?\s(?P<year>20\d\d))?"
    rf"|(?<![^\W_])(?P<first>january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\s(?P<then>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s(?P<their>20\d\d))?"
    r"|(?<![\d.:])(?P<d>\d{1,2})\.(?P<m>0[1-9]|1[0-2])(?:\.(?P<y>20\d\d|\d\d))?(?![\d.:])"
)
_CLOCK = (
    r"(?:(?P<{0}h>\d{{1,2}})(?:[.:](?P<{0}m>\d{{2}}))?(?:-?[їй])?"
    r"(?P<{0}w>(?:\s?(?:години|годину|годин|год\.?|часов|часа|a\.m\.|p\.m\.|am|pm|вечора|вечера"
    r"|ранку|утра))*)|(?P<{0}n>опівночі|полуночи|midnight)|(?P<{0}e>вечора|вечера))"
    r"(?:,?\s(?:on\s)?(?P<{0}d>\d{{1,2}}(?:-?го)?\s{1}|\d{{1,2}}\.(?:0[1-9]|1[0-2])(?![\d.:])"
    r"|\d{{1,2}}-?го))?"
)
_PLAIN_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_FROM = re.compile(
    r"(?<![^\W_])(?:з|із|від|с|from|о|починаючи з)\s{0,2}\(?\s?" + _CLOCK.format("f", _PLAIN_MONTH)
)
_TO = re.compile(
    r"[\s,]{0,3}(?:і\s)?(?:тривала\s)?(?:до|по|to|until|till|[-–—])\s?"
    + _CLOCK.format("t", _PLAIN_MONTH)
)
_AS_OF = re.compile(
    r"(?:станом на|состоянию на|as of|as at)\s{0,2}" + _CLOCK.format("a", _PLAIN_MONTH)
)
_DAYTIME = re.compile(
    r"(?:протягом|впродовж|упродовж|за|в течение)\s(?:\w+\s)?(?:дня|доби|суток)(?![^\W_])"
    r"|денної пори|вдень|у період|в период|during the day|вечірній час|увечері|ввечері"
)
_CORRECTION = re.compile(
    r"уточнен[аоіу]\w*\s(?:інформаці|дан|звіт|результат)|уточнення[\s:]|виправлен|оновлен[аоі]"
    r"|уточненн?[аы]\w*\s(?:информаци|данн)|обновленн|correction|corrected"
    r"|updated (?:info|data|figure)"
)
_CAPTION = re.compile(r"[^\w]*(?:бойова робота (?!повітр)|на відео|відео[:\s])")
_CORRECTED = ("точнен", "виправлен", "новлен", "correct", "updated")
_REGIONAL = re.compile(
    r"(?:^|\n)[^\w\n#]*(?:бойова робота\s)?повітряне командування|#?повітряне_командування"
    r"|(?:^|\n)[^\w\n]*(?:воздушное командование|air command [\"'])"
)


class Times(NamedTuple):
    """What a post says of time."""

    kind: str  # night, day or ""
    start: datetime | None
    end: datetime | None
    as_of: datetime | None
    doubts: tuple[str, ...]
    notes: tuple[str, ...]


def nature(text: str) -> str:
    """Tell a correction, a regional command's post and a film's caption by their words."""
    if _CAPTION.match(text):
        return "other"
    if ("команд" in text or "air command" in text) and _REGIONAL.search(text):
        return "regional"
    head = text[:250]
    if any(word in head for word in _CORRECTED) and _CORRECTION.search(head):
        return "correction"
    return ""


def times(text: str, posted: datetime) -> Times:
    """Read the window and the hour that the post was made up to.

    The year is that of the post, or the one before: a report never speaks of days to come.
    """
    reader = _Reader(text[:1500], posted)
    return reader.read()


class _Reader:
    def __init__(self, text: str, posted: datetime) -> None:
        self.text, self.posted = text, posted
        self.doubts: list[str] = []
        self.notes: list[str] = []

    def read(self) -> Times:
        text = self.text
        night, daytime = _NIGHT.search(text), _DAYTIME.search(text)
        if night and daytime and daytime.start() < night.start():
            night = None
        word = night or daytime
        from_, to = self._hours(word.start() if word else 0)
        day = self._day(word) if word else None
        start, end = self._window(from_, to, day, night is not None)
        as_of = self._as_of(day or (end.date() if end else None), start)
        kind = "night" if night else "day" if daytime else ""
        if kind != "night" and start and end:
            kind = "day" if start.date() == end.date() and start.hour >= 5 else "night"
        elif not kind and (from_ or _DATE.search(text, 0, 120)):
            kind = "night" if from_ else "day"
        if kind == "night" and end is None:
            end = as_of
        if start and end and end < start:
            self.doubts.append(f"window: it would end ({end:%d.%m %H:%M}) before it starts")
            start = None
        if end and end - self.posted > _DAY:
            self.doubts.append("window: it ends after the post")
        return Times(kind, start, end, as_of, tuple(self.doubts), tuple(self.notes))

    def _hours(self, place: int) -> tuple[re.Match[str] | None, re.Match[str] | None]:
        """Find "from 18:00 [to 08:00]" near the word for night or day, or with its own day."""
        for match in _FROM.finditer(self.text, max(0, place - 60)):
            if not (match["fm"] or match["fw"] or match["fn"] or match["fe"]):
                continue
            near = match.start() <= place + 160 or (match["fm"] and match["fd"])
            if not near and not _NIGHT.search(self.text, match.start() - 60, match.start()):
                continue  # far from the word only an hour with its day, or at another such word
            return match, _TO.match(self.text, match.end())
        return None, None

    def _day(self, word: re.Match[str]) -> date | None:
        """Find the day of a night: the date behind the word or just before it."""
        dates = list(_DATE.finditer(self.text, word.end(), word.end() + 75))
        between = self.text[word.end() : dates[0].start()] if dates else "("
        found = None if re.search(r"[(.:\n]", between) else dates[0]
        if found and len(dates) > 1 and _SINCE.search(between):
            found = dates[1]  # "the night from 31 December to 1 January"
        if found is None:
            before = _DATE.finditer(self.text, max(0, word.start() - 25), word.start())
            found = next((each for each in before if self._touches(each, word)), None)
        if found is None:
            return self.posted.date()
        day = self._date(found)
        if day is not None and abs(day - self.posted.date()) > 3 * _DAY:
            self.doubts.append(f"window: {day} is not within three days of the post")
        return day

    def _touches(self, found: re.Match[str], word: re.Match[str]) -> bool:
        return _JOINED.fullmatch(self.text, found.end(), word.start()) is not None

    def _date(self, match: re.Match[str]) -> date | None:
        """Make a date, with the year that is said if it is near the post, or that of the post."""
        if match["d"]:
            day, month, year = int(match["d"]), int(match["m"]), match["y"]
        elif match["first"]:
            day, month, year = int(match["then"]), MONTHS[match["first"]], match["their"]
        else:
            day, month, year = int(match["day"]), MONTHS[match[2]], match["year"]
        made = self._made(day, month)
        if made is None:
            self.doubts.append(f"window: there is no day {match[0]!r}")
        elif year and int(year) % 100 != made.year % 100:
            said = _on(day, month, 2000 + int(year) % 100)
            if said is not None and abs(said - self.posted.date()) < 40 * _DAY:
                return said
            self.doubts.append(f"window: the text says {year}, the post is of {made.year}")
        return made

    def _made(self, day: int, month: int) -> date | None:
        for year in (self.posted.year, self.posted.year - 1):
            made = _on(day, month, year)
            if made is not None and (made - self.posted.date()).days <= 2:
                return made
        return None

    def _clock(self, match: re.Match[str], letter: str) -> timedelta | None:
        if match[letter + "e"]:
            return None
        if match[letter + "n"]:
            return timedelta(0)
        hour, minute = int(match[letter + "h"]), int(match[letter + "m"] or 0)
        words = match[letter + "w"]
        if hour < 12 and any(word in words for word in ("вечора", "вечера", "pm", "p.m.")):
            hour += 12
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            self.doubts.append(f"window: {match[0].strip()!r} is no time of day")
            return None
        return timedelta(hours=hour, minutes=minute)

    def _said(self, match: re.Match[str], letter: str) -> tuple[int, int | None] | None:
        """Read the day, and the month if it stands there, behind a time."""
        said = match[letter + "d"]
        if not said:
            return None
        numbers = re.findall(r"\d+", said)
        word = re.search(_PLAIN_MONTH, said)
        month = MONTHS[word[0]] if word else int(numbers[1]) if len(numbers) > 1 else None
        return int(numbers[0]), month

    def _window(
        self,
        from_: re.Match[str] | None,
        to: re.Match[str] | None,
        day: date | None,
        night: bool,
    ) -> tuple[datetime | None, datetime | None]:
        if from_ is None:
            return None, None
        begin = self._clock(from_, "f")
        finish = self._clock(to, "t") if to else None
        last = self._placed(to, "t", day) if to else day
        last = last or self.posted.date()
        if begin is None:
            return None, _moment(last, finish)
        crossing = begin >= (finish if finish is not None else timedelta(hours=12))
        usual = last - _DAY if (night or to is not None) and crossing and last > date.min else last
        first = self._first(from_, usual, last)
        return _moment(first, begin), _moment(last, finish)

    def _placed(self, match: re.Match[str], letter: str, day: date | None) -> date | None:
        said = self._said(match, letter)
        if said is None:
            return day
        month = said[1] or (day or self.posted).month
        return self._made(said[0], month) or day

    def _first(self, from_: re.Match[str], usual: date, last: date) -> date | None:
        """Read the day that the window starts; a slip of the pen is corrected, and said."""
        said = self._said(from_, "f")
        if said is None:
            return usual
        day, month = said
        for each in (usual, last, usual - _DAY if usual > date.min else usual):
            if day == each.day and month in {None, each.month}:
                if each == last and usual != last:
                    break
                return each
        if day in {usual.day, last.day}:
            self.notes.append(f"window: it says {from_['fd']}; read as {usual:%d.%m}, the eve")
            return usual
        self.doubts.append(f"window: {from_['fd']} is not the eve of {last:%d.%m}")
        return None

    def _as_of(self, day: date | None, start: datetime | None) -> datetime | None:
        match = _AS_OF.search(self.text)
        if match is None or not (match["am"] or match["aw"] or match["an"]):
            return None
        clock = self._clock(match, "a")
        when = self._placed(match, "a", day) or self.posted.date()
        moment = _moment(when, clock)
        if moment and start and moment < start and not match["ad"]:
            moment += _DAY
        return moment


def _on(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(day: date | None, clock: timedelta | None) -> datetime | None:
    if day is None or clock is None:
        return None
    try:
        return datetime.combine(day, time.min) + clock
    except OverflowError:
        return None
