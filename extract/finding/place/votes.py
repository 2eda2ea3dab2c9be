"""Which province is an article about, and which place bears a name that several bear? The whole article decides.

Every named place votes for the provinces it may lie in; the title, the paper and names that occur once in the country
weigh more. Below a margin nothing is guessed: the province stays None.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.finding.place.context import Mention
from extract.finding.place.gazetteer import FORMER, MERGER, NEW, OLD, UP, Gazetteer, Unit
from extract.finding.place.papers import Paper, Papers
from extract.finding.place.words import PlaceWords
from extract.records import Sentence, View

Votes = dict[str, float]

WEIGHT = {"province": 3.0, "city": 2.5, "district": 2.0, "commune": 1.0, "site": 1.0}
MARGIN = 1.5  # the best province must have so many times the votes of the next
FLOOR = 0.85  # and so many at least: one commune that occurs once in the country
OUTLET = 4.0
LOCAL = 2.0  # for the place that a local story begins with
LEAD = 5  # sentences in which it begins
SOURCE = 3.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The province of an article, how that was found, and what spoke for it."""

    province: str | None  # 63-list, VN, or None where it cannot be told
    rule: str | None  # heading, article, outlet
    evidence: tuple[str, ...]  # "tỉnh Lai Châu 3.0", strongest first
    district: str | None = None  # code, where the paper is a district's own


