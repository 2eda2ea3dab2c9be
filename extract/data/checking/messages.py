"""How is a judged relation told? A row of the `checks` table, with a sentence in English and one in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from extract.data.checking.arithmetic import BOUNDLESS, show_decimal
from extract.data.checking.context import CheckWords
from extract.data.checking.judging import Judged, digits
from extract.data.checking.repairs import Repair
from extract.records import Check, Figure

LEVELS = {
    "inconsistent": "alarm",
    "unattainable": "alarm",
    "truncated": "notice",
    "ceiling": "notice",
    "half_even": "notice",
}
ALTERNATIVES = 3  # repairs named in a row
MARKS = str.maketrans(",.", ".,")


def write_row(judged: Judged, words: CheckWords, repairs: Sequence[Repair] = ()) -> Check:
    """The row of one judged relation, with its repairs, the best first."""
    relation, judgement = judged.relation, judged.judgement
    article = relation.reported.article
    places = max(4, digits(relation.reported) + 2)
    expected = _decimal(judgement.expected, places)
    return Check(
        check=f"{article}:{relation.type}:{'+'.join(name_in(article, one) for one in relation.figures)}",
        article=article,
        type=relation.type,
        figures=tuple(one.figure for one in relation.figures),
        reported="100" if relation.formulas == ("hundred",) else format(relation.reported.value, "f"),
        expected=expected,
        low=expected if judgement.low == judgement.expected else _decimal(judgement.low, places),
        high=expected if judgement.high == judgement.expected else _decimal(judgement.high, places),
        verdict=judgement.verdict,
        rounding="; ".join(judgement.rounding) or None,
        power=_decimal(judged.power, 4),
        message=tell(judged, words, "en", expected, repairs),
        message_vi=tell(judged, words, "vi", expected, repairs),
        basis=relation.basis,
        level=LEVELS.get(judgement.verdict, "information"),
        reason=judged.reason,
        culprit=repairs[0].figure if repairs else None,
        repair="; ".join(f"{one.kind} {one.printed:f} -> {one.value:f}" for one in repairs[:ALTERNATIVES]) or None,
    )


def name_in(article: str, figure: Figure) -> str:
    """How a check of `article` names a figure: by where it starts, one of another article by its id."""
    return str(figure.start) if figure.article == article else figure.figure


def _decimal(value: Fraction | None, places: int) -> str | None:
    return None if value is None or value > BOUNDLESS / 1000 else show_decimal(value, places)


def tell(judged: Judged, words: CheckWords, language: str, expected: str | None, repairs: Sequence[Repair] = ()) -> str:
    """One sentence on a judged relation whose recomputed value is the decimal string `expected`."""
    relation, judgement = judged.relation, judged.judgement
    numbers = [show_figure(figure, language, whole=whole) for figure, whole in relation.wholes()]
    if judged.formula == "rest":
        numbers.append(show_figure(relation.operands[0], language, whole=True))
    if judged.reason:
        untested = words.sentences["alone"][language].format(reported=show_figure(relation.reported, language))
        return f"{untested}: {words.reasons[judged.reason][language]}."
    calculation = words.sentences[judged.formula][language].format(
        *numbers,
        parts=" + ".join(numbers),
        expected=show_number(expected or "", language),
        reported="100%" if relation.formulas == ("hundred",) else show_figure(relation.reported, language),
    )
    if relation.type == "target":
        return f"{calculation}."
    special = judgement.verdict == "inconsistent" and relation.type in words.verdicts
    said = words.verdicts[relation.type if special else judgement.verdict][language]
    return f"{calculation}: {said}{tell_repair(repairs, words, language)}."


def tell_repair(repairs: Sequence[Repair], words: CheckWords, language: str) -> str:
    """The end of a sentence that names the nearest repair."""
    if not repairs:
        return ""
    best = repairs[0]
    printed = show_number(format(best.printed, "f"), language)
    value = show_number(format(best.value, "f"), language)
    return str(words.sentences["repair"][language].format(printed, value, words.repairs[best.kind][language]))


def show_figure(figure: Figure, language: str, *, whole: bool = False) -> str:
    """A figure's number as a reader of `language` writes it; a ratio by its part, or its `whole`."""
    if figure.kind == "ratio":
        return show_number(format((figure.of if whole else figure.value) or Decimal(0), "f"), language)
    if language == "vi":
        return figure.text
    unit = "%" if figure.kind == "percent" else ""
    return show_number(format(figure.value, "f"), language) + unit


def show_number(number: str, language: str) -> str:
    """A decimal string with the marks of `language`.

    >>> show_number("3471.5", "vi"), show_number("3471.5", "en")
    ('3.471,5', '3,471.5')
    """
    whole, _, fraction = number.partition(".")
    english = f"{int(whole or 0):,}" + (f".{fraction}" if fraction else "")
    return english.translate(MARKS) if language == "vi" else english
