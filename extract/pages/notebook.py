"""One article as a page of its own, and in a notebook."""

from pathlib import Path

from markupsafe import escape

from extract.pages.labels import labels
from extract.pages.page import page
from extract.pages.view import view_of
from extract.record import Record

SCRIPTS = ("static/dom.js", "static/article.js", "static/one.js")


def article_page(record: Record, rules: Path | None = None) -> str:
    """The article view of a record as a self-contained page.

    Args:
        record: of the article.
        rules: the user's rules file, for the names of its types and roles.
    """
    data = {"labels": labels(rules), "article": view_of(record)}
    return page("article.html", SCRIPTS, data)


def notebook_html(record: Record) -> str:
    """The article view for a notebook: in a frame of its own, which can't touch the notebook."""
    return (
        '<iframe sandbox="allow-scripts" title="Статья и найденное в ней" '
        'style="width: 100%; height: 36rem; border: 1px solid #8886; resize: vertical" '
        f'srcdoc="{escape(article_page(record))}"></iframe>'
    )
