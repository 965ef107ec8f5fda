"""How a result shows itself: in a line, as text, and as a table in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

from trends.errors import spelled

MOST_CELLS = 100_000  # beyond, making the frame would take longer than a reader waits
MOST_ROWS = 16


def notebook_html(lines: Iterable[str] = (), table: str = "") -> str:
    """Lines and a table for a cell of a notebook, in which no dollar begins mathematics.

    Parameters
    ----------
    lines : iterable of str
        Plain text, a paragraph each.
    table : str
        HTML.

    Returns
    -------
    str

    Examples
    --------
    >>> print(notebook_html(["from $5 to <$6>"]))
    <div class="tex2jax_ignore mathjax_ignore"><p>from $5 to &lt;$6&gt;</p></div>
    """
    said = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f'<div class="tex2jax_ignore mathjax_ignore">{spelled(said + table)}</div>'


class Shown:
    """What is shown by its `summary()` and its `frame()`, as far as it has them."""

    __slots__ = ()

    def _about(self) -> str:
        """The data that it is about."""
        for held in ("panel", "endog", "fit"):
            if (one := getattr(self, held, None)) is not None:
                return repr(one).strip("<>").removeprefix("Panel: ")
        return ""

    def _rows(self) -> Any:
        """The frame, or None where there is none or it is too large to be looked at."""
        panel = getattr(self, "panel", None)
        large = panel is not None and panel.values.size > MOST_CELLS
        return None if large or not hasattr(self, "frame") else self.frame()

    def __repr__(self) -> str:
        about = self._about()
        return spelled(f"<{type(self).__name__}: {about}>" if about else f"<{type(self).__name__}>")

    def __str__(self) -> str:
        if hasattr(self, "summary"):
            return spelled(str(self.summary()))
        rows = self._rows()
        if rows is None:
            return repr(self)
        return spelled(rows.to_string(max_rows=MOST_ROWS, index=False))

    def _repr_html_(self) -> str:
        text = self.summary() if hasattr(self, "summary") else repr(self)
        rows = self._rows()
        bare = rows is None or rows.empty
        table = "" if bare else rows.to_html(max_rows=MOST_ROWS, index=False, border=0)
        return notebook_html(str(text).splitlines(), str(table))
