"""Bytes made to reach every branch of what reads a text's marks, data and files; needs the extra `fuzz`.

Run as `python -m tests.benchmarks.coverage_fuzz marks|codec|importers --seconds N`. Ends with an error at the first
finding, whose bytes lie in the folder of `--findings`; a file given with `--again` is tried once more. More arguments
are libFuzzer's.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import atheris

# What is to be watched is instrumented when it is imported first.
with atheris.instrument_imports(include=["quotesmith"]):
    from quotesmith.errors import QuotesmithError
    from quotesmith.export.formats import DOCUMENT_FORMATS, GRAPH_FORMATS
    from quotesmith.lexicon.gazetteer import GazetteerEntry, read_gazetteer
    from quotesmith.marks import STYLES, pair_marks
    from quotesmith.records import QuoteDocument
    from tests.invariants import iter_pair_faults
    from tests.samples import summit

# A hang is a finding too.
_SECONDS_AT_MOST = 20
_MEGABYTES_AT_MOST = 4096
_LONGEST = 30_000
_PIECES = (
    *"\"“”‟„＂'‘’‚‛`«»‹›「」『』〝〞〟—―–-_*()[]<>.,!?:;… \t\n\r\x85\u2028\u2029\f\v\x00\u00a0/&",
    *("``", "''", "--", "\n\n", "\r\n", "a", "B", "don't", "'em", "'90s", "6'2\"", ' 12"', " he said ", "Go", "s", "5"),
    *("<b>", "</p>", "&nbsp;", "&mdash;", "\ud800", "\u202a", "\u05d0", "😀", "é", "\u0301"),
)
_TEXT_END = b"\xff"
_GAZETTEERS = (".json", ".jsonl", ".csv")


def main() -> None:
    """Try bytes for so many seconds."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.coverage_fuzz")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--findings", type=Path, default=Path())
    parser.add_argument("--again", type=Path)
    options, more = parser.parse_known_args()
    make, examples = TARGETS[options.target]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, example in enumerate(examples(Path(folder))):
            Path(corpus, str(number)).write_bytes(example)
        limits = {
            "max_total_time": options.seconds,
            "timeout": _SECONDS_AT_MOST,
            "rss_limit_mb": _MEGABYTES_AT_MOST,
            "max_len": _LONGEST,
            "artifact_prefix": f"{options.findings}/",
        }
        arguments = [f"-{name}={value}" for name, value in limits.items()]
        atheris.Setup([sys.argv[0], *arguments, *more, str(options.again or corpus)], make(Path(folder)))
        atheris.Fuzz()


def _try_marks(_: Path) -> Callable[[bytes], None]:
    def try_bytes(data: bytes) -> None:
        style = STYLES[data[0] % len(STYLES)] if data else STYLES[0]
        text = "".join(_PIECES[byte] if byte < len(_PIECES) else chr(byte * 257) for byte in data[1:])
        _check(iter_pair_faults(text, pair_marks(text, style=style)))

    return try_bytes


