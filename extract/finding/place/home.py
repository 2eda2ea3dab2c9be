"""What is an article about where a figure names no place: its province, or one district or commune of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extract.finding.place.context import Mention
from extract.finding.place.gazetteer import OLD, UP
from extract.finding.place.scopes import Namer, PlaceScope
from extract.finding.place.votes import Verdict

OFTEN = 3  # a district is what an article is about if it is named so often, and twice as often as any other
LOWER = ("district", "commune")


def find_home(namer: Namer, verdict: Verdict, named: Mapping[int, PlaceScope]) -> tuple[PlaceScope, str | None]:
    """The article's own place and how it was found: heading, article, outlet."""
    if verdict.province == "VN":
        return PlaceScope(-1, -1, "", "country", "VN", "article"), "article"
    own = [
        scope
        for scope in named.values()
        if scope.level in LOWER and scope.province == verdict.province and not scope.aside and not scope.caption
    ]
    spoken = count_relative(namer.mentions)
    titled = in_title(own, namer.resolver.titles)
    if titled and (spoken["province"] < OFTEN or spoken[titled.level] >= spoken["province"]):
        return as_home(titled, own), "heading"
    if verdict.district and spoken["province"] <= spoken["district"]:
        return portal_of(namer, verdict.district, own), "outlet"
    whole = sum(scope.level == "province" and scope.province == verdict.province for scope in named.values())
    dominant = named_most(own, more_than=whole)
    if dominant and spoken["district"] >= 2 * max(1, spoken["province"]):
        return as_home(dominant, own), "article"
    if not (whole or spoken["district"]) and (commune := only_commune(namer, own)):
        return as_home(commune, own), "article"
    told = any(mention.level in ("province", "city") and not mention.entity for mention in namer.mentions)
    if verdict.province is None and not told:
        return namer.own_province()._replace(level="village", kind="nowhere"), None
    return namer.own_province(), verdict.rule


def count_relative(mentions: Sequence[Mention]) -> Counter[str]:
    """How often "huyện", "toàn huyện" … stand for each level; of provinces only where the whole one is meant."""
    return Counter(
        "district" if mention.level == "city" else mention.level
        for mention in mentions
        if mention.kind == "relative" and (mention.strong or mention.level != "province")
    )


def in_title(own: Sequence[PlaceScope], titles: frozenset[int]) -> PlaceScope | None:
    """The lowest place that the title names, if it is one alone."""
    found = {scope.code or scope.place: scope for scope in own if scope.sentence in titles}
    lowest = min((UP[scope.level] for scope in found.values()), default=0)
    lowest_ones = [scope for scope in found.values() if UP[scope.level] == lowest]
    return lowest_ones[0] if len(lowest_ones) == 1 else None


def portal_of(namer: Namer, code: str, own: Sequence[PlaceScope]) -> PlaceScope:
    """The district whose own site the article stands on."""
    for scope in own:
        if scope.code == code:
            return as_home(scope, own)
    unit = namer.gazetteer.unit(OLD, code)
    name = f"{unit.type} {unit.name}" if unit else ""
    return PlaceScope(
        -1, -1, name, "district", namer.province, "article", code=code, type=unit.type if unit else None
    )  # fmt: skip


def named_most(own: Sequence[PlaceScope], *, more_than: int) -> PlaceScope | None:
    """The district that is named most, if it is far ahead."""
    counts = Counter(scope.code for scope in own if scope.level == "district" and scope.code).most_common(2)
    if not counts or counts[0][1] < max(OFTEN, more_than + 1):
        return None
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    return next(scope for scope in own if scope.code == counts[0][0])


def only_commune(namer: Namer, own: Sequence[PlaceScope]) -> PlaceScope | None:
    """The one commune of a story that begins with it and never names the province."""
    higher = any(mention.kind == "relative" and mention.level in ("province", "city") for mention in namer.mentions)
    if higher or namer.resolver.local_lead() is None:
        return None
    communes = {scope.code or scope.place: scope for scope in own if scope.level == "commune"}
    return next(iter(communes.values())) if len(communes) == 1 else None


def as_home(scope: PlaceScope, own: Sequence[PlaceScope]) -> PlaceScope:
    """A place as the article's own, written as it is written most with its type word."""
    same = [other.place for other in own if other.code and other.code == scope.code and other.kind == "named"]
    written = Counter(place for place in same if " " in place)
    best = max(written.items(), key=lambda kv: (kv[0][0].islower(), kv[1]), default=(scope.place, 1))[0]
    return scope._replace(place=best, start=-1, end=-1, sentence=-1, above=None)
