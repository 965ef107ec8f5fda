"""Checks answered in French and Ukrainian."""
# ruff: noqa: RUF001

from __future__ import annotations

import pandas as pd
import pytest

import trends
from trends.checks import check, printed_figures
from trends.claims import Change, Record
from trends.errors import UnknownOption
from trends.panel import Panel

pytest.importorskip("babel")

SEED = (
    "Russia's biggest territorial gain since November while accelerating advances for a third "
    "consecutive month"
)
NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def said(language, *args, **options):
    """The lines of a check, the narrow space as "_", the no-break space as "~"."""
    text = str(check(*args, language=language, **options))
    return text.replace(NBSP, "~").replace(NARROW, "_").splitlines()


def test_a_check_answers_in_french():
    lines = said("fr", SEED, month="2025-06")
    assert lines[2:4] == [
        "VRAI, mais cela dépend de la définition. 588~km² en juin 2025~: au-dessus de tous les "
        "mois depuis novembre 2024 (725~km²).",
        "territory-gain-isw~: faux. 481,8~km² en juin 2025, ce n'est pas au-dessus de tous les "
        "mois depuis novembre 2024~: 515,9~km² en mai 2025.",
    ]
    heads = {line.split("~: ")[0] for line in lines}
    assert heads >= {"Appui statistique", "Marge", "Autres choix"}


def test_a_check_answers_in_ukrainian():
    lines = said("uk", SEED, month="2025-06")
    assert lines[2] == (
        "ПРАВДА, але залежить від визначення: 588~км² у червні 2025 року – більше, ніж у "
        "будь-якому місяці з листопада 2024 року (725~км²)."
    )
    assert lines[3].startswith("territory-gain-isw: неправда. 481,8~км² у червні 2025 року, але з ")
    heads = {line.split(": ")[0] for line in lines}
    assert heads >= {"Статистичне підтвердження", "Запас", "Інші варіанти вибору"}


def test_what_others_printed_in_other_languages():
    claim = Change(series="drones_launched", month="2025-06", base="2025-05", percent=37)
    assert (
        "Chiffres publiés~: AFP a publié 3_974 pour mai 2025 et 5_438 pour juin 2025~: +36,8~% "
        "(+41,4~% en moyenne journalière)."
    ) in said("fr", claim)
    assert (
        "Опубліковані числа: За даними AFP, 3~974 у травні 2025 року та 5~438 у червні 2025 року: "
        "+36,8% (+41,4% в перерахунку на добу)."
    ) in said("uk", claim)
    month = pd.Period("2025-05", "M")
    panel = trends.load("drones-launched")
    (french, *_), (english, *_) = (printed_figures(panel, month, c) for c in ("fr", "en"))
    assert english == "AFP: 3,974 drones (2025-07-01)"
    assert french == f"AFP{NBSP}: 3{NARROW}974 drones (2025-07-01)"


def test_a_note_on_the_source_and_by_day_in_other_languages():
    sentence = "Russia launched 5,438 drones in June 2025, according to the Ukrainian air force"
    (finding,) = check(sentence, "drones-launched", language="fr").findings
    said_it = f"La phrase dit «{NBSP}the Ukrainian air force{NBSP}»{NARROW}; les données{NBSP}: Ukr"
    assert finding.notes[0].startswith(said_it)
    assert finding.facts()["sentence"].startswith("Drones lancés en juin 2025")
    row = [100.0, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 4, 101]
    flat = Panel([row], pd.period_range(end="2025-06", periods=len(row), freq="M"), ["s"])
    (record,) = check(Record(series="s", month="2025-06"), flat, language="uk").findings
    assert record.by_day is not None
    assert record.by_day.line().startswith("У перерахунку на добу: правда. 3,4")


def test_an_unknown_language():
    with pytest.raises(UnknownOption, match="check: language='pl'"):
        check(SEED, month="2025-06", language="pl")