def _try_codec(_: Path) -> Callable[[bytes], None]:
    def try_bytes(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        read = _read_json(provider) if provider.ConsumeBool() else _edited_summit(provider)
        with suppress(QuotesmithError):
            document = QuoteDocument.from_dict(read)
            _check([] if QuoteDocument.from_dict(document.to_dict()) == document else ["it isn't read back"])

    return try_bytes


def _read_json(provider: Any) -> Any:
    try:
        return json.loads(provider.ConsumeBytes(_LONGEST))
    except (ValueError, RecursionError):
        return None


def _edited_summit(provider: Any) -> Any:
    """A document's data with a few values replaced or removed."""
    data: Any = summit().to_dict()
    for _ in range(provider.ConsumeIntInRange(1, 4)):
        _edit(provider, data)
    return data


def _edit(provider: Any, data: Any) -> None:
    """Replaces or removes one value, anywhere in the data."""
    keys = sorted(data) if isinstance(data, dict) else range(len(data))
    if not keys:
        return
    key = keys[provider.ConsumeIntInRange(0, len(keys) - 1)]
    if isinstance(data[key], dict | list) and provider.ConsumeIntInRange(0, 7):
        _edit(provider, data[key])
    elif provider.ConsumeIntInRange(0, 5):
        data[key] = _value(provider)
    else:
        del data[key]


def _value(provider: Any) -> Any:
    makers: Sequence[Callable[[], Any]] = (
        lambda: None,
        provider.ConsumeBool,
        lambda: provider.ConsumeInt(9),
        lambda: provider.ConsumeIntInRange(-2, 200),
        provider.ConsumeProbability,
        lambda: provider.ConsumeUnicode(6),
        lambda: ("e0", "m1", "q2", "direct", "person", "name")[provider.ConsumeIntInRange(0, 5)],
        lambda: [_value(provider), _value(provider)] if provider.remaining_bytes() else [],
        lambda: {provider.ConsumeUnicode(4): _value(provider)} if provider.remaining_bytes() else {},
    )
    return makers[provider.ConsumeIntInRange(0, len(makers) - 1)]()


def _try_importers(folder: Path) -> Callable[[bytes], None]:
    readers = _readers()

    def try_bytes(data: bytes) -> None:
        suffix, read = readers[data[0] % len(readers)] if data else readers[0]
        path = folder / f"f{suffix}"
        # brat's text lies in a file of its own.
        text, _, rest = data[1:].partition(_TEXT_END) if suffix == ".ann" else (b"", b"", data[1:])
        path.with_suffix(".txt").write_bytes(text)
        path.write_bytes(rest)
        with suppress(QuotesmithError, OSError):
            read(path)

    return try_bytes


def _readers() -> Sequence[tuple[str, Callable[[Path], object]]]:
    documents = [(known.suffix, known.read) for known in DOCUMENT_FORMATS if known.read is not None]
    return [
        *((suffix, partial(_read_all, read)) for suffix, read in documents),
        *((known.suffix, known.read) for known in GRAPH_FORMATS),
        *((suffix, read_gazetteer) for suffix in _GAZETTEERS),
    ]


def _read_all(read: Callable[[Path], Iterator[QuoteDocument]], path: Path) -> None:
    for document in read(path):
        _check([] if isinstance(document, QuoteDocument) else [f"{document!r} is no document"])


def _files(folder: Path) -> Iterator[bytes]:
    """A good file of each format, as `_try_importers` takes it."""
    entries = [GazetteerEntry(name="Jane Roe", aliases=("Roe",), gender="feminine", identifier="Q1")]
    rows = [entry.to_dict() for entry in entries]
    gazetteers = {
        ".json": json.dumps(rows),
        ".jsonl": json.dumps(rows[0]),
        ".csv": "name,aliases,gender\nJane Roe,Roe;Mayor Roe,feminine\n",
    }
    known: list[tuple[str, Callable[[Path], object]]] = [
        *((form.suffix, partial(form.write, [summit()])) for form in DOCUMENT_FORMATS if form.read is not None),
        *((form.suffix, partial(form.write, summit().graph())) for form in GRAPH_FORMATS),
        *((suffix, lambda path, text=text: path.write_text(text)) for suffix, text in gazetteers.items()),
    ]
    for number, (suffix, write) in enumerate(known):
        path = folder / f"example{suffix}"
        write(path)
        text = path.with_suffix(".txt").read_bytes() + _TEXT_END if suffix == ".ann" else b""
        yield bytes([number]) + text + path.read_bytes()


def _texts(_: Path) -> Iterator[bytes]:
    return (bytes([style, *range(0, len(_PIECES), style + 1)]) for style in range(len(STYLES)))


def _data(_: Path) -> Iterator[bytes]:
    return iter([json.dumps(summit().to_dict()).encode() + b"\1", b"\0" * 40, bytes(range(250))])


def _check(faults: Iterable[str]) -> None:
    for fault in faults:
        raise AssertionError(fault)


# What tries bytes, and what gives examples to begin with.
TARGETS: Mapping[str, tuple[Callable[[Path], Callable[[bytes], None]], Callable[[Path], Iterator[bytes]]]] = {
    "marks": (_try_marks, _texts),
    "codec": (_try_codec, _data),
    "importers": (_try_importers, _files),
}


if __name__ == "__main__":
    main()
