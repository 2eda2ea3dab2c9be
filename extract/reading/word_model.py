"""Which syllables make a word together? What underthesea's word model says, many times faster than through underthesea.

The model is a linear-chain CRF with two labels, B-W (begins a word) and I-W (goes on with it), kept in a CRFsuite file.
Its features look at rows of one, two or three tokens, and only the difference between the labels counts. So what two
neighbours say of the tokens around them is four numbers that can be kept: one look-up a token instead of the 43 feature
strings a token that underthesea builds. Where the files are not what this module knows, underthesea itself is asked.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path
from pickle import UnpicklingError
from typing import NamedTuple

from extract.reading.crfsuite import ModelError, parse_binary_crf

Joins = Callable[[Sequence[str]], list[bool]]
Effects = tuple[float, ...]  # of a row of tokens on each token in its reach, from left to right

MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
SPELLINGS = "pipeline/text_normalize/tn_rules_2023_07_14.bin"
TESTED = "c3a64c64349f1d73304f89babacaa8f8cd6078b1ec1a1b2c104e9e411ac1d2c3"  # SHA-256 of models.bin
TEMPLATE = re.compile(r"T\[(-?[0-2])(?:,(-?[0-2]))?\](?:\.(lower|isdigit|istitle|is_in_dict))?")
FUNCTIONS = ("", "lower", "isdigit", "istitle", "is_in_dict")
BEFORE, AFTER = "\nBOS", "\nEOS"  # stand for what is outside; no token holds a line break
SHORT = 6  # characters of the longest token whose spelling underthesea mends
LONG = 40  # characters of a pair that is not worth keeping
KEPT = 1 << 16  # pairs kept, 20 MB
NONE = frozenset[str]()
LOCK = threading.Lock()

# What files or functions of another shape raise.
UNEXPECTED = (
    ModelError,
    OSError,
    EOFError,
    ImportError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    UnpicklingError,
)


def load_joins() -> Joins:
    """The function that says of each token in a row whether it goes on with the word of the token before it.

    Loaded once a process: the model itself where its files are as known, else a wrapper of underthesea's function.

    >>> load_joins()(["kinh", "tế", "tăng", "trưởng", "khá"])
    [False, True, False, True, False]
    """
    with LOCK:
        return choose_joins()


@cache
def choose_joins() -> Joins:
    """The model if its files can be read and it labels as underthesea does, else `public_joins`."""
    try:
        return load_model(model_folder()).joins
    except UNEXPECTED:
        return public_joins


def model_folder() -> Path:
    """Where underthesea lives; found without importing it, which takes 0.4 s and 80 MB."""
    found = find_spec("underthesea")
    if found is None or found.origin is None:
        raise ModelError("underthesea is not installed")
    return Path(found.origin).parent


def load_model(folder: Path) -> WordModel:
    """The word model of the underthesea in `folder`; a model this module was not tested with is compared first.

    Raises one of UNEXPECTED where the files are of another shape or the labels differ.
    """
    data = (folder / MODEL / "models.bin").read_bytes()
    dictionary = pickle.loads((folder / MODEL / "dictionary.bin").read_bytes())
    spellings = pickle.loads((folder / SPELLINGS).read_bytes())
    weights, transitions = parse_binary_crf(data, ("B-W", "I-W"))
    model = WordModel(weights, transitions, dictionary, spellings)
    if hashlib.sha256(data).hexdigest() != TESTED and not labels_alike(model, folder):
        raise ModelError("the model labels otherwise than underthesea's tagger")
    return model


def labels_alike(model: WordModel, folder: Path) -> bool:
    """Whether `model` labels a sample of its dictionary as underthesea's tagger does."""
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger  # noqa: PLC0415  0.4 s, rarely needed

    tagger = FastCRFSequenceTagger()
    tagger.load(str(folder / MODEL))
    tokens = " ".join(sorted(model.dictionary)[::50]).split()
    tags = tagger.predict([[model.spell(token)] for token in tokens])
    return model.joins(tokens)[1:] == [tag == "I-W" for tag in tags][1:]


