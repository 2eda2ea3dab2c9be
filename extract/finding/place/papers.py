"""Whose paper or portal is it? The province that an outlet, a host in the text or "Báo Hà Tĩnh" belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.finding.place.gazetteer import FORMER, Gazetteer, strip_marks
from extract.finding.place.words import PlaceWords, occurrences
from extract.patterns import Patterns
from extract.reading.surfaces import any_of
from extract.records import View

HOST = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]{2,40}\.){1,4}(?:vn|com|net|org)(?!\w)")
ENDINGS = (".vn", ".com", ".net", ".org")
LABEL = re.compile(r"[./]+")
PLAIN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of one province, as found."""

    name: str
    province: str
    district: str | None  # code, where it is a district's own portal


class Papers:
    """The names of provinces as papers and hosts write them."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.compiled(PlaceWords)
        self.gazetteer = patterns.compiled(Gazetteer)
        self.caption = words.caption
        self.names: dict[str, str] = dict(words.lists["outlet"])
        for unit in self.gazetteer.units:
            if unit.level == "province" and unit.province and unit.list != FORMER:
                for name in (self.gazetteer.fold(unit.name), *self.gazetteer.variants.get(unit.province, ())):
                    self.names[name] = unit.province
        self.hosts = {PLAIN.sub("", strip_marks(name)): province for name, province in self.names.items()}
        before, after = words.lists["host_before"], words.lists["host_after"]
        self.affixes = re.compile(rf"\A{any_of(before)}*|{any_of(after)}*\Z|-")
        self.portal = re.compile(rf"\A{any_of(words.lists['portal'])}?|-")
        self.paper = words.paper
        self.name = re.compile(rf" (?P<name>{any_of(self.names)})(?!\w)")

    def province(self, outlet: str) -> Paper | None:
        """The paper that an outlet is, a host or a name; None where it belongs to no province.

        >>> from extract.patterns import load_patterns
        >>> papers = load_patterns().compiled(Papers)
        >>> papers.province("thaithuy.thaibinh.gov.vn")
        Paper(name='thaithuy.thaibinh.gov.vn', province='34', district='341')
        >>> papers.province("Báo Hà Tĩnh điện tử").province, papers.province("vnexpress.net")
        ('42', None)
        """
        folded = self.gazetteer.fold(outlet.strip())
        for _, end in occurrences(self.paper, folded):
            if match := self.name.match(folded, end):
                return Paper(outlet, self.names[match["name"]], None)
        if folded in self.names:
            return Paper(outlet, self.names[folded], None)
        labels = LABEL.split(folded)
        for label in labels:
            plain = self.affixes.sub("", label)
            if province := self.hosts.get(plain) or self.hosts.get(PLAIN.sub("", label)):
                district = self.gazetteer.portals.get((province, self.portal.sub("", labels[0])))
                return Paper(outlet, province, district)
        return None

    def find(self, view: View) -> list[Paper]:
        """The provincial papers and hosts that a text names, but for the sources of its pictures."""
        papers = [
            Paper(view.folded[start : match.end()], self.names[match["name"]], None)
            for start, end in sorted(occurrences(self.paper, view.folded))
            if (match := self.name.match(view.folded, end))
        ]
        if any(ending in view.folded for ending in ENDINGS):
            for match in HOST.finditer(view.folded):
                before = view.folded[max(0, match.start() - 20) : match.start()]
                if not any(word in before for word in self.caption):
                    papers += [paper] if (paper := self.province(match[0])) else []
        return papers
