"""The registry of a million sightings: how long does it take, and how much memory?

Run as `python -m tests.benchmarks.registry_size --sightings 1000000`. Documents of 25 named entities are made up: 15
people, drawn so that few are in very many documents, each by one of the forms of their name, of common and of made-up
family names; and ten bodies and places. A shard is added then, and the registry brought up to date.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotesmith.corpus import Corpus
from quotesmith.corpus.tables import SCHEMAS
from quotesmith.lexicon.people import load_people
from tests.benchmarks.measuring import peak_megabytes, run_apart
from tests.corpus.hand_made import add_tables, write_corpus

SHARD = 1_000
PEOPLE = 15
BODIES = 10
JOBS = ("senator", "governor", "economist", "astronomer", "goalkeeper", "novelist", "prosecutor", "archbishop")


def word(chance: random.Random, syllables: int) -> str:
    """A made-up name."""
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(syllables)).capitalize()


def people(chance: random.Random, number: int) -> list[tuple[str, ...]]:
    """The forms of the names of made-up people, whose first names have nicknames now and then."""
    lexicon = load_people()
    given = sorted(lexicon.common_given_names)
    nicknames: dict[str, list[str]] = {}
    for short, names in sorted(lexicon.nicknames.items()):
        for name in names:
            nicknames.setdefault(name, []).append(short)
    families = [name.capitalize() for name in sorted(lexicon.common_families)]
    families += [word(chance, 4) for _ in range(number // 4)]
    found: list[tuple[str, ...]] = []
    for _ in range(number):
        first, family = chance.choice(given), chance.choice(families)
        short = chance.choice(nicknames.get(first, [first]))
        middle = chance.choice("ABCDEFGHJKLMNPRSTW")
        full = f"{first.capitalize()} {family}"
        found.append(
            (full, full, full, f"{short.capitalize()} {family}", f"{first.capitalize()} {middle}. {family}", family)
        )
    return found


def documents(chance: random.Random, number: int, first: int, known: list[tuple[str, ...]]) -> Iterator[dict[str, Any]]:
    """Rows of documents with their entities and mentions."""
    bodies = [f"{word(chance, 3)} {chance.choice(('Bank', 'Council', 'Party'))}" for _ in range(5_000)]
    for at in range(first, first + number):
        names = [chance.choice(known[int(len(known) * chance.random() ** 3)]) for _ in range(PEOPLE)]
        names += [bodies[int(len(bodies) * chance.random() ** 3)] for _ in range(BODIES)]
        text, entities, mentions = "", [], []
        for place, name in enumerate(dict.fromkeys(names)):
            start = len(text)
            text += f"{name}, the {chance.choice(JOBS)} of {word(chance, 3)}, spoke of {word(chance, 3)}. "
            kind = "organization" if name in names[PEOPLE:] else "person"
            entity = {"document": f"d{at}", "id": f"e{place}", "name": name, "kind": kind, "named": True}
            entities.append({**entity, "aliases": [], "members": []})
            spans = [{"start": start, "end": start + len(name)}]
            mention = {"document": f"d{at}", "id": f"m{place}", "spans": spans, "form": "name", "entity": f"e{place}"}
            mentions.append(mention)
        document = {"id": f"d{at}", "text": text, "language": "en", "meta": "{}", "place": "made up"}
        yield {"documents": [document], "entities": entities, "mentions": mentions}


def add_shard(folder: Path, made: Iterator[dict[str, Any]]) -> int:
    """Write a shard of the documents; gives how many sightings it has."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for document in made:
        for name, own in document.items():
            rows[name] += own
    add_tables(folder, {name: pa.Table.from_pylist(rows[name], schema) for name, schema in SCHEMAS.items()})
    return len(rows["entities"])


def update(folder: Path) -> None:
    """Print seconds and memory of an update, measured in this process."""
    begun, used = time.perf_counter(), time.process_time()
    known = Corpus(folder).update_registry()
    seconds = time.perf_counter() - begun, time.process_time() - used
    identities = sum(1 for _ in known)
    print(json.dumps({"seconds": seconds[0], "cpu": seconds[1], "peak_mb": peak_megabytes(), "identities": identities}))


def main() -> None:
    """Make the corpus and print what its updates take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sightings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--update", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.update is not None:
        update(asked.update)
        return
    chance = random.Random(asked.seed)
    known = people(chance, asked.sightings // 20)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_corpus(folder, [], shard_documents=SHARD)
        first = sightings = 0
        while sightings < asked.sightings:
            sightings += add_shard(folder, documents(chance, SHARD, first, known))
            first += SHARD
        for step in ("all", "nothing new", "one shard more"):
            if step == "one shard more":
                sightings += add_shard(folder, documents(chance, SHARD, first, known))
            told = json.dumps(run_apart("registry_size", "--update", folder))
            print(f"{step}: {sightings:,} sightings: {told}", flush=True)


if __name__ == "__main__":
    main()
