"""A sentence or a claim in, verdicts out: on which data, under which definition, how firmly."""

from trends.checks._checking import Check, Unchecked, check
from trends.checks._elsewhere import Elsewhere, other_definitions
from trends.checks._findings import Finding, find, weigh
from trends.checks._printed import printed_figures, printed_instead
from trends.checks._support import Support
from trends.checks._typed import claim_of
from trends.checks._verifying import Verification, verify

__all__ = [
    "Check",
    "Elsewhere",
    "Finding",
    "Support",
    "Unchecked",
    "Verification",
    "check",
    "claim_of",
    "find",
    "other_definitions",
    "printed_figures",
    "printed_instead",
    "verify",
    "weigh",
]
