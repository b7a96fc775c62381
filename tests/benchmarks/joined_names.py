"""OntoGUM's own clusters as predictions, joined where they share a name: the most that whoever joins these can reach.

Run as `python -m tests.benchmarks.joined_names GOLD/ontogum OUT.jsonl`, then give OUT to the scorer of pronouns.

The corpus was made by leaving out links, so that one man whose sections all name him "Gordon" is three there; whoever
takes him for one is wrong at each of his pronouns.
"""

import json
import sys
from pathlib import Path
from typing import Any

from quotesmith.training.clusters import ClusteredText, read_ontogum


def main() -> None:
    """Read, write; says how many texts there are."""
    source, target = map(Path, sys.argv[1:3])
    texts = read_ontogum(source)
    target.write_text("".join(json.dumps(_predict(text)) + "\n" for text in texts), encoding="utf-8")
    print(f"{len(texts)} texts")


def _predict(text: ClusteredText) -> dict[str, Any]:
    mentions = [
        {"span": list(span), "entity": f"e{number}"} for number, spans in enumerate(text.clusters) for span in spans
    ]
    return {"doc_id": text.name, "mentions": mentions}


if __name__ == "__main__":
    main()
