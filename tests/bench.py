"""How fast is a run, and what does it cost? `make bench`: ratios against baselines, measured side by side.

Every measurement is a process of its own with one thread, so that memory and caches are its own; baselines read the
same texts. The articles are those of ../shared where it is, else corpus/, repeated to the wished number.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "articles"
NER_SHARE = 200  # underthesea.ner reads one text in so many, it is that slow
ONE_THREAD = {"OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}


def source() -> Path:
    return SHARED if SHARED.is_dir() else ROOT / "corpus"


def texts() -> list[str]:
    from extract.patterns import load_patterns
    from extract.reading.articles import load_articles
    from extract.records import Article

    return [article.text for article in load_articles(source(), load_patterns()) if isinstance(article, Article)]


def repeat_folder(count: int, folder: Path) -> int:
    """`count` articles under `folder`, none twice (a word at the end tells them apart), and their characters."""
    kinds = texts()
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        path.write_text(f"{kinds[number % len(kinds)]}\n{word}", encoding="utf-8")
    return sum(len(kinds[number % len(kinds)]) for number in range(count))


def measure(task: str, *arguments: str) -> dict[str, float]:
    """What `task` of this module measured in a fresh process."""
    command = [sys.executable, "-m", "tests.bench", "--task", task, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def tell(characters: int, seconds: float, articles: int) -> None:
    parent, worker = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    told = {"characters": characters, "seconds": seconds, "articles": articles, "memory": max(parent, worker)}
    print(json.dumps(told | {"parent": parent, "worker": worker}))


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def task_run(folder: str, workers: str) -> None:
    from extract import batch

    with tempfile.TemporaryDirectory() as out:
        begin = time.perf_counter()
        tally = batch.run(Path(folder), Path(out), workers=int(workers))
        tell(tally.characters, time.perf_counter() - begin, tally.articles)


def task_baseline(name: str, every: str) -> None:
    import underthesea

    function = getattr(underthesea, name)
    kinds = texts()[:: max(1, int(every))]
    function("Khởi động mô hình.")
    seconds = timed(lambda: [function(text) for text in kinds])
    tell(sum(map(len, kinds)), seconds, len(kinds))


def task_start(_: str) -> None:
    first = ROOT / "corpus"
    article = next(iter(sorted(first.rglob("*.txt"))), None)
    seconds = timed(
        lambda: subprocess.run([sys.executable, "-m", "extract.cli", "--help"], capture_output=True, check=True)
    )
    print(json.dumps({"help": seconds, "first": first_article(article) if article else 0.0}))


def first_article(path: Path) -> float:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "extract.cli", "run", str(path), "--out", out, "--quiet"]
        return timed(lambda: subprocess.run(command, capture_output=True, check=True))


def task_stages(rounds: str) -> None:
    """Seconds of each stage over the articles, caches warm."""
    from extract import pipeline
    from extract.data import checks
    from extract.patterns import load_patterns
    from extract.reading.articles import load_articles
    from extract.records import Article

    patterns = load_patterns()
    articles = [article for article in load_articles(source(), patterns) if isinstance(article, Article)]
    spent: dict[str, float] = {}
    names = [
        "make_view",
        "find_sentences",
        "find_terms",
        "find_quantities",
        "make_scope",
        "find_words",
        "find_places",
        "link_cues",
        "link_subjects",
        "link_codes",
        "link_places",
        "link_periods",
        "link_shares",
        "find_concepts",
        "make_figure",
    ]

    def watched(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            begin = time.perf_counter()
            result = function(*given, **named)
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - begin
            return result

        return run

    for article in articles:
        pipeline.find_figures(article, patterns)
    for name in names:
        setattr(pipeline, name, watched(name, getattr(pipeline, name)))
    check = watched("check_figures", checks.check_figures)
    for _ in range(int(rounds)):
        for article in articles:
            check(pipeline.find_figures(article, patterns).figures, patterns)
    total = sum(spent.values())
    characters = sum(len(article.text) for article in articles) * int(rounds)
    print(json.dumps({"characters": characters, "total": total} | spent))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--memory", type=int, help="show that memory does not grow, with so many articles")
    parser.add_argument("--task")
    parser.add_argument("arguments", nargs="*")
    given = parser.parse_args()
    if given.task:
        globals()[f"task_{given.task}"](*given.arguments)
        return
    folder = Path(tempfile.mkdtemp())
    try:
        if given.memory:
            report_memory(folder, given.memory)
        else:
            report(folder, given.articles)
    finally:
        shutil.rmtree(folder)


def report_memory(folder: Path, count: int) -> None:
    """Peak memory with a tenth of the articles, and with all."""
    print("| articles | a worker | the parent | articles/s |\n| --- | --- | --- | --- |")
    for articles in (count // 10, count):
        repeat_folder(articles, folder)
        row = measure("run", str(folder), "2")
        rate = articles / row["seconds"]
        print(f"| {articles:,} | {row['worker']:,.0f} MB | {row['parent']:,.0f} MB | {rate:,.1f} |", flush=True)


def report(folder: Path, count: int) -> None:
    """The tables of the README."""
    characters = repeat_folder(count, folder)
    words = measure("baseline", "word_tokenize", "1")
    ner = measure("baseline", "ner", "5")
    one, two = measure("run", str(folder), "0"), measure("run", str(folder), "2")
    again = measure("baseline", "word_tokenize", "1")
    base = max(speed(words), speed(again))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}; {count} articles, {characters:,} characters\n")
    print("| what | characters/s | articles/s | times word_tokenize | peak memory |\n| --- | --- | --- | --- | --- |")
    rows = {
        "underthesea.word_tokenize": max(words, again, key=speed),
        "underthesea.ner": ner,
        "solieu run, one process": one,
        "solieu run, two workers": two,
    }
    for name, row in rows.items():
        rate = row["articles"] / row["seconds"]
        print(f"| {name} | {speed(row):,.0f} | {rate:,.1f} | {speed(row) / base:.2f} | {row['memory']:,.0f} MB |")
    print(f"\nrun / ner: {speed(one) / speed(ner):.0f} times; two workers / one: {speed(two) / speed(one):.2f} times")
    start = measure("start", "x")
    print(f"solieu --help {start['help']:.2f} s; first article done after {start['first']:.2f} s\n")
    stages = measure("stages", "8")
    print("| stage | share of the work | characters/s |\n| --- | --- | --- |")
    for name, seconds in sorted(stages.items(), key=lambda item: -item[1]):
        if name not in ("characters", "total"):
            print(f"| {name} | {seconds / stages['total']:.1%} | {stages['characters'] / seconds:,.0f} |")


def speed(row: dict[str, float]) -> float:
    return row["characters"] / row["seconds"]


if __name__ == "__main__":
    main()
