"""Which places does an article speak of, and which place is it about?

Mentions are found once an article and resolved against the whole of it. What comes out is what a linker needs: every
place, list of places and "toàn tỉnh" as a `PlaceScope` with the place it stands for at that point of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.finding.place.context import Mention
from extract.finding.place.gazetteer import NEW, OLD, UP
from extract.finding.place.home import find_home
from extract.finding.place.mentions import find_mentions
from extract.finding.place.papers import Papers
from extract.finding.place.scopes import Namer, PlaceScope, beside_parts
from extract.finding.place.votes import Resolver
from extract.finding.place.words import PlaceWords
from extract.patterns import Patterns
from extract.records import Place, Sentence, View

HEAD = 4000  # characters in which a title is looked for
OPENING = 4  # sentences of an article among which its title stands
Last = dict[tuple[str, str | None], PlaceScope]  # level and type word -> the place named last


@dataclass(frozen=True, slots=True)
class Places:
    """The places of an article."""

    mentions: tuple[Place, ...]  # in text order
    scopes: tuple[PlaceScope, ...]  # in text order
    province: str | None  # 63-list, VN, or None where it cannot be told
    rule: str | None  # how the province was found: heading, article, outlet
    evidence: tuple[str, ...]  # what spoke for it, strongest first
    home: PlaceScope  # what a figure is about where nothing else is said
    home_rule: str | None  # heading, article, outlet


def find_places(
    view: View,
    sentences: Sequence[Sentence],
    patterns: Patterns,
    *,
    outlet: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Places:
    """The places of an article in text order, its province and the place it is about.

    >>> from extract.patterns import load_patterns
    >>> from extract.reading.sentences import find_sentences
    >>> from extract.reading.view import make_view
    >>> patterns = load_patterns()
    >>> view = make_view("Huyện ủy Na Hang họp. Toàn huyện có 12 xã.", patterns)
    >>> places = find_places(view, find_sentences(view, (), patterns), patterns)
    >>> places.province, [(place.name, place.code, place.rule) for place in places.mentions]
    ('08', [('Na Hang', '072', 'named'), ('Na Hang', '072', 'relative')])
    """
    words = patterns.compiled(PlaceWords)
    mentions, national = find_mentions(view, sentences, words)
    titles = title_sentences(view, sentences, title)
    resolver = Resolver(view, sentences, mentions, words, patterns.compiled(Papers), published=published, titles=titles)
    verdict = resolver.verdict(outlet=outlet, national=national)
    namer = Namer(view, resolver, verdict.province)
    named = {at: scope for at in range(len(mentions)) if (scope := namer.named(at)) is not None}
    home, home_rule = find_home(namer, verdict, named)
    reader = Reader(view, namer, named, home)
    scopes = beside_parts(reader.in_force(), words, view)
    return Places(
        tuple(reader.record(scope) for scope in scopes),
        tuple(reader.lists(scopes)),
        verdict.province,
        verdict.rule,
        verdict.evidence,
        home,
        home_rule,
    )


def title_sentences(view: View, sentences: Sequence[Sentence], title: str | None) -> frozenset[int]:
    """The sentences that are the article's title: the headings at its top, and where `title` stands."""
    found: set[int] = set()
    if title:
        start = view.text.find(title.strip(), 0, HEAD)
        end = start + len(title.strip()) if start >= 0 else 0
        found = {at for at, sentence in enumerate(sentences[:40]) if sentence.start < end and sentence.end > start}
        if found:
            return frozenset(found)
    for at, sentence in enumerate(sentences[:OPENING]):
        if sentence.heading:
            found.add(at)
        elif found or at:
            break
    return frozenset(found)


def sort_by_type(scopes: Iterable[PlaceScope]) -> dict[tuple[str, str | None], list[PlaceScope]]:
    """The places that are named with a type word, by level and type."""
    found: dict[tuple[str, str | None], list[PlaceScope]] = {}
    for scope in scopes:
        if scope.kind == "named" and not scope.aside:
            found.setdefault((scope.level, scope.type), []).append(scope)
    return found


