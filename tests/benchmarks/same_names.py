"""OntoGUM's pronouns, where names of one entity that its corpus cuts in two no longer count against each other.

Run as `python -m tests.benchmarks.same_names GOLD.jsonl OUT.jsonl`, then give OUT to the scorer of pronouns.

The corpus was made by leaving out links, so that "Eugene Nida" of one section and "Nida" of the next are two entities
there; whoever joins them is wrong at each of their pronouns. Here a name is left out of an item's others if all its
words are those of a right name, or the other way round.
"""

import json
import sys
from pathlib import Path
from typing import Any

from quotesmith.lexicon.folding import fold


def main() -> None:
    """Read, leave out, write; says how many names were left out."""
    source, target = map(Path, sys.argv[1:3])
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    left = sum(_leave_out(row["text"], item) for row in rows for item in row["items"])
    target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{left} names left out of {sum(len(row['items']) for row in rows)} items")


def _leave_out(text: str, item: dict[str, Any]) -> int:
    right = [_words(text, span) for span in item["names"]]
    kept = [span for span in item["others"] if not _is_same(_words(text, span), right)]
    left = len(item["others"]) - len(kept)
    item["others"] = kept
    return left


def _words(text: str, span: list[int]) -> frozenset[str]:
    return frozenset(map(fold, text[slice(*span)].removesuffix("'s").split()))


def _is_same(words: frozenset[str], right: list[frozenset[str]]) -> bool:
    return any(words <= name or name <= words for name in right if name)


if __name__ == "__main__":
    main()
