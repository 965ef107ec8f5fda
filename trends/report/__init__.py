"""Panels and a month in, a page, a text and data out."""

from trends.report._composition import Report, report
from trends.report._findings import Elsewhere, Finding, weigh
from trends.report._printed import printed_instead
from trends.report._sections import Section

__all__ = ["Elsewhere", "Finding", "Report", "Section", "printed_instead", "report", "weigh"]
