"""The notebooks of the docs run, say what they state, and stay small."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "docs" / "notebooks").glob("*.md"))
PAGES = [path for path in NOTEBOOKS if path.stem != "index"]
LARGEST = 400_000  # characters of a notebook with its outputs, pictures included

nbclient = pytest.importorskip("nbclient", reason="needs the extra [docs]")
reading = pytest.importorskip("myst_nb.core.read", reason="needs the extra [docs]")
nbformat = pytest.importorskip("nbformat", reason="needs the extra [docs]")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    book = reading.read_myst_markdown_notebook(path.read_text("utf-8"))
    assert "remove-cell" in str(book.cells[-1].metadata), "the last cell asserts what the text says"
    resources = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(book, timeout=60, kernel_name="python3", resources=resources).execute()
    assert len(nbformat.writes(book)) < LARGEST
    for cell in book.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr" or "Warning" not in output["text"]


def test_every_notebook_is_listed() -> None:
    index = (Path(PAGES[0]).parent / "index.md").read_text("utf-8")
    assert len(PAGES) >= 3
    assert all(f"\n{path.stem}\n" in index for path in PAGES)
