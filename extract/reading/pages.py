"""What article does an HTML page hold?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.reading.decoding import NotTextError, decode_text
from extract.reading.masthead import Masthead
from extract.reading.outlets import host

CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?((?:windows|iso|utf|us)-[\w-]{1,20})",
    re.IGNORECASE,
)
HEAD = 4096  # bytes where a page names its encoding
# The date of publication, not of the last change; only where the page marks it, never any date in its text.
DATES = {"original_date": True, "extensive_search": False}


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page."""

    text: str  # the headline on a line of its own, then the main text
    masthead: Masthead  # as the page's metadata tell


def read_page(data: bytes) -> Page:
    """The article of a page's bytes. Raises NotTextError where there is none.

    >>> page = read_page(b"<html><title>A</title><body><article><p>" + b"Some text of a page. " * 9 + b"</p></article>")
    >>> page.text[:22]
    'A\\nSome text of a page.'
    """
    import trafilatura  # noqa: PLC0415  # 0.1 s and 30 MB, and most runs meet no page

    named = CHARSET.search(data[:HEAD])
    html = decode_text(data, declared=named[1].decode() if named else None)
    found = trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, include_links=False, date_extraction_params=dict(DATES)
    )
    if found is None or not (found.text or "").strip():
        raise NotTextError("no main text in this page")
    title, text = found.title or None, found.text
    outlet = host(found.hostname) if found.hostname else found.sitename or None
    headed = text if title is None or text.lstrip().startswith(title) else f"{title}\n{text}"
    return Page(headed, Masthead(title, found.date or None, outlet))