def public_joins(tokens: Sequence[str]) -> list[bool]:
    """What underthesea's public function makes of `tokens`; no joins where its tokens are others.

    Tokens that are neither words nor numbers are hidden from it: some take it exponential time.
    """
    from underthesea import word_tokenize  # noqa: PLC0415  0.4 s, only where the model cannot be read

    plain = [token if token.isalnum() or (len(token) == 1 and token.isprintable()) else "%" for token in tokens]
    words = word_tokenize(" ".join(plain))
    joins = [at > 0 for word in words for at, _ in enumerate(word.split(" "))]
    return joins if len(joins) == len(tokens) else [False] * len(tokens)


def group_weights(weights: Mapping[str, float]) -> dict[int, dict[str, dict[str, list[float]]]]:
    """Weights by the length of the row, the function and its value: one for each token in the reach of the row."""
    rows: dict[int, dict[str, dict[str, list[float]]]] = {n: {name: {} for name in FUNCTIONS} for n in (1, 2, 3)}
    for name, weight in weights.items():
        template, _, value = name.partition("=")
        first, length, function = parse_template(template)
        effects = rows[length][function].setdefault(value, [0.0] * (6 - length))
        effects[3 - length - first] += weight
    return rows


@cache
def parse_template(template: str) -> tuple[int, int, str]:
    """Where the row begins that a feature looks at, from the token it speaks to; its length; and the function.

    >>> parse_template("T[-1,0].lower")
    (-1, 2, 'lower')
    """
    match = TEMPLATE.fullmatch(template)
    if match is None:
        raise ModelError(f"unknown feature {template}")
    first, last = int(match[1]), int(match[2] or match[1])
    return first, last - first + 1, match[3] or ""


class Piece(NamedTuple):
    """A token as the model sees it."""

    text: str
    title: bool
    effects: Effects


class Pair(NamedTuple):
    """Two neighbours: what they say of the token before, of both, and of the token after."""

    before: float
    first: float
    second: float
    after: float
    title: bool
    thirds: frozenset[str]  # the tokens, spelled and in lower case, that make a known row of three with them


