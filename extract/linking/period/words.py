"""Which words tell how a term and a figure belong together? The sections of `periods.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from extract.finding.term.anchor import compile_target
from extract.patterns import Patterns
from extract.reading.surfaces import any_of, at_word, at_word_forms, longest_first, whole_word

NEAR = 300  # characters looked back at for a sentence's status


class PeriodWords:
    """Patterns over folded text. Those that end at a place are given a slice that ends there."""

    def __init__(self, patterns: Patterns) -> None:
        sections = patterns.sections("periods.toml")
        self.set_roles(sections)
        self.set_trailing(sections["trailing"])
        self.set_defaults(sections)
        self.set_occasions(sections["occasion"])
        self.set_topics(sections["topic"], sections["frame"]["sayers"])

    def set_roles(self, sections: Mapping[str, Any]) -> None:
        """What the words around a term make of it."""
        comparison, inert, frame = sections["comparison"], sections["inert"], sections["frame"]
        gap = r"(?:[^,;:()\n]|(?<=\d),(?=\d)){0,40}\Z"
        results, plans = any_of(comparison["results"]), whole_word(comparison["plans"])
        self.compared = re.compile(rf"{whole_word(comparison['before'])}{gap}|{results}[^,;:()\n]{{0,40}}{plans}{gap}")
        self.adjacent = re.compile(rf"{whole_word(comparison['adjacent'])} \Z")
        self.directly = re.compile(rf"{whole_word(comparison['before'])} \Z")
        self.comparing = re.compile(whole_word(comparison["before"]))
        self.against = re.compile(rf"{whole_word(comparison['against'])}(?: \w+){{0,2}} \Z")
        self.document = re.compile(rf"{whole_word(inert['documents'])}[^;:()\n]{{0,60}}\Z")
        self.purpose = re.compile(rf"{whole_word(inert['purposes'])} \Z")
        self.resolution = re.compile(whole_word(inert["documents"]))
        self.of = re.compile(rf",? {any_of(inert['of'])}(?!\w)")
        self.founded = re.compile(rf"{whole_word(inert['events'])} (?:{any_of(inert['prepositions'])} )?\Z")
        self.begun = re.compile(rf" {any_of(inert['begun'])} (?:[^\W\d]+ )?(?=\d)")
        saying = rf"(?:.*(?<!\w){any_of([*frame['sayers'], *frame['then'], *frame['contrasts'], *frame['buts']])})?"
        opens = whole_word([*frame["openers"], *frame["recalls"]])
        self.opening = re.compile(rf"{saying}\s*-?(?: ?{opens})*\s*\Z", re.DOTALL)
        parted = rf"(?: {any_of(frame['openers'])}){{0,2}} \Z"
        self.then = re.compile(whole_word(frame["then"]))
        self.parting = re.compile(whole_word(frame["parts"]) + parted)
        self.other = re.compile(whole_word([*frame["contrasts"], *frame["buts"]]))
        self.contrast = re.compile(whole_word(frame["contrasts"]) + parted)
        self.level = re.compile(rf" ?,|\)? {any_of(frame['levels'])}(?!\w)")
        self.stands = re.compile(rf",? {any_of(frame['refers'])}(?!\w)| (?:{any_of(frame['stands'])}(?!\w)|(?=\d))")
        self.mean = re.compile(whole_word(frame["means"]))
        self.yearly = re.compile(rf" {any_of(frame['yearly'])}(?!\w)")
        self.summed = re.compile(rf"{any_of(sections['report']['sums'])}(?!\w)")
        self.tallied = re.compile(whole_word(sections["report"]["tallies"]))
        self.report = re.compile(whole_word(sections["report"]["nouns"]))
        self.review = re.compile(whole_word(sections["report"]["reviews"]))
        self.crop = re.compile(rf"{any_of(sections['report']['crops'])}(?!\w)")
        self.same = re.compile(rf"{any_of(comparison['same'])}(?!\w)")

    def set_trailing(self, trailing: Mapping[str, Any]) -> None:
        """What ties a term to the figure before it."""
        strong = any_of(trailing["strong"])
        self.strong = re.compile(rf"{at_word(trailing['strong'])} \Z")
        self.strong_start = re.compile(f"{strong} ")
        ends = "".join(rf"(?<!{re.escape(word)} )" for word in trailing["bounds"])
        self.turn = re.compile(rf"(?<!\w){ends}{any_of(trailing['turns'])}(?!\w)")
        self.old = re.compile(rf"{at_word(trailing['from'])} (?:\w+ ){{0,2}}\Z")
        self.joint = re.compile(whole_word(trailing["joints"]))

    def set_defaults(self, sections: Mapping[str, Any]) -> None:
        """What a figure without a term is: a state or a deed; and its status where no cues say it."""
        state, status = sections["state"], sections["status"]
        self.states = frozenset(state["states"])
        self.verb = re.compile(whole_word([*state["states"], *state["deeds"]]))
        self.stock = re.compile(rf"{at_word(state['stocks'])} (?:\w+ ){{0,1}}\Z")
        falls = "".join(rf"(?<!{re.escape(word)} )" for word in state["falls"])
        self.rest = re.compile(rf"(?<!\w){falls}{any_of(state['rests'])} (?:\w+ ){{0,1}}\Z")
        self.land = re.compile(rf"{whole_word(state['lands'])}[^,;:.()]{{0,60}} (?:là )\Z")
        going = rf"{at_word(state['going'])} (?:\w+ ){{1,4}}"
        self.present = re.compile(rf"(?:{going}|{at_word(state['present'])} (?:\w+ ){{0,2}})\Z")
        sizes = [*state["fills"], *state["stocks"]]
        self.extent = re.compile(rf"{at_word(state['extents'])} (?:{any_of(sizes)} ){{0,2}}\Z")
        self.total = re.compile(
            rf"{whole_word(state['totals'])}[^,;:.()]{{0,80}} {any_of(state['raised'])} (?:\w+ ){{0,1}}\Z"
        )
        self.outcome = re.compile(rf"{any_of(state['outcomes'])}(?!\w)")
        self.herd = re.compile(rf"{any_of(state['herds'])}(?!\w)")
        self.yielded = re.compile(whole_word(state["yields"]))
        self.prices = frozenset(state["prices"])
        self.measures = frozenset(state["measures"])
        self.whole = re.compile(rf"{at_word(state['wholes'])} (?:\w+ ){{0,2}}\Z")
        self.flow = re.compile(whole_word(state["flows"]))
        self.happening = re.compile(rf" (?:\w+ ){{0,1}}{any_of(state['happenings'])}(?!\w)")
        self.plan = re.compile(rf"{at_word(state['plans'])} ?\(?(?:\w+ )?\Z")
        self.rate = re.compile(rf" {any_of(state['rates'])}\Z")
        self.entitled = re.compile(rf"{at_word(state['entitlements'])} (?:\w+ )?\Z")
        self.criterion = re.compile(whole_word(status["criterion"]))
        self.limit = re.compile(whole_word(status["limits"]))
        self.done = re.compile(whole_word(status["reported"]))
        self.target = compile_target(status)

    def set_occasions(self, occasion: Mapping[str, Any]) -> None:
        """What was done at a meeting, who came to it, and what names it."""
        self.meeting = re.compile(rf"{at_word(occasion['prepositions'])} {any_of(occasion['meetings'])}(?!\w)")
        self.occasion = re.compile(rf"\W*{any_of(occasion['openers'])}(?!\w)")
        self.attending = re.compile(rf"\W*(?:\w+ ){{0,3}}{whole_word(occasion['attending'])}")
        self.attended = re.compile(rf"{any_of(occasion['with'])} {any_of(occasion['attending'])}(?!\w)")
        congress, electing = any_of(occasion["congresses"]), any_of(occasion["electing"])
        self.elected = re.compile(rf"\W*(?:\w+ ){{0,2}}{congress}(?!\w)[^;:.\n]{{0,60}}(?<!\w){electing}(?!\w)")
        self.session = re.compile(rf"{at_word(occasion['sessions'])}(?!\w)(?! {any_of(occasion['first'])}(?!\w))")
        self.held = re.compile(whole_word(occasion["held"]))
        named, convening = any_of(occasion["named"]), any_of(occasion["convening"])
        self.named = re.compile(rf"{at_word(occasion['named'])}(?!\w)[^;:.\n]*\Z")
        self.convening = re.compile(rf"[^;:.()\n]{{0,40}}(?<!\w){convening}(?!\w)")
        self.convened = re.compile(rf"(?<!\w){convening} (?:\w+ ){{0,2}}{named}(?!\w)")
        self.held_on = re.compile(rf"(?<!\w){convening}(?: \w+){{0,2}} \Z")
        joined = rf"[^;:.()\n]{{0,80}}(?<!\w){any_of(occasion['with'])} (?:\w+ )?(?=\d)"
        self.opened = re.compile(rf"(?<!\w){convening}(?!\w){joined}")
        self.passed = re.compile(rf"{whole_word(occasion['passing'])}(?: \w+){{0,1}} \Z")
        self.voted = re.compile(rf"{at_word(occasion['voted'])}(?: \w+){{0,1}} \Z")
        self.inaugural = re.compile(rf"{at_word(occasion['sessions'])} {any_of(occasion['first'])}(?!\w)")
        self.agreed = re.compile(whole_word(occasion["agreeing"]))
        self.delegates = re.compile(rf" (?:\w+ )?{any_of(occasion['delegates'])}(?!\w)")
        self.represented = re.compile(rf"{whole_word(occasion['represented'])}")
        self.gathering = re.compile(whole_word(occasion["meetings"]))
        self.deed = re.compile(whole_word(occasion["deeds"]))

    def set_topics(self, topic: Mapping[str, Any], sayers: Iterable[str]) -> None:
        """What a sentence goes on with, and whose affairs it tells."""
        self.office = re.compile(whole_word(topic["office"]))
        self.contest = re.compile(whole_word(topic["contests"]))
        self.seated = re.compile(whole_word(topic["seated"]))
        self.election = re.compile(whole_word(topic["elections"]))
        self.chosen = re.compile(rf"{whole_word(topic['choosing'])}(?: \w+){{0,3}} \Z")
        self.voting = re.compile(whole_word(topic["voting"]))
        self.members = re.compile(whole_word(topic["members"]))
        self.previous = re.compile(whole_word(topic["previous"]))
        self.earlier = re.compile(whole_word(topic["former"]))
        self.continuing = re.compile(rf"\W*{any_of(topic['continuing'])}(?!\w)")
        self.part = re.compile(whole_word(topic["continuing"]))
        self.selves = frozenset(topic["selves"])
        people = [rf"{word} (?=\w)" for word in longest_first(topic["people"])]
        selves = [rf"{word}(?!\w)" for word in longest_first(topic["selves"])]
        self.person = re.compile(at_word_forms([*people, *selves]))
        self.source = re.compile(rf"{at_word(topic['sources'])} \Z")
        self.homonym = re.compile(rf"{any_of(topic['homonyms'])}(?!\w)")
        self.sayer = re.compile(whole_word(sayers))
        self.teller = re.compile(whole_word(topic["telling"]))
        self.petition = re.compile(whole_word(topic["petitions"]))

    def former(self, text: str) -> bool:
        """Whether a term of office is over: "khóa trước"."""
        return self.earlier.search(text.lower()) is not None

    def is_target(self, folded: str, start: int, end: int) -> bool:
        """Whether a word of target stands between two places, and not as "hoàn thành mục tiêu"."""
        found = self.target.finditer(folded, max(start, end - NEAR), end)
        return any(match["fulfilled"] is None for match in found)

    def status(self, folded: str, start: int, end: int) -> str | None:
        """What the words between two places make of the figure after them; None where nothing tells."""
        start = max(start, end - NEAR)
        if self.criterion.search(folded, start, end):
            return "criterion"
        if self.is_target(folded, start, end):
            return "target"
        return "reported" if self.done.search(folded, start, end) else None