class Reader:
    """Goes through an article with the places named last."""

    def __init__(self, view: View, namer: Namer, named: Mapping[int, PlaceScope], home: PlaceScope) -> None:
        self.view = view
        self.namer = namer
        self.home = home
        self.words = namer.words
        self.gazetteer = namer.gazetteer
        self.mentions = namer.mentions
        self.parent = namer.resolver.parent
        self.named = named
        self.by_type = sort_by_type(named.values())

    def in_force(self) -> list[PlaceScope]:
        """All scopes; "toàn huyện" stands for the district named last, or the one the article is about."""
        last: Last = {}
        scopes: list[PlaceScope] = []
        parents = {above for above in self.parent if above is not None}
        for at, mention in enumerate(self.mentions):
            scope = self.named.get(at)
            if mention.kind == "relative":
                scope = self.relative(mention, last)
            if scope is None:
                continue
            if scope.level == "village" and scope.kind == "named":
                above = self.parent[at]
                if above is not None and above in self.named and self.named[above].level == "commune":
                    scope = scope._replace(place=f"{scope.place}, {self.named[above].place}", above=self.named[above])
            scopes.append(scope)
            if scope.kind in ("named", "bare") and not scope.aside and not mention.entity:
                if at not in parents:  # what was named in another place is over
                    last = {key: place for key, place in last.items() if self.may_hold(scope, place)}
                last[scope.level, None] = last[scope.level, scope.type] = scope
                if scope.level == "province" and len(scopes) > 1 and self.same_list(scopes[-2], scope, scopes[-2].end):
                    del last["province", None], last["province", scope.type]  # "tỉnh" is none of several
        return scopes

    def may_hold(self, high: PlaceScope, low: PlaceScope) -> bool:
        """Whether a place is no lower than `high`, or may lie in it."""
        if UP[low.level] >= UP[high.level]:
            return True
        unit = self.gazetteer.unit(NEW if low.late else OLD, low.code)
        if high.level == "district" and low.level == "commune" and unit and high.code:
            return unit.parent == high.code
        return high.level in ("district", "province") and low.province == high.province

    def relative(self, mention: Mention, last: Last) -> PlaceScope | None:
        """The place a type word without a name stands for: the last of its level and type, or the article's own."""
        target = None
        if mention.level != "province":
            level = "district" if mention.level == "city" else mention.level
            type_ = self.words.type_of(self.view.folded[mention.start : mention.end])
            for place in (last.get((level, type_)), last.get((level, None)), self.home):
                if place and place.level == level and (level == "village" or place.type in (None, type_)):
                    target = place
                    break
            target = target or self.only(level, type_)
        elif (province := last.get(("province", None))) and not self.is_merged(mention):
            near = mention.sentence - province.sentence <= 1  # only just after another province it is that one
            target = province if near or self.namer.province in (None, "VN") else None
        if target is None and (mention.level == "province" or (mention.level == "city" and self.namer.is_city())):
            target = self.namer.own_province()
        if target is None:
            return None
        return target._replace(
            start=mention.start, end=mention.end, kind="relative", strong=mention.strong,
            aside=mention.aside, locative=mention.locative, apart=mention.apart, topic=mention.topic,
            caption=mention.caption, sentence=mention.sentence,
        )  # fmt: skip

    def is_merged(self, mention: Mention) -> bool:
        """Whether "tỉnh mới" is said, which is the one that came out of the merger."""
        return self.namer.resolver.late and self.words.stands_after(self.view, mention.end, "new_unit")

    def only(self, level: str, type_: str | None) -> PlaceScope | None:
        """The one place of a level and type that the article names, be it further on."""
        found = self.by_type.get((level, type_), [])
        return found[0] if len({scope.code or scope.place for scope in found}) == 1 else None

    def lists(self, scopes: Sequence[PlaceScope]) -> list[PlaceScope]:
        """Scopes with the places of a list taken together, and without the parents of what stands before them."""
        folded = self.view.folded
        parents = {self.mentions[above].start for above in self.parent if above is not None}
        groups: list[list[PlaceScope]] = []
        end = 0  # of the last place of the list with what it lies in
        for scope in scopes:
            joined = (
                bool(groups) and scope.kind in ("named", "bare", "rest") and groups[-1][-1].kind in ("named", "bare")
            )
            if joined and scope.start in parents and self.words.inside.fullmatch(folded, end, scope.start):
                pass
            elif joined and self.same_list(groups[-1][-1], scope, end):
                groups[-1].append(scope)
            else:
                groups.append([scope])
            end = scope.end
        return [self.group(group) for group in groups]

    def same_list(self, last: PlaceScope, scope: PlaceScope, end: int) -> bool:
        """Whether a place goes on with a list: of the same level, or joined by more than a comma below provinces."""
        if not self.words.joint.fullmatch(self.view.folded, end, scope.start):
            return False
        if last.aside != scope.aside:
            return False
        if last.level == scope.level:
            return last.code != scope.code or last.code is None
        bare = self.view.folded[end : scope.start].strip() in (",", "")
        return not bare and "province" not in (last.level, scope.level)

    def group(self, group: Sequence[PlaceScope]) -> PlaceScope:
        """One scope for a list of places; its province is the one they share, else VN."""
        if len(group) == 1:
            return group[0]
        provinces = {scope.province for scope in group}
        first, last = group[0], group[-1]
        text = self.view.text[first.start : last.end]
        level = max((scope.level for scope in group), key=lambda level: UP[level])
        return first._replace(
            end=last.end, place=text, province=provinces.pop() if len(provinces) == 1 else "VN",
            level="region" if level == "province" else level, code=None, members=tuple(group),
            aside=all(scope.aside for scope in group), topic=2 if first.topic == 2 else 0,
        )  # fmt: skip

    def record(self, scope: PlaceScope) -> Place:
        """A scope as the public record of a mention."""
        unit = self.gazetteer.unit(NEW if scope.late else OLD, scope.code)
        text = self.view.text[scope.start : scope.end]
        name = (
            unit.name if unit else self.gazetteer.province_name(scope.province) if scope.level == "province" else None
        )
        return Place(
            scope.start, scope.end, text, scope.level, name or scope.place, scope.province, scope.code, scope.kind
        )
