"""Self-contained HTML pages: template, style, scripts and data in one file that loads nothing and runs only its own.

Data stands in a JSON block that no browser executes, with every `<` escaped; scripts put it into the page as text
nodes, never as markup. The content security policy admits the page's own scripts and style by their hashes and
nothing else.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

STYLE = "static/style.css"
ECHARTS = "vendor/echarts.min.js"


def page(template: str, scripts: Sequence[str] = (), data: Any = None, connect: str = "'none'", **values: Any) -> str:
    """Fill a template.

    Args:
        template: its name under `templates/`.
        scripts: files of the package, run in this order.
        data: anything JSON can say; scripts read it from the element `data`.
        connect: where the page's scripts may send requests, as a policy's connect-src says it.
        values: for the template, which escapes them.
    """
    sources = [_source(name) for name in scripts]
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src " + (" ".join(map(_hash, sources)) or "'none'"),
            f"style-src {_hash(_source(STYLE))}",
            "img-src data:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return (
        _environment()
        .get_template(template)
        .render(policy=policy, style=Markup(_source(STYLE)), scripts=map(Markup, sources), data=_json(data), **values)
    )


def _json(data: Any) -> Markup:
    """JSON that can't end the script element that it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


@cache
def _source(name: str) -> str:
    source = (resources.files("extract.pages") / name).read_text("utf-8")
    return source.replace("\r\n", "\n")  # a browser does so before it hashes


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("extract.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = lambda day: ".".join(reversed(day.split("-")))  # as the scripts write it
    return environment
