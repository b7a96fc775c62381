"""Size and first paint of pages of a novel: 120,000 words, 5,000 quotes, 60 speakers, made up.

Run as `python -m tests.benchmarks.pages`; needs a browser as `tests/render/browser.py` says.
"""

import random
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from quotesmith.records import Candidate, Entity, Evidence, Mention, Quote, QuoteDocument
from quotesmith.render.articles import document_to_page
from tests.render.browser import launched, visited

_VERBS = ("said", "asked", "answered", "whispered", "cried", "told them", "went on")
_FIRST = ("Anna", "Boris", "Clara", "Denis", "Elena", "Fjodor", "Galina", "Henry", "Irina", "Jakob")
_LAST = ("Arkin", "Belov", "Carter", "Dunn", "Egorov", "Field")
_QUOTES_A_CHAPTER = 100
_WORDS = Path(__file__).parents[2].joinpath("examples", "apollo-11.txt").read_text(encoding="utf-8").split()


def novel(*, quotes: int = 5_000, seed: int = 0) -> QuoteDocument:
    """About 24 words a quote: a sentence, then a quote with a pronoun as its source, a paragraph each; chapters."""
    chance = random.Random(seed)
    entities = [Entity(f"e{n}", f"{first} {last}", "person") for n, (first, last) in enumerate(_names())]
    parts: list[str] = []
    length = 0
    records: list[Quote] = []
    mentions: list[Mention] = []

    def put(words: str) -> tuple[int, int]:
        nonlocal length
        parts.append(words)
        length += len(words)
        return length - len(words), length

    for number in range(quotes):
        entity = chance.choice(entities)
        put(f"{' '.join(chance.choices(_WORDS, k=10))}. ".capitalize())
        name = put(entity.name)
        put(" looked up. ")
        content = [put(f"“{' '.join(chance.choices(_WORDS, k=chance.randint(3, 11))).capitalize()},”")]
        put(" ")
        source = put("she")
        put(" ")
        cue = [put(chance.choice(_VERBS))]
        if number % 4 == 0:
            put(", ")
            content.append(put(f"“{' '.join(chance.choices(_WORDS, k=4))}.”"))
        put(".\n\n")
        mentions += [
            Mention(f"m{2 * number}", [name], "name", entity.id),
            Mention(f"m{2 * number + 1}", [source], "pronoun", entity.id),
        ]
        others = [Candidate(other.id, 0.1) for other in chance.sample(entities, 2)]
        evidence = Evidence("tags", "coreference", (f"m{2 * number + 1}", f"m{2 * number}"), others)
        records.append(
            Quote(
                f"q{number}",
                chance.choice(["direct", "mixed", "indirect"]),
                content,
                "…",
                cue=cue,
                source=f"m{2 * number + 1}",
                speakers=[entity.id],
                score=0.9,
                speaker_score=0.8,
                evidence=evidence,
            )
        )
    starts = [quote.content[0].start for quote in records[::_QUOTES_A_CHAPTER]]
    starts[0] = 0
    chapters = [
        {"title": f"Chapter {number}", "start": start, "end": end}
        for number, (start, end) in enumerate(pairwise([*starts, length]), start=1)
    ]
    meta = {"title": "A long novel", "chapters": chapters}
    return QuoteDocument("novel", "".join(parts), "en", records, entities, mentions, meta)


def _names() -> list[tuple[str, str]]:
    return [(first, last) for last in _LAST for first in _FIRST]


def main() -> None:
    document = novel()
    started = time.perf_counter()
    page = document_to_page(document)
    taken = time.perf_counter() - started
    print(f"{len(document.text.split()):,} words, {len(document.quotes):,} quotes, {len(document.speakers)} speakers")
    print(f"page: {len(page.encode()) / 1e6:.2f} MB, made in {taken:.2f} s")
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        path = Path(folder) / "novel.html"
        path.write_text(page, encoding="utf-8")
        for width in (1280, 390):
            with visited(browser, path, width=width) as visit:
                visit.page.wait_for_timeout(1_000)
                paint = visit.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                loaded = visit.page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
                started = time.perf_counter()
                visit.page.evaluate("document.querySelector('input[name=speaker]').click()")
                visit.page.evaluate("() => new Promise(requestAnimationFrame)")
                filtered = time.perf_counter() - started
                print(
                    f"{width} pixels wide: first paint {paint / 1_000:.2f} s, loaded {loaded / 1_000:.2f} s, filter "
                    f"{filtered:.2f} s; {len(visit.requests)} requests, {len(visit.complaints)} complaints"
                )


if __name__ == "__main__":
    main()
