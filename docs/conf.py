"""Settings of Sphinx, which needs no network: python -m sphinx -W --keep-going docs build/docs."""

import importlib.metadata
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("NUMBA_NUM_THREADS", "2")  # for the notebooks, whose kernels inherit it

from _public import public

project = "attack-trends"
author = "the attack-trends authors"
copyright = "the attack-trends authors; BSD-3-Clause"  # noqa: A001
version = release = importlib.metadata.version("attack-trends")
html_title = f"attack-trends {version}"

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "_references",
]
exclude_patterns = ["_*", "**/.*", "*.py"]
templates_path = ["_templates"]
nitpicky = True
default_role = "py:obj"
highlight_language = "none"  # a fence that names no language holds none
trim_footnote_reference_space = True
smartquotes = False  # a quoted command must stay as it is typed

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = [
    "myst.header",  # a decision begins where its list does
    "config.cache",  # autosummary_context holds a function
    "autosummary.import_cycle",  # tables name things as one calls them: trends.find_records
]

nb_execution_mode = "cache"
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_merge_streams = True
nb_number_source_lines = False

autosummary_ignore_module_all = False
autosummary_imported_members = True
autosummary_context = {"public": public}
autodoc_typehints = "none"  # numpydoc's Parameters say the types
autodoc_default_options = {"member-order": "bysource"}
numpydoc_show_class_members = False
numpydoc_xref_param_type = True
numpydoc_class_members_toctree = False

html_theme = "pydata_sphinx_theme"
html_static_path = ["_static"]
html_css_files = ["trends.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "logo": {"text": "attack-trends"},
    "navbar_align": "left",
    "header_links_before_dropdown": 8,
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": {
        "**": ["page-toc"],
        **{key: [] for key in ("index", "published", "benchmarks", "validity")},
    },
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {key: [] for key in ("index", "start", "words", "limits")}
