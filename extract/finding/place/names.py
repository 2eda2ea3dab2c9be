"""Where does the name after a type word end, and what else is capitalised: a person, an abbreviation, a company?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.finding.place.gazetteer import UP
from extract.finding.place.words import PlaceWords, Word
from extract.records import Span, View

LETTERS = re.compile(r"[^\W\d_][\w']*(?:-[^\W\d_][\w']*)?")
PROVINCIAL = ("province", "city")


class NameReader:
    """Reads names in one article; `names` are those of the gazetteer with their ends."""

    def __init__(self, view: View, words: PlaceWords, names: Mapping[int, int]) -> None:
        self.view = view
        self.words = words
        self.names = names

    def name_end(self, start: int, word: Word, *, listed: bool = False, plural: bool = False) -> int:
        """Where the name of a place of `word`'s level that starts at `start` ends; 0 where there is none."""
        view = self.view
        if numbered := self.number_end(start, word, listed=listed, plural=plural):
            return numbered
        known = self.names.get(start, 0)
        if known and listed and not plural and self.is_higher(view.folded[start:known], word.level):
            return 0  # not the next of a list but what the place lies in ("huyện A, B")
        if known and not self.fits(view.folded[start:known], word.level):
            known = 0
        run = capital_run(view.text, start)
        if not run:
            return known
        whole = run[-1][1]
        if known <= run[0][1] and self.is_person(run):
            return 0
        if known >= whole or (known and (word.level in (*PROVINCIAL, "district") or listed)):
            return known
        if known:  # more capitals follow: a person's name, or a longer name than the gazetteer's
            rest = [view.folded[a:b] for a, b in run if a > known]
            return whole if len(rest) == 1 and word.level in ("village", "site") else known
        if word.level in PROVINCIAL or (listed and not plural) or word.role == "office":
            return 0
        first = view.text[run[0][0] : run[0][1]]
        if len(first) > 1 and first.isupper() and not self.lies_somewhere(word):
            return 0  # an abbreviation ("xã NTM")
        return 0 if self.is_person(run, listed=listed) else self.with_digit(whole)

    def lies_somewhere(self, word: Word) -> bool:
        """Whether something is said to lie in an industrial zone, so that capitals are its name ("tại KCN VSIP")."""
        return word.level == "site" and self.words.stands_before(self.view, word.start, "at")

    def number_end(self, start: int, word: Word, *, listed: bool, plural: bool) -> int:
        """The end of a number that serves as a name ("quận 1", "thôn 8A"), with a name after it; else 0."""
        if word.role != "type" or (listed and not plural) or not (word.level == "village" or self.numbers(word)):
            return 0
        match = self.words.number.match(self.view.text, start)
        if match is None or self.words.amount.match(self.view.folded, match.end()):
            return 0
        if word.level != "village" and match[0] not in self.words.gazetteer.names:
            return 0
        end = match.end()
        if word.level != "village" and (run := capital_run(self.view.text, end + 1, 3)):
            return run[-1][1] if self.view.folded[start : run[-1][1]] in self.words.gazetteer.names else end
        if word.level == "village" and self.view.text[end : end + 1] == " ":
            run = capital_run(self.view.text, end + 1, 3)
            end = run[-1][1] if run and not self.is_person(run) else end
        return end

    def numbers(self, word: Word) -> bool:
        """Whether places of this type are numbered."""
        return self.view.folded[word.start : word.end] in self.words.numbered

    def with_digit(self, end: int) -> int:
        """`end`, behind a single digit that belongs to the name ("xã Tân An 2")."""
        text = self.view.text
        digit = (
            text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit() and not text[end + 2 : end + 3].isalnum()
        )
        return end + 2 if digit and text[end + 2 : end + 3] not in " %" else end

    def fits(self, name: str, level: str) -> bool:
        """Whether the gazetteer has a place of this name and level."""
        wanted = {"city": ("province", "district"), "site": ("commune", "district")}.get(level, (level,))
        if level == "village":
            return True
        return any(unit.level in wanted for unit in self.words.gazetteer.named(name))

    def is_higher(self, name: str, level: str) -> bool:
        """Whether a name is that of a higher place than `level`."""
        here = UP[level]
        return any(UP[unit.level] > here for unit in self.words.gazetteer.named(name))

    def is_person(self, run: Sequence[Span], *, listed: bool = False) -> bool:
        """Whether capitalised words are a person's name: a family name and one or two more words, or "… Văn …"."""
        first, second = (self.view.folded[start:end] for start, end in (run[0], run[min(1, len(run) - 1)]))
        if len(run) == 3 and second in self.words.middle_name:
            return True
        return first in self.words.surname and len(run) >= (2 if listed else 3)

    def followed_by_person(self, end: int) -> bool:
        """Whether a person's whole name follows ("Lâm Đồng Đoàn Văn Việt")."""
        run = capital_run(self.view.text, end + 1)
        return len(run) >= 2 and self.view.folded[run[0][0] : run[0][1]] in self.words.surname


def capital_run(text: str, start: int, most: int = 5) -> list[Span]:
    """The capitalised words one after another from `start` on, one blank between; digits may end them ("Tân An 2")."""
    spans: list[Span] = []
    while len(spans) < most and start < len(text) and text[start].isupper():
        match = LETTERS.match(text, start)
        if match is None:
            break
        spans.append(match.span())
        if text[match.end() : match.end() + 1] != " ":
            break
        start = match.end() + 1
    return spans


def run_before(view: View, start: int, most: int = 6) -> list[str]:
    """The capitalised words that stand directly before `start`, in text order."""
    text, folded = view.text, view.folded
    words: list[str] = []
    end = start - 1
    while len(words) < most and end > 0 and folded[end] == " ":
        begin = max(folded.rfind(" ", max(0, end - 20), end), folded.rfind("\n", max(0, end - 20), end)) + 1
        while begin < end and folded[begin] in '"(':
            begin += 1
        if not text[begin:end][:1].isupper() or folded[end - 1] in '.,:;!?)"':
            break
        words.insert(0, text[begin:end])
        end = begin - 1
    return words
