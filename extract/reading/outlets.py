"""Which paper or site does a credit name?"""

from __future__ import annotations

import re

from extract.patterns import PatternError, Patterns
from extract.reading.surfaces import any_of, whole_word

SITE = r"(?:https?://)?(?:[a-zA-Z\d-]{1,40}\.){1,4}(?i:vn|com|net|org|info)(?![\w.-])(?:/\S{0,200})?"
HOST = re.compile(rf"(?<![\w@./-]){SITE}")
NAME_END = re.compile(r"\s*(?:[()\[\]|;/]|[.,]?\s*\Z|\s[\u2013\u2014-]\s)")
LONGEST = 80


class Outlets:
    """The names of `outlets.csv`, the words that a capitalised name follows, and phrases that any name follows."""

    def __init__(self, patterns: Patterns) -> None:
        kinds: dict[str, dict[str, str]] = {"name": {}, "word": {}, "phrase": {}}
        for row in patterns.rows("outlets.csv", ("surface", "kind", "name", "example"), blank=("name",)):
            if row["kind"] not in kinds:
                place = f"{patterns.folder / 'outlets.csv'}:{row['line']}"
                raise PatternError(f"{place}: kind must be one of {', '.join(kinds)}")
            kinds[row["kind"]][row["surface"]] = row["name"] or row["surface"]
        self.names = kinds["name"]  # what a name as printed stands for
        self.printed = re.compile(whole_word(self.names))
        self.opening = re.compile(
            rf"(?<!\w)(?:(?i:{any_of(kinds['phrase'])})|(?P<word>(?i:{any_of(kinds['word'])})))\s+(?=\w)"
        )

    def find(self, text: str) -> str | None:
        """The site or paper that `text`, a credit or the end of a title, names; a site goes first.

        >>> from extract.patterns import load_patterns
        >>> outlets = load_patterns().compiled(Outlets)
        >>> outlets.find("Báo Nam Định - www.baonamdinh.vn"), outlets.find("Theo Báo Nam Định điện tử")
        ('baonamdinh.vn', 'Báo Nam Định điện tử')
        >>> outlets.find("Theo báo cáo của huyện")
        """
        text = text[:LONGEST]
        if "." in text and (site := HOST.search(text)):
            return host(site[0])
        for match in self.opening.finditer(text):
            if not match["word"] or text[match.end()].isupper():
                end = NAME_END.search(text, match.end())
                return text[match.start() : end.start() if end else len(text)]
        named = self.printed.search(text)
        return self.names[named[0]] if named else None

    def parse(self, text: str) -> str | None:
        """The paper that `text` is the name or the site of, as a whole.

        >>> from extract.patterns import load_patterns
        >>> outlets = load_patterns().compiled(Outlets)
        >>> outlets.parse("QTO"), outlets.parse("VOV.VN"), outlets.parse("QTO đưa tin")
        ('Báo Quảng Trị', 'vov.vn', None)
        """
        return host(text) if HOST.fullmatch(text) else self.names.get(text)


def host(address: str) -> str:
    """The host of a web address, without "www.".

    >>> host("https://www.langson.gov.vn/tin-tuc"), host("langson.gov.vn")
    ('langson.gov.vn', 'langson.gov.vn')
    """
    return address.lower().rpartition("://")[2].partition("/")[0].removeprefix("www.")
