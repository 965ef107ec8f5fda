"""How little would overturn a claim, and what other choices would have said."""

from trends.robustness._inequalities import RESTS_ON
from trends.robustness._strengths import KINDS
from trends.robustness.margins import Margins, find_margins
from trends.robustness.perturbations import Perturbations, find_perturbations

__all__ = [
    "KINDS",
    "RESTS_ON",
    "Margins",
    "Perturbations",
    "find_margins",
    "find_perturbations",
]
