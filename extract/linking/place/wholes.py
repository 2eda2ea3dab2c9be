"""Where does an article come back to the whole without naming it: to what it is about, or to the State's own rule?

"Toàn ngành", "các địa phương", "ngành phấn đấu" and the meeting that the article reports speak of what it is about;
"được Nhà nước hỗ trợ 30% mức đóng" is a rule of the whole country.
"""

from __future__ import annotations

import re

from extract.finding.place.gazetteer import UP
from extract.linking.scope import Scope
from extract.patterns import Patterns
from extract.reading.surfaces import any_of, at_word_forms, longest_first, whole_word
from extract.records import Level

REPORTED = 4  # sentences of an article in which the meeting stands that it reports
LEAD = 160  # characters of a sentence in which its subject is looked for
RULE = 200  # characters before and behind a share in which is told who pays it, and of what
PAUSE = re.compile(r"[,:;] ")


class WholeWords:
    """The words of `places.toml` that speak of a whole without its name."""

    def __init__(self, patterns: Patterns) -> None:
        surfaces = patterns.sections("places.toml")
        lists = {name: any_of(surfaces[name]) for name in NAMES}
        self.whole_trade = re.compile(whole_word(surfaces["whole_trade"]))
        trade = rf"{lists['trade']} (?:(?:[^\W\d_]+ ){{0,4}}{lists['intends']}|{lists['acts']})"
        self.opens = re.compile(rf"(?:{trade}|{lists['all_members']})(?!\w)")
        self.communes = re.compile(rf"{lists['all_communes']}(?!\w)")
        self.meeting = re.compile(rf"(?:{lists['at_meeting']} )?(?P<meeting>{lists['meeting']})(?!\w)")
        run = r"(?: [^\s,;.:()\d]+)"
        self.bodies = re.compile(rf"{lists['body']}{run}{{0,4}} {lists['intends']}(?!\w)")
        self.everywhere = re.compile(rf"{lists['everywhere']}(?!\w)")
        self.turn = re.compile(rf"{lists['turn']}(?!\w)")
        self.turn_not = re.compile(rf"(?<!\w)(?P<many>{lists['turn_many']} )?{lists['turn_not']}(?!\w)")
        gives = [rf"{word}{run}{{0,6}} {lists['state_of']}" for word in longest_first(surfaces["state_gives"])]
        state = [*longest_first(surfaces["state_pays"]), *gives]
        self.payer = re.compile(rf"{at_word_forms([*state, *longest_first(surfaces['other_pays'])])}(?!\w)")
        self.state = re.compile(rf"(?:{'|'.join(state)})(?!\w)")
        self.paid = re.compile(whole_word(surfaces["paid"]))


NAMES = (
    "trade", "intends", "acts", "whole_trade", "all_members", "all_communes", "at_meeting", "meeting", "state_pays",
    "other_pays", "paid", "body", "everywhere", "turn", "turn_not", "turn_many", "state_gives", "state_of",
)  # fmt: skip


class Wholes:
    """Tells where one article comes back to a whole."""

    def __init__(self, scope: Scope, words: WholeWords) -> None:
        self.scope = scope
        self.folded = scope.view.folded
        self.words = words
        self.reported = scope.sentences[min(REPORTED, len(scope.sentences)) - 1].end if scope.sentences else 0

    def is_everywhere(self, at: int) -> bool:
        """Whether those act in a sentence who do so everywhere ("đoàn kiểm tra liên ngành")."""
        return any(self.words.everywhere.match(self.folded, start) for start in self.openings(at))

    def openings(self, at: int) -> list[int]:
        """Where a sentence and the parts at its front begin."""
        sentence = self.scope.sentences[at]
        end = min(sentence.end, sentence.start + LEAD)
        return [sentence.start, *(pause.end() for pause in PAUSE.finditer(self.folded, sentence.start, end))]

    def turns(self, at: int) -> bool:
        """Whether a paragraph that begins with sentence `at` turns to all, and goes on with nobody of before."""
        sentence = self.scope.sentences[at]
        if not self.words.turn.match(self.folded, sentence.start):
            return False
        end = min(sentence.end, sentence.start + LEAD)
        return all(found["many"] for found in self.words.turn_not.finditer(self.folded, sentence.start, end))

    def comes_back(self, at: int, held: Level, *, person: bool) -> bool:
        """Whether a sentence speaks of what the article is about where a lower place, or a person's, is in force."""
        sentence, words = self.scope.sentences[at], self.words
        end = min(sentence.end, sentence.start + LEAD)
        if words.whole_trade.search(self.folded, sentence.start, end):
            return True
        opens = not at or self.scope.sentences[at - 1].paragraph != sentence.paragraph
        meeting = words.meeting.match(self.folded, sentence.start) if opens else None
        if meeting and self.folded.find(meeting["meeting"], 0, self.reported) >= 0:
            return True
        lower = UP[held] <= UP["commune"]
        return any(
            words.opens.match(self.folded, start)
            or (person and words.bodies.match(self.folded, start))
            or (lower and words.communes.match(self.folded, start))
            for start in self.openings(at)
        )

    def is_states_rule(self, index: int) -> bool:
        """Whether a percentage is what the State pays of a contribution."""
        quantity = self.scope.quantities[index]
        if quantity.kind != "percent":
            return False
        sentence = self.scope.sentences[self.scope.sentence_of[index]]
        start, end = max(sentence.start, quantity.start - RULE), min(sentence.end, quantity.end + RULE)
        payers = list(self.words.payer.finditer(self.folded, start, quantity.start))
        if not payers or not self.words.state.match(self.folded, payers[-1].start(), quantity.start):
            return False
        return self.words.paid.search(self.folded, start, end) is not None
