"""Panels and a month in, a page, a text and data out."""

from trends.report._composition import Report, report
from trends.report._sections import Section

__all__ = ["Report", "Section", "report"]
