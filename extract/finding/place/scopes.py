"""Which place does a mention stand for, once it is known what the article is about?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from extract.finding.place.context import Mention
from extract.finding.place.gazetteer import NEW, OLD, UP, Gazetteer, Unit
from extract.finding.place.votes import Resolver
from extract.finding.place.words import PlaceWords
from extract.records import Level, View

PARTS = 80  # characters behind a whole in which its parts begin to be told
OPENS = 20  # a sentence opens with a place that stands so near to its start


class PlaceScope(NamedTuple):
    """A place, or a list of places, as it governs figures from where it stands."""

    start: int
    end: int
    place: str  # as written, with its village's commune
    level: Level
    province: str | None
    kind: str  # named, bare, relative, country, region, abroad, rest; article and nowhere, of an article's own place
    strong: bool = False
    aside: bool = False
    locative: bool = False
    apart: bool = False  # set apart from what its paragraph is about
    topic: int = 0  # may it stay in force after its sentence? 2: yes, 1: where it stands alone, 0: no
    caption: bool = False
    sentence: int = -1
    code: str | None = None
    type: str | None = None  # its type word, in full
    late: bool = False  # of the 34-list
    above: PlaceScope | None = None  # what a relative mention or a village lies in, as far as the text says
    members: tuple[PlaceScope, ...] = ()  # of a list


def beside_parts(scopes: Sequence[PlaceScope], words: PlaceWords, view: View) -> list[PlaceScope]:
    """Scopes with a province as it was before the merger where its sentence sets it beside others that it merged with.

    Not where those are told as parts of it ("tỉnh A có 9, trong đó B có 5").
    """
    if not any(scope.late for scope in scopes):
        return list(scopes)
    spoken: dict[tuple[int, object], dict[str | None, int]] = {}  # sentence and merged province -> where parts stand
    for scope in scopes:
        if scope.level == "province" and scope.kind in ("named", "bare") and not scope.aside:
            merged = words.gazetteer.province_2025(scope.province)
            spoken.setdefault((scope.sentence, merged), {}).setdefault(scope.province, scope.start)

    def is_part(scope: PlaceScope) -> bool:
        if not scope.late or scope.level != "province" or words.stands_after(view, scope.end, "new_unit"):
            return False
        beside = spoken.get((scope.sentence, words.gazetteer.province_2025(scope.province)), {})
        others = [start for province, start in beside.items() if province != scope.province]
        end = min(scope.end + PARTS, max(scope.end, *others)) if others else 0
        return bool(others) and not words.parts.search(view.folded, scope.end, end)

    return [scope._replace(late=False) if is_part(scope) else scope for scope in scopes]


class Namer:
    """Gives mentions with a name their place, for an article about `province`."""

    def __init__(self, view: View, resolver: Resolver, province: str | None) -> None:
        self.view = view
        self.resolver = resolver
        self.words = resolver.words
        self.gazetteer: Gazetteer = resolver.gazetteer
        self.mentions = resolver.mentions
        self.province = province

    def named(self, at: int) -> PlaceScope | None:
        """The place of a mention with a name, of a region or country; None where it is none after all."""
        mention, resolver = self.mentions[at], self.resolver
        if mention.kind == "relative":
            return None
        if mention.kind in ("country", "region", "abroad", "rest"):
            province = {"abroad": "XX", "rest": self.province}.get(mention.kind, "VN")
            return self.scope(mention, cast(Level, mention.level), province)
        units = resolver.units[at]
        if mention.kind == "bare" and not self.keep_bare(at):
            return None
        if mention.kind == "bare" and mention.level == "province":
            lower = resolver.typed.get(mention.name, set())
            if lower and lower.isdisjoint({"province", "city"}) and self.province not in resolver.provinces(at):
                mention = mention._replace(level=sorted(lower)[0])
                units = [unit for unit in self.gazetteer.named(mention.name) if unit.level == mention.level]
        if mention.kind == "bare" and (ward := self.ward(units, mention)):
            return self.scope(mention._replace(level="commune"), "commune", self.province, ward)
        province, unit = self.choose(units, resolver.provinces(at), mention)
        if UP[mention.level] < UP["province"] and resolver.parent[at] is None and self.is_joined(province):
            province = self.province
        level = unit.level if unit else {"city": "district", "site": "village"}.get(mention.level, mention.level)
        if level == "province" and unit is None and units:
            unit = units[0]
        return self.scope(mention, cast(Level, level), province, unit)

    def ward(self, units: list[Unit], mention: Mention) -> Unit | None:
        """The commune of the article's merged province that bears the name of a town elsewhere in the old list."""
        own = any(unit.province == self.province for unit in units)
        if not self.resolver.late or mention.level == "province" or own:
            return None
        found = [
            unit
            for unit in self.gazetteer.named(mention.name)
            if unit.list == NEW and unit.level == "commune" and unit.province == self.province
        ]
        return found[0] if len(found) == 1 else None

    def is_joined(self, province: str | None) -> bool:
        """Whether a province has become part of the merged one that the article is about."""
        if not self.resolver.late or province in (None, self.province) or self.province in (None, "VN"):
            return False
        return self.gazetteer.province_2025(province) == self.gazetteer.province_2025(self.province)

    def choose(self, units: list[Unit], provinces: list[str], mention: Mention) -> tuple[str | None, Unit | None]:
        """The province of a name, and its unit where that is one alone."""
        if mention.level in ("village", "site"):
            units = []
        own = [unit for unit in units if unit.province == self.province]
        if own:
            return self.province, own[0] if len({unit.code for unit in own}) == 1 else None
        if not provinces or (len(provinces) > 1 and self.province not in ("VN", None)):
            return (self.province if mention.level != "province" and self.province != "VN" else None), None
        if len(provinces) > 1:
            return None, None
        uncertain = mention.level == "commune" and self.province not in ("VN", None)
        if uncertain and units:  # a commune that is gone from the list may bear the name of one elsewhere
            return self.province, None
        unit = units[0] if len({unit.code for unit in units}) == 1 else None
        return provinces[0], unit

    def keep_bare(self, at: int) -> bool:
        """Whether a name without type word is a place of this article."""
        mention, resolver = self.mentions[at], self.resolver
        if mention.level == "province":
            return True
        typed = resolver.typed.get(mention.name, set())
        if mention.level == "commune":
            return bool(typed)
        provinces = resolver.provinces(at)
        if typed or self.province in provinces or any(self.is_joined(province) for province in provinces):
            return True
        return len(provinces) == 1 and (self.province in (None, "VN") or mention.locative) and " " in mention.name

    def scope(self, mention: Mention, level: Level, province: str | None, unit: Unit | None = None) -> PlaceScope:
        """A mention with its place."""
        topic = mention.topic
        foreign = self.province not in (None, "VN", province) and mention.kind in ("named", "bare")
        if foreign and mention.start - self.resolver.sentences[mention.sentence].start > OPENS:
            topic = 0  # a place elsewhere is passed by, unless the sentence opens with it
        old = self.words.stands_after(self.view, mention.end, "old_territory")
        return PlaceScope(
            mention.start, mention.end, self.view.text[mention.start : mention.end], level, province, mention.kind,
            strong=mention.strong, aside=mention.aside, locative=mention.locative, apart=mention.apart, topic=topic,
            caption=mention.caption, sentence=mention.sentence, code=unit.code if unit else None,
            type=self.words.type_of(self.view.folded[mention.start : mention.end]) or (unit.type if unit else None),
            late=bool(unit and unit.list == NEW and not old),
        )  # fmt: skip

    def own_province(self) -> PlaceScope:
        """The article's province as a whole."""
        province = None if self.province == "VN" else self.province
        return PlaceScope(-1, -1, "", "province", province, "article", late=self.is_late(province))

    def is_late(self, province: str | None) -> bool:
        """Whether an article speaks of the merged province of this name."""
        name = self.gazetteer.province_name(province)
        return self.resolver.late and name is not None and self.gazetteer.is_merged_name(name)

    def is_city(self) -> bool:
        """Whether the article's province is a centrally run city."""
        unit = self.gazetteer.unit(OLD, self.province)
        return unit is not None and unit.type == self.words.city
