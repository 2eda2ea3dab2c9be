"""How is a page put together? A template, its style and scripts, words and packed data, under a strict policy."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from extract.data.reporting.embedding import embed_json, embed_packed, hash_script
from extract.data.reporting.words import Words, load_words
from extract.patterns import Patterns

ASSETS = Path(__file__).resolve().parent / "assets"
SCRIPTS = (
    "core.js",
    "charts.js",
    "cards.js",
    "overview.js",
    "map.js",
    "articles.js",
    "checks.js",
    "compare.js",
    "main.js",
)  # one script, in this order
CHARTS = "vendor/charts.min.js"


def render_page(data: dict[str, Any], patterns: Patterns) -> str:
    """One page of HTML."""
    words = patterns.compiled(load_words)
    whole = "totals" in data
    scripts = [Markup(asset(name)) for name in ((CHARTS,) if whole else ())]
    scripts.append(Markup("\n".join(asset(name) for name in SCRIPTS)))
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            style=Markup(asset("report.css")),
            scripts=scripts,
            script_hashes=Markup(" ".join(hash_script(script) for script in scripts)),
            words=embed_json(words),
            data=embed_packed(data | ({"map": read_map()} if whole else {})),
            t=lambda key: spoken(words, key),
            label=lambda key, attribute="aria-label": spoken_attribute(words, key, attribute),
            pages=data["pages"],
            page=data["page"],
            whole=whole,
        )
    )


@cache
def environment() -> Environment:
    """The templates; everything put into one is escaped unless it is Markup."""
    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> str:
    """A file of the page's assets."""
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def read_map() -> Any:
    """The boundaries of the provinces of both lists."""
    return json.loads(asset("vietnam.topo.json"))


def spoken(words: Words, key: str) -> Markup:
    """A string of the interface, which the page changes with its language."""
    return Markup('<span data-t="{}">{}</span>').format(key, words[key][0])


def spoken_attribute(words: Words, key: str, attribute: str) -> Markup:
    """An attribute of an element that says a string of the interface."""
    name = escape(attribute)
    return Markup('{}="{}" data-t-{}="{}"').format(name, words[key][0], name, key)
