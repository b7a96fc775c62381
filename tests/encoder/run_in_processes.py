"""Run by test_session.py: reads texts in two processes while a thread loads the network; prints digests as JSON."""

import hashlib
import json
import multiprocessing
import sys
import threading
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from quotesmith.encoder import Encoded, Encoder
from quotesmith.marks import pair_marks


def digest(encoded: Encoded) -> str:
    """Of all numbers that the encoder gave."""
    arrays: list[NDArray[Any]] = [encoded.pieces.ids, encoded.mentions, encoded.hidden]
    for level in encoded.levels:
        arrays += [level.tags, *level.links]
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def read(job: tuple[Encoder, str]) -> str:
    """Reads one text."""
    encoder, text = job
    return digest(encoder(text, pair_marks(text)))


def main() -> None:
    method, folder = sys.argv[1:]
    jobs = [(Encoder(Path(folder)), text) for text in json.load(sys.stdin)]
    loading = threading.Thread(target=read, args=jobs[:1])
    loading.start()
    with multiprocessing.get_context(method).Pool(2) as pool:
        there = pool.map(read, jobs)
    loading.join()
    json.dump([there, list(map(read, jobs))], sys.stdout)


if __name__ == "__main__":
    main()
