"""What a short name or a link out of docs/ stands for."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

ROOT = Path(__file__).resolve().parents[1]
STANDS_ALONE = {"function", "class", "exception", "module"}


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement
) -> nodes.Node | None:
    """Resolve what Sphinx cannot: `Panel` wherever it is said.

    A docstring says `Panel` for `trends.Panel`, and puts parameters between the same marks. A name
    that is documented once is linked; another stays as it is, in the type of code. A role that
    names its kind (``:class:``) must be right: it is not looked at here.
    """
    name = node["reftarget"].removeprefix("~")
    if name.startswith(("python:", "numpy:")):
        return nodes.Text(node.astext().rpartition(":")[2])  # a link that would need a network
    if (node.get("refdomain"), node.get("reftype")) != ("py", "obj"):
        return None
    objects = env.domains.python_domain.objects
    found = [full for full in objects if full == name or full.endswith("." + name)]
    if "." not in name:  # `month` is a parameter, not the field of some result
        found = [full for full in found if objects[full].objtype in STANDS_ALONE]
    found = [full for full in found if not objects[full].aliased]
    if len(found) != 1:
        # numpydoc takes every word of a type for a name: "bool array"
        return nodes.Text(node.astext()) if _in_a_type(node) else shown
    entry, builder = objects[found[0]], app.builder
    page = builder.get_relative_uri(env.current_document.docname, entry.docname)
    uri = f"{page}#{entry.node_id}"
    return nodes.reference("", "", shown, internal=True, refuri=uri, reftitle=found[0])


def _in_a_type(node: nodes.Node | None) -> bool:
    while node is not None and not isinstance(node, nodes.classifier | nodes.term):
        node = node.parent
    return node is not None


def unlink(app: Sphinx, document: nodes.document) -> None:
    """Leave the words of a link to a file of the repository that is no page: nothing is there."""
    page = Path(app.env.doc2path(app.env.current_document.docname)).parent
    for node in list(document.findall(pending_xref)) + list(document.findall(download_reference)):
        target = node["reftarget"].partition("#")[0]
        inside = node.get("reftype") == "myst" or isinstance(node, download_reference)
        if inside and target.startswith("../") and (page / target).resolve().exists():
            node.replace_self(node.children)


def plain(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Say the first line of a module without emphasis, which autosummary would cut in two."""
    if what == "module" and lines:
        lines[0] = lines[0].replace("*", "")


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx."""
    app.connect("missing-reference", resolve)
    app.connect("doctree-read", unlink)
    app.connect("autodoc-process-docstring", plain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
