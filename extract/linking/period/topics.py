"""What is a sentence about? The figures before it, a term of office, who came to a meeting, or a person's affairs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from extract.linking.period.roles import Role
from extract.linking.period.words import PeriodWords
from extract.linking.scope import Scope
from extract.records import Sentence

REACH = 160  # characters looked back at for whose figure it is
AROUND = 240  # the same, and after it, for a term of office's words
OPENING = 16  # characters of a sentence in which its person is named
VOTERS = 60  # the same around a quantity, for an election's words
PASSED = 24  # the same before it, for what passed
DOCUMENT = 120  # the same before a term, for a resolution's congress


def names_office(scope: Scope, index: int, sentence: Sentence, words: PeriodWords, *, elected: bool = False) -> bool:
    """Whether the words around a quantity are about those who were elected for a term of office.

    Where the article is about who was `elected`, it needs fewer words: "bí thư", "trình độ".
    """
    quantity = scope.quantities[index]
    start, end = max(sentence.start, quantity.start - AROUND), min(sentence.end, quantity.end + AROUND)
    if words.petition.search(scope.view.folded, quantity.end, min(end, quantity.end + OPENING)):
        return False
    if words.office.search(scope.view.folded, start, end):
        return True
    counted = elected and quantity.kind != "amount"
    return counted and words.members.search(scope.view.folded, start, end) is not None


def is_vote(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is of an election itself, not of who was elected: "99,8% cử tri đi bầu"."""
    quantity = scope.quantities[index]
    start, end = max(sentence.start, quantity.start - VOTERS), min(sentence.end, quantity.end + VOTERS)
    if words.chosen.search(scope.view.folded, start, quantity.start):
        return False
    if words.petition.search(scope.view.folded, start, end):
        return False
    return words.voting.search(scope.view.folded, start, end) is not None


def is_resolved(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is of what a meeting voted on: "98/102 đại biểu tán thành", "đã thông qua 43 nghị quyết"."""
    quantity = scope.quantities[index]
    before = max(sentence.start, quantity.start - PASSED)
    if words.voted.search(scope.view.folded, before, quantity.start):
        return words.resolution.match(scope.view.folded, quantity.end + 1) is not None
    return bool(
        words.passed.search(scope.view.folded, before, quantity.start)
        or words.agreed.search(scope.view.folded, quantity.end, min(sentence.end, quantity.end + VOTERS))
    )


def is_office(scope: Scope, role: Role, sentence: Sentence, words: PeriodWords, *, year: str) -> bool:
    """Whether a term is one of office that has begun by `year`, and not the congress of a resolution."""
    period = role.term.period or ""
    if role.term.type != "term" or "/" not in period or not period[-4:].isdecimal() or period[:4] > year:
        return False
    before = scope.view.folded[max(sentence.start, role.term.start - DOCUMENT) : role.term.start]
    return not words.resolution.search(before)


def names_meeting(scope: Scope, role: Role, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a term of office is but part of the name of a meeting told of: "Đại hội nhiệm kỳ 2025-2030 khai mạc"."""
    folded, start, end = scope.view.folded, role.term.start, role.term.end
    if role.term.type != "term" or not role.term.period:
        return False
    at = bisect_left(scope.quantities, start, key=lambda quantity: quantity.start) - 1
    if at >= 0 and scope.quantities[at].start >= sentence.start:
        return False  # "120 chi bộ đã tổ chức đại hội nhiệm kỳ 2025 - 2030"
    name = words.named.search(folded[max(sentence.start, start - DOCUMENT) : start])
    if name is None or words.inaugural.search(folded, sentence.start, sentence.end):
        return False
    after = words.convening.match(folded, end, min(sentence.end, end + VOTERS))
    return bool(after or words.convened.search(folded, max(sentence.start, start - REACH), start))


def is_seated(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is of those who were elected at a meeting, or of what it aims at."""
    quantity = scope.quantities[index]
    start, end = max(sentence.start, quantity.start - REACH), min(sentence.end, quantity.end + VOTERS)
    return words.seated.search(scope.view.folded, start, end) is not None


def is_contest(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is of a contest or an examination: "tại kỳ thi học sinh giỏi, tỉnh có 22 em đoạt giải"."""
    quantity = scope.quantities[index]
    start, end = max(sentence.start, quantity.start - REACH), min(sentence.end, quantity.end + VOTERS)
    return words.contest.search(scope.view.folded, start, end) is not None


def goes_on(scope: Scope, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a sentence begins with words that take up the figures before it: "Trong đó, nữ 12 đồng chí"."""
    return words.continuing.match(scope.view.folded, sentence.start, sentence.end) is not None


def is_personal(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a figure is a person's own: "ông Y Nết có 2 ha", but not "ông Y Nết cho biết, xã có 2 ha"."""
    start = scope.quantities[index].start
    return owner(scope, max(sentence.start, start - REACH), start, words, until=start)


def begins_personal(scope: Scope, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a paragraph's first sentence begins with a person who does not speak: "Chị Mua quen đốt rẫy"."""
    return owner(scope, sentence.start, min(sentence.end, sentence.start + OPENING), words, until=sentence.end)


def mentions_person(scope: Scope, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a sentence names a person."""
    return any(find_people(scope, sentence.start, sentence.end, words))


def owner(scope: Scope, start: int, end: int, words: PeriodWords, *, until: int) -> bool:
    """Whether a person stands between two places, with no word of saying before `until`."""
    people = list(find_people(scope, start, end, words))
    return bool(people) and words.sayer.search(scope.view.folded, people[-1].end(), until) is None


def find_people(scope: Scope, start: int, end: int, words: PeriodWords) -> Iterator[re.Match[str]]:
    """The people named between two places: "chị Mẩy" or "tôi", but not "Cô Tô" inside a sentence."""
    view = scope.view
    for person in words.person.finditer(view.folded, start, end):
        named = person[0] in words.selves or (
            view.text[person.end()].isupper() and (person.start() == start or view.text[person.start()].islower())
        )
        source = words.source.search(view.folded[max(0, person.start() - OPENING) : person.start()])
        if named and not source and not words.homonym.match(view.folded, person.start()):
            yield person


def find_attendance(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> str | None:
    """Whether a quantity is of the "delegates" of a meeting, or of those "represented" by them there."""
    quantity, folded = scope.quantities[index], scope.view.folded
    near = max(sentence.start, quantity.start - REACH)
    if not (
        words.attending.match(folded, sentence.start, quantity.start)
        or words.attended.search(folded, near, quantity.start)
        or words.opened.search(folded, near, quantity.end)
    ):
        return None
    clause = max(folded.rfind(",", near, quantity.start), near)
    if words.represented.search(folded, clause, quantity.start):
        return "represented"
    return "delegates" if words.delegates.match(folded, quantity.end) else None


def is_elected(scope: Scope, index: int, sentence: Sentence, words: PeriodWords) -> bool:
    """Whether a quantity is of those whom a congress gave a term of office: "đại hội bầu 27 cấp ủy viên"."""
    elected = words.elected.match(scope.view.folded, sentence.start, scope.quantities[index].start)
    return elected is not None and names_office(scope, index, sentence, words)