class Resolver:
    """The candidates of every mention, and what they say together."""

    def __init__(
        self,
        view: View,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        words: PlaceWords,
        papers: Papers,
        *,
        published: str | None = None,
        titles: frozenset[int] = frozenset(),
    ) -> None:
        self.view = view
        self.sentences = sentences
        self.mentions = mentions
        self.words = words
        self.papers = papers
        self.gazetteer: Gazetteer = words.gazetteer
        self.published = published or ""
        self.late = published >= MERGER[: len(published)] if published else words.speaks_after_merger(view.folded)
        self.titles = titles
        self.provincial = self.find_provincial()
        self.units = [self.candidates(mention) for mention in mentions]
        self.parent = self.find_parents()
        self.restrict()
        self.typed: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.kind == "named":
                self.typed[mention.name].add(mention.level)

    def candidates(self, mention: Mention) -> list[Unit]:
        """The places of the gazetteer a mention may mean, by its name, level and date."""
        if not mention.name:
            return []
        if mention.level == "site":
            return self.site(mention.name)
        units = self.gazetteer.named(mention.name)
        if mention.level == "city":
            cities = [unit for unit in units if unit.level == "province" and unit.type == self.words.city]
            towns = [unit for unit in units if unit.level == "district"]
            later = [unit for unit in units if unit.level == "province" and unit.list == NEW]
            if self.words.is_late_city(mention.name, self.published) or not (cities or towns):
                units = cities or later or [unit for unit in units if unit.level == "province"]
            else:
                units = cities if cities and not (towns and self.is_town(towns)) else towns
        else:
            units = [unit for unit in units if unit.level == mention.level]
        first = [unit for unit in units if (unit.list == NEW) == self.late and unit.list != FORMER]
        second = [unit for unit in units if unit.list == OLD]
        if mention.kind == "named":
            type_ = self.words.type_of(self.view.folded[mention.start : mention.end])
            same = [unit for unit in first or second or units if unit.type == type_]
            if same:
                return same
        return first or second or units

    def site(self, name: str) -> list[Unit]:
        """The province in the name of an industrial zone ("khu công nghiệp VSIP Nghệ An")."""
        words = name.split(" ")
        for start in range(1, len(words)):
            units = [unit for unit in self.gazetteer.named(" ".join(words[start:])) if unit.level == "province"]
            if units:
                return units
        return []

    def is_town(self, units: Sequence[Unit]) -> bool:
        """Whether a city of a province's name means the town in it, as Huế did until 2025."""
        if self.late:
            return False
        return None in self.provincial or any(unit.province in self.provincial for unit in units)

    def find_provincial(self) -> set[str | None]:
        """The provinces that the article calls a province and no city; None for "toàn tỉnh"."""
        found: set[str | None] = set()
        for mention in self.mentions:
            if mention.level == "province" and mention.kind == "relative":
                found.add(None)
            elif mention.level == "province" and mention.kind == "named":
                found |= {unit.province for unit in self.gazetteer.named(mention.name) if unit.level == "province"}
            elif mention.level == "province" and mention.kind == "bare":
                units = self.gazetteer.named(mention.name)
                if all(unit.level == "province" for unit in units):  # "Thừa Thiên Huế", which no town is called
                    found |= {unit.province for unit in units}
        return found

    def find_parents(self) -> list[int | None]:
        """For each mention, the next one where it is what the place lies in ("xã A (Lâm Bình)", "xã A, huyện B")."""
        parents: list[int | None] = [None] * len(self.mentions)
        for at in range(len(self.mentions) - 1):
            low, high = self.mentions[at], self.mentions[at + 1]
            if not high.name or not (low.name or low.level == "village") or high.start - low.end > 12:
                continue
            if self.rank(low) < self.rank(high) and self.words.inside.fullmatch(self.view.folded, low.end, high.start):
                parents[at] = at + 1
        for at in range(len(self.mentions) - 2, -1, -1):  # the earlier items of a list lie where the last one lies
            item, last = self.mentions[at], self.mentions[at + 1]
            if last.listed and parents[at] is None and item.level == last.level and item.kind == "named":
                parents[at] = parents[at + 1]
        return parents

    def rank(self, mention: Mention) -> int:
        """How high a place is; a city stands with the districts unless it is a province."""
        return UP[mention.level]

    def restrict(self) -> None:
        """Narrows the candidates of places that are named with what they lie in."""
        for at in range(len(self.mentions) - 1, -1, -1):
            above = self.parent[at]
            if above is None or not self.units[above]:
                continue
            pairs = [(low, high) for low in self.units[at] for high in self.units[above] if self.lies_in(low, high)]
            if pairs:
                self.units[at] = unique(low for low, _ in pairs)
                self.units[above] = unique(high for _, high in pairs)
            elif self.mentions[above].kind == "named" or self.units[at]:
                self.units[at] = []

    def lies_in(self, low: Unit, high: Unit) -> bool:
        """Whether a place lies in another."""
        if high.level == "province":
            return low.province == high.province or (high.list == NEW and self.merged(low.province) == high.code)
        return low.province == high.province and (
            (low.list == high.list and low.parent == high.code) or low.list != high.list
        )

    def merged(self, province: str | None) -> str | None:
        """Code in the 34-list of what became of a province."""
        after = self.gazetteer.province_2025(province)
        return after[0] if after else None

    def provinces(self, at: int) -> list[str]:
        """The provinces the candidates of a mention lie in; where it has none, those of what it lies in."""
        here = sorted({unit.province for unit in self.units[at] if unit.province})
        above = self.parent[at]
        return here or (self.provinces(above) if above is not None else [])

    # -- the article's province

    def votes(self) -> tuple[Votes, Votes]:
        """The votes for each province, and what each name as written brought to the evidence."""
        votes: Votes = defaultdict(float)
        evidence: Votes = defaultdict(float)
        seen: Counter[tuple[str, str]] = Counter()
        above = {parent for parent in self.parent if parent is not None}
        for at, mention in enumerate(self.mentions):
            provinces = self.provinces(at)
            if not provinces or mention.level not in WEIGHT:
                continue
            weight = WEIGHT[mention.level]
            if mention.kind == "bare":
                if mention.level == "commune":
                    continue
                weight *= 0.5 if mention.level == "district" else 0.8
            passing = mention.entity or mention.aside or mention.venue or (mention.bracketed and at not in above)
            weight *= (0.3 if passing else 1.0) * (0.5 if mention.caption else 1.0)
            weight *= 2.0 if self.in_title(mention) else 1.0
            seen[mention.name, mention.level] += 1
            weight /= seen[mention.name, mention.level] ** 0.5
            for province in provinces:
                votes[province] += weight / len(provinces)
            evidence[self.view.text[mention.start : mention.end]] += weight
        if (lead := self.local_lead()) is not None:
            votes[self.provinces(lead)[0]] += LOCAL
            evidence[self.view.text[self.mentions[lead].start : self.mentions[lead].end]] += LOCAL
        return votes, evidence

    def local_lead(self) -> int | None:
        """A place that the first sentences name with what it lies in and not with its province, as local papers do."""
        for at, mention in enumerate(self.mentions):
            if mention.sentence >= LEAD:
                return None
            if mention.kind == "named" and self.parent[at] is not None and not mention.aside:
                own = self.provinces(at)
                named = any(
                    own == self.provinces(other)
                    for other, high in enumerate(self.mentions)
                    if high.level in ("province", "city") and high.name
                )
                return at if len(own) == 1 and not named else None
        return None

    def in_title(self, mention: Mention) -> bool:
        """Whether the article's title names a place."""
        return mention.sentence in self.titles and not mention.entity and not mention.caption

    def verdict(self, *, outlet: str | None, national: int) -> Verdict:
        """The article's province."""
        votes, evidence = self.votes()
        by_text = dict(votes)
        own = self.paper_votes(outlet)
        for paper, weight in own.items():
            votes[paper.province] += weight
            evidence[paper.name] += weight
        shown = tuple(
            f"{name} {weight:.1f}" for name, weight in sorted(evidence.items(), key=lambda kv: (-kv[1], kv[0]))
        )
        national += sum(mention.kind in ("country", "region") and not mention.aside for mention in self.mentions)
        relative = sum(
            mention.kind == "relative" and mention.level in ("province", "city", "district")
            for mention in self.mentions
        )
        best = sorted(votes.items(), key=lambda kv: (-kv[1], kv[0]))
        if best:
            (first, most), second = best[0], (best[1][1] if len(best) > 1 else 0.0)
            in_title = any(
                self.in_title(mention) and self.provinces(at) == [first] for at, mention in enumerate(self.mentions)
            )
            clear = most >= FLOOR and most >= MARGIN * second
            weak = not in_title and not own and not relative and most < 4.0 and national >= 2
            if clear and not weak:
                rule = "heading" if in_title else "article" if by_text.get(first, 0.0) >= FLOOR else "outlet"
                portals = [paper.district for paper in own if paper.district and paper.province == first]
                return Verdict(first, rule, shown[:8], portals[0] if portals else None)
        if national > 2 * relative or (len(votes) > 2 and not relative and national):
            return Verdict("VN", "article", shown[:8])
        return Verdict(None, None, shown[:8])

    def paper_votes(self, outlet: str | None) -> dict[Paper, float]:
        """The provincial papers that speak for their province, each once."""
        votes: dict[str, tuple[Paper, float]] = {}
        if outlet and (own := self.papers.province(outlet)):
            votes[own.name] = own, OUTLET
        for paper in self.papers.find(self.view):
            votes.setdefault(paper.name, (paper, SOURCE))
        return dict(votes.values())


def unique(units: Iterable[Unit]) -> list[Unit]:
    """Units in order, each once."""
    return list(dict.fromkeys(units))
