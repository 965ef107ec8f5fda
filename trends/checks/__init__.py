"""A sentence or a claim in, verdicts out: on which data, under which definition, how firmly."""

from trends.checks._findings import Elsewhere, Finding, find, weigh
from trends.checks._printed import printed_figures, printed_instead

__all__ = ["Elsewhere", "Finding", "find", "printed_figures", "printed_instead", "weigh"]