class WordModel:
    """The weights of the model as effects of rows of tokens on the tokens around them."""

    def __init__(
        self,
        weights: Mapping[str, float],
        transitions: Effects,
        dictionary: Collection[str],
        spellings: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.rows = group_weights(weights)
        self.transitions = transitions
        self.dictionary = dictionary
        self.characters = str.maketrans(dict(spellings["character"]))
        self.spellings = spellings["token"]
        known = {*self.rows[3][""], *self.rows[3]["lower"], *dictionary}
        threes = [text.lower().split(" ") for text in known if text.count(" ") == 2]
        self.openings: dict[tuple[str, str], frozenset[str]] = {}
        for first, second, third in threes:
            self.openings[first, second] = self.openings.get((first, second), NONE) | {third}
        self.outside = {(n, mark): self.add(n, [mark] * len(FUNCTIONS)) for n in self.rows for mark in ("BOS", "EOS")}
        self.flags = {
            (n, *flags): self.add(n, ["", "", *map(str, flags)])
            for n in self.rows
            for flags in product((False, True), repeat=3)
        }
        self.plain = [self.flags[3, False, title, False] for title in (False, True)]
        self.pieces: dict[str, Piece] = {}
        self.pairs: dict[tuple[str, str], Pair] = {}

    def joins(self, tokens: Sequence[str]) -> list[bool]:
        """For each token whether it goes on with the word of the token before it."""
        return best_path(self.leanings(tokens), self.transitions) if tokens else []

    def leanings(self, tokens: Sequence[str]) -> list[float]:
        """How much more speaks for I-W than for B-W at each token, the labels of its neighbours aside."""
        known = self.pairs.get
        pairs = [known(two) or self.pair(*two) for two in pairwise((BEFORE, BEFORE, *tokens, AFTER, AFTER))]
        before, first, second, after, titles, thirds = zip(*pairs, strict=True)
        threes = self.threes(tokens, titles[2:-2], thirds[2:-2])
        return [
            left + near + here + right + three[2] + around[1] + ahead[0]
            for left, near, here, right, three, around, ahead in zip(
                after, second[1:], first[2:], before[3:], threes, threes[1:], threes[2:], strict=False
            )
        ]

    def threes(self, tokens: Sequence[str], titles: Sequence[bool], thirds: Sequence[frozenset[str]]) -> list[Effects]:
        """What each row of three says, the rows that reach outside with it; the rest is told by pairs of `tokens`."""
        plain, titled = self.plain
        inside = [titled if two and other else plain for two, other in pairwise(titles)]
        for at, known in enumerate(thirds[:-1]):
            if known and self.piece(tokens[at + 2]).text.lower() in known:
                inside[at] = self.three(tokens[at : at + 3])
        begin, end = self.outside[3, "BOS"], self.outside[3, "EOS"]
        return [begin, begin, *inside, *([end] * min(len(tokens), 2))]

    def pair(self, first: str, second: str) -> Pair:
        """What two neighbours say, each alone and both together, to the tokens around them.

        The second speaks for itself and to the left, the first to the right: so in a row each speaks once.
        """
        one, two = self.piece(first), self.piece(second)
        title = one.title and two.title
        both = self.effects([one.text, two.text], titles=title)
        pair = Pair(
            both[0] + two.effects[0],
            both[1] + two.effects[1],
            both[2] + two.effects[2] + one.effects[3],
            both[3] + one.effects[4],
            title,
            self.openings.get((one.text.lower(), two.text.lower()), NONE),
        )
        if len(self.pairs) >= KEPT:
            self.pairs.clear()
        if len(first) + len(second) <= LONG:
            self.pairs[first, second] = pair
        return pair

    def piece(self, token: str) -> Piece:
        """`token` alone."""
        piece = self.pieces.get(token)
        if piece is None:
            text = self.spell(token)
            piece = Piece(text, is_title(text), self.effects([text], titles=is_title(text)))
            if len(self.pieces) >= KEPT:
                self.pieces.clear()
            if len(token) <= LONG:
                self.pieces[token] = piece
        return piece

    def three(self, row: Sequence[str]) -> Effects:
        """What three tokens in a row say together."""
        pieces = [self.piece(token) for token in row]
        return self.effects([piece.text for piece in pieces], titles=all(piece.title for piece in pieces))

    def effects(self, row: Sequence[str], *, titles: bool) -> Effects:
        """What a row of one to three tokens, spelled as underthesea does, says to the tokens in its reach."""
        length = len(row)
        if row[0] == BEFORE or row[-1] == AFTER:
            return self.outside[length, "BOS" if row[0] == BEFORE else "EOS"]
        text = " ".join(row)
        lower = text.lower()
        flags = self.flags[length, is_number(text), titles, lower in self.dictionary]
        weights = self.rows[length]
        found = [effects for effects in (weights[""].get(text), weights["lower"].get(lower)) if effects]
        return tuple(map(sum, zip(flags, *found, strict=True))) if found else flags

    def add(self, length: int, values: Sequence[str]) -> Effects:
        """The sum over all functions, given the value of each."""
        effects = [self.rows[length][name].get(value) for name, value in zip(FUNCTIONS, values, strict=True)]
        found = filter(None, effects)
        return tuple(map(sum, zip([0.0] * (6 - length), *found, strict=True)))

    def spell(self, token: str) -> str:
        """`token` as underthesea rewrites it before it looks at it (a misplaced tone mark, an eth for a d)."""
        if len(token) > LONG or token in (BEFORE, AFTER):
            return token
        text = unicodedata.normalize("NFC", token).translate(self.characters)
        return self.spellings.get(text, text) if len(text) <= SHORT else text


def is_title(text: str) -> bool:
    """Whether underthesea_core calls a token a title: its first character has no other upper case."""
    return text[0] == text[0].upper()


def is_number(text: str) -> bool:
    """Whether underthesea_core calls a token a number: it fits a signed 32-bit integer."""
    return text.isascii() and text.isdigit() and len(text) <= LONG and int(text) < 1 << 31


def best_path(leanings: Sequence[float], transitions: Effects) -> list[bool]:
    """The likeliest labels (Viterbi), I-W as True; the first token always begins a word."""
    begin_begin, begin_on, on_begin, on_on = transitions
    ways = []
    lead = leanings[0]  # of I-W over B-W
    for leaning in leanings[1:]:
        begin, on = lead + on_begin, lead + on_on
        way = begin > begin_begin, on > begin_on  # whether the best way to B-W, to I-W, comes from I-W
        ways.append(way)
        lead = (on if way[1] else begin_on) + leaning - (begin if way[0] else begin_begin)
    label = lead > 0
    path = [label]
    for way in reversed(ways):
        label = way[label]
        path.append(label)
    path[-1] = False
    path.reverse()
    return path
