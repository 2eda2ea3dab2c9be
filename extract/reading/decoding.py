"""What text do these bytes hold? By byte order mark, then strict UTF-8, then Windows-1258, then a bounded guess.

A guess must read as text: bytes that only happen to decode are refused, with the reason.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from extract.reading.view import compose

SAMPLE = 1 << 16  # bytes that a guess is made and judged by
MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r")) + b"\x7f"
STRAY = 0.01  # share of characters that no text is expected to hold
LETTERS = 0.3  # share of characters that are Latin letters, at least
OWN = 0.03  # share of letters that are Vietnamese only, at least; news has about 0.2
# Controls, the signs that text read in a wrong encoding is full of, private use, replacements.
STRAY_CHARACTER = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00a1-\u00aa\u00ac-\u00af\u00b3-\u00ba\u00bc-\u00bf\ue000-\uf8ff\ufff0-\uffff]"
)
LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
LETTER = re.compile(f"[{LATIN}]")
OWN_LETTER = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")  # of Vietnamese only
FOREIGN_LETTER = re.compile(
    "[\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]"
)


class NotTextError(Exception):
    """The bytes hold no text that can be read for sure; the message says why."""


def decode_text(data: bytes, *, declared: str | None = None) -> str:
    """The text of `data` as it stands, without its byte order mark; `declared`: an encoding the page names.

    Raises NotTextError.

    >>> decode_text(b"\\xef\\xbb\\xbfxin ch\\xc3\\xa0o\\r\\n")
    'xin chào\\r\\n'
    """
    encoding = find_encoding(data, declared=declared)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"not {encoding} from byte {error.start} on") from error
    if not text or text.isspace():
        raise NotTextError("holds no text")
    return text


def find_encoding(data: bytes, *, whole: bool = True, declared: str | None = None, guess: bool = True) -> str:
    """The encoding of `data`; `whole`: nothing is cut off its end; `guess`: also by statistics. Raises NotTextError."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        return find_wide(data)
    bad = find_bad_byte(data, "utf-8", whole=whole)
    if bad is None:
        stray = len(data) - len(data.translate(None, CONTROLS))
        if stray > STRAY * len(data):
            raise NotTextError(f"holds {stray} control characters, so it is no text")
        return "utf-8"
    if declared and reads(data, declared, vietnamese=False):
        return declared
    if reads(data, "cp1258", vietnamese=True):
        return "cp1258"
    best = charset_normalizer.from_bytes(data[:SAMPLE]).best() if guess else None
    if best and reads(data, best.encoding, vietnamese=False):
        return best.encoding
    raise NotTextError(f"not UTF-8 (byte {bad}), nor another encoding in which it reads as text")


def find_wide(data: bytes) -> str:
    """UTF-16 without its mark: blanks and plain letters have a zero in the high byte. Raises NotTextError."""
    sample = data[:SAMPLE]
    encoding = "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"
    if len(data) % 2 or not reads(sample, encoding, vietnamese=False):
        raise NotTextError("holds zero bytes, so it is no text")
    return encoding


def find_bad_byte(data: bytes, encoding: str, *, whole: bool) -> int | None:
    """The first byte that `encoding` cannot read."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError as error:
        return error.start
    return None


def reads(data: bytes, encoding: str, *, vietnamese: bool) -> bool:
    """Whether the head of `data` decodes and reads as text in Latin letters, `vietnamese`: as Vietnamese."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data[:SAMPLE], final=False)
    except (UnicodeDecodeError, LookupError):
        return False
    stray, letters = count(STRAY_CHARACTER, text), count(LETTER, text)
    if stray > STRAY * len(text) or letters < LETTERS * len(text):
        return False
    if not vietnamese:
        return True
    composed, _ = compose(text)  # Windows-1258 writes tone marks as characters of their own
    own, foreign = count(OWN_LETTER, composed), count(FOREIGN_LETTER, composed)
    return own >= OWN * letters and foreign <= STRAY * letters


def count(pattern: re.Pattern[str], text: str) -> int:
    """How often `pattern` stands in `text`."""
    return sum(1 for _ in pattern.finditer(text))
