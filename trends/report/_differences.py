"""Which headlines changed between two reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trends.errors import BadTable
from trends.report._revisions import REMEDY, changes, spoken
from trends.wording import read_words


@dataclass(frozen=True, slots=True)
class Difference:
    """What `diff` found.

    Parameters
    ----------
    headline : tuple of str, optional
        The headline then and now, of two reports of one month, where it is another.
    gone, new : tuple of str
        Sentences of two reports of one month that only the old or only the new one has.
    overturned : dict of str to str
        Sentences of the old report that are not true on the figures of the new one, and why.
    revisions : dict
        As of `changes`.
    """

    headline: tuple[str, str] | None
    gone: tuple[str, ...]
    new: tuple[str, ...]
    overturned: dict[str, str]
    revisions: dict[str, Any]

    def __bool__(self) -> bool:
        return bool(self.headline or self.gone or self.new or self.overturned)

    def lines(self) -> list[str]:
        """``-`` for what is not said or not true any more, ``+`` for what is new."""
        said = []
        if self.headline is not None:
            said += [f"- Headline: {self.headline[0]}", f"+ Headline: {self.headline[1]}"]
        for sentence in dict.fromkeys((*self.gone, *self.overturned)):
            said.append(f"- {sentence}")
            if sentence in self.overturned:
                said.append(f"  {self.overturned[sentence]}")
        return [*said, *(f"+ {sentence}" for sentence in self.new)]


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Lay two reports side by side, by their facts.

    Of two reports of one month, every sentence that only one of them has is a difference. Whatever
    their months, so is every sentence of the old one that the figures of the new one overturn. Of
    reports in two languages the claims are compared, and told in the language of the new one.

    Parameters
    ----------
    old, new : dict
        As `read_facts` gives them.

    Returns
    -------
    Difference
        False where nothing changed.
    """
    try:
        return _diff(old, new)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadTable("report.json", f"it is not whole ({error!r})", REMEDY) from error


def _diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    words = read_words(new["language"])
    found = changes(old, new)
    if old["language"] != new["language"]:  # both anew, so that equal claims are equal sentences
        old, new = (spoken({**each, "language": ""}, new["language"]) for each in (old, new))
    then, now = ([claim["sentence"] for claim in each["claims"]] for each in (old, new))
    same = old["month"] == new["month"]
    moved = same and old["headline"] != new["headline"]
    return Difference(
        (old["headline"], new["headline"]) if moved else None,
        tuple(sentence for sentence in then if same and sentence not in now),
        tuple(sentence for sentence in now if same and sentence not in then),
        {
            each["sentence"]: words(f"outcomes.{each['outcome']}") + f". {each['reason']}"
            for each in found["overturned"]
        },
        found,
    )
