"""Time and memory of a graph of 100,000 quotes, and of asking it.

Run as `python -m tests.benchmarks.graphs`. The documents are made up: a hundred quotes each by twelve people of two
hundred, half of whom several documents have, with mentions and nested quotes.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator

import networkx as nx

from quotesmith import build_graph, select, what_did
from quotesmith.graph import project_speakers
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from tests.benchmarks.measuring import peak_megabytes

DOCUMENTS, QUOTES, PEOPLE, CAST = 1000, 100, 200, 12
TOPICS = ("China", "the budget", "trade", "the flood", "schools")
GIVEN = ("Ann", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jo")
ROUNDS = 50


def make_documents() -> Iterator[QuoteDocument]:
    """The documents, the same each time."""
    chance = random.Random(1)
    names = [f"{GIVEN[n % len(GIVEN)]} Surname{n}" for n in range(PEOPLE)]
    for number in range(DOCUMENTS):
        yield _make_document(f"d{number}", chance.sample(names, CAST), chance, QUOTES)


def _make_document(name: str, cast: list[str], chance: random.Random, size: int) -> QuoteDocument:
    entities = [Entity(f"e{n}", person, "person", aliases=(person.split()[1],)) for n, person in enumerate(cast)]
    text, quotes, mentions = "", [], []
    for number in range(size):
        speaker, other = chance.sample(range(len(cast)), 2)
        words = f"{cast[other]} will speak of {chance.choice(TOPICS)} tomorrow, and of much else besides"
        start = len(text)
        text += f"“{words},” {cast[speaker]} said.\n\n"
        source = start + len(words) + 4
        mentions += [
            Mention(f"m{2 * number}", [(start + 1, start + 1 + len(cast[other]))], "name", f"e{other}"),
            Mention(f"m{2 * number + 1}", [(source, source + len(cast[speaker]))], "name", f"e{speaker}"),
        ]
        quotes.append(
            Quote(
                f"q{number}",
                "direct",
                [(start, start + len(words) + 3)],
                words,
                source=f"m{2 * number + 1}",
                speakers=[f"e{speaker}"],
                score=0.9,
                speaker_score=0.9,
            )
        )
    return QuoteDocument(name, text, quotes=quotes, entities=entities, mentions=mentions)


def _timed(what: str, action: Callable[[], object]) -> object:
    start = time.perf_counter()
    result = action()
    print(f"{what}: {time.perf_counter() - start:.2f} s, {peak_megabytes():,.0f} MB at most so far")
    return result


def _median(what: str, action: Callable[[str], object], names: list[str]) -> None:
    action(names[0])
    times = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        action(names[number % len(names)])
        times.append(time.perf_counter() - start)
    print(f"{what}: {1000 * statistics.median(times):.2f} ms, the median of {ROUNDS}")


def main() -> None:
    """Print the figures."""
    documents = list(make_documents())
    _timed("documents made", lambda: sum(len(document.quotes) for document in documents))
    graph = build_graph([])

    def build() -> object:
        nonlocal graph
        graph = build_graph(documents)
        return graph

    _timed(f"graph of {DOCUMENTS * QUOTES:,} quotes", build)
    print(graph)
    _timed("speakers' projection", lambda: nx.pagerank(project_speakers(graph)))
    names = [f"{GIVEN[n % len(GIVEN)]} Surname{n}" for n in range(PEOPLE)]
    selection = select(documents)
    _timed("first question to all documents", lambda: what_did(selection, names[0]))
    _median("what_did by name in all documents", lambda name: what_did(selection, name), names)
    _median("what_did by surname", lambda name: what_did(selection, name.split()[1]), names)
    _median("what_did about China", lambda name: what_did(selection, name, about="China"), names)
    chance = random.Random(2)
    long = _make_document("long", names[:60], chance, 1000)
    _median("what_did in a document of 1,000 quotes", lambda name: what_did(long, name), names[:60])


if __name__ == "__main__":
    main()
