"""How does data stand in a page so that nothing in it is ever read as markup or script?"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from typing import Any

from markupsafe import Markup

ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def embed_json(value: Any) -> Markup:
    """JSON for a `<script type="application/json">`: no character of it can end the element.

    >>> embed_json("</script><script>alert(1)</script>")
    Markup('"\\\\u003c/script\\\\u003e\\\\u003cscript\\\\u003ealert(1)\\\\u003c/script\\\\u003e"')
    """
    return Markup(to_json(value).translate(ESCAPES))


def embed_packed(value: Any) -> Markup:
    """JSON, compressed, in the letters of base64; the same value gives the same bytes."""
    packed = gzip.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 6, mtime=0)
    return Markup(base64.b64encode(packed).decode("ascii"))


def unpack(packed: str) -> Any:
    """What `embed_packed` packed.

    >>> unpack(embed_packed({"tỉnh": ["\\ud800", 1]})) == {"tỉnh": ["\\ud800", 1]}
    True
    """
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def to_json(value: Any) -> str:
    """Compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def hash_script(script: str) -> str:
    """The source expression that lets a policy allow exactly this inline script."""
    return "'sha256-{}'".format(base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"))
