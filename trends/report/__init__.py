"""Panels and a month in, a page, a text and data out."""

from trends.report._composition import Report, report
from trends.report._config import Config, config_template, read_config
from trends.report._differences import Difference, diff
from trends.report._facts import Terms
from trends.report._files import DEFAULT, FORMATS, schema_text
from trends.report._publishing import previous_edition, publish
from trends.report._revisions import changes, read_facts
from trends.report._sections import Section

__all__ = [
    "DEFAULT",
    "FORMATS",
    "Config",
    "Difference",
    "Report",
    "Section",
    "Terms",
    "changes",
    "config_template",
    "diff",
    "previous_edition",
    "publish",
    "read_config",
    "read_facts",
    "report",
    "schema_text",
]
