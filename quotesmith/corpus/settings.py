"""What a corpus is made with, kept in its folder so that all of its shards are made in the same way."""

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from attrs import asdict, fields, frozen

import quotesmith
from quotesmith.encoder.weights import CARD, SHIPPED
from quotesmith.errors import CorpusError, MissingPipelineError
from quotesmith.export.json_data import decode_json
from quotesmith.files import write_atomically
from quotesmith.lexicon.gazetteer import GazetteerSource, read_gazetteer

CORPUS_FORMAT: Final = 1
"""The version of a corpus' folder, its tables and manifests."""
SETTINGS: Final = "corpus.json"
GAZETTEER: Final = "gazetteer.jsonl"
REGISTRY_FOLDER: Final = "registry"


@frozen(kw_only=True)
class CorpusSettings:
    """What results depend on besides the inputs.

    Attributes:
        format: The version of the folder's layout.
        quotesmith: The version of this package.
        weights: A digest of the card of the encoder's weights.
        spacy: The version of spaCy.
        pipeline: The package or folder of the spaCy pipeline.
        pipeline_version: Its version.
        gazetteer: A digest of the gazetteer that lies in the folder; None where there is none.
        style: What texts are read as; "auto" where each text decides.
        shard_documents: The most documents that a shard has.
    """

    format: int = CORPUS_FORMAT
    quotesmith: str
    weights: str
    spacy: str
    pipeline: str
    pipeline_version: str
    gazetteer: str | None = None
    style: str = "auto"
    shard_documents: int

    @classmethod
    def installed(
        cls, pipeline: str | None, *, gazetteer: str | None, style: str = "auto", shard_documents: int
    ) -> "CorpusSettings":
        """The settings of what is installed here, with the best pipeline where none is given.

        Raises:
            MissingPipelineError: if there is no pipeline of that name, or none at all.
        """
        from quotesmith.pipeline.loading import find_pipeline

        name = find_pipeline() if pipeline is None else pipeline
        return cls(
            quotesmith=quotesmith.__version__,
            weights=digest((SHIPPED / CARD).read_bytes()),
            spacy=version("spacy"),
            pipeline=name,
            pipeline_version=_pipeline_version(name),
            gazetteer=gazetteer,
            style=style,
            shard_documents=shard_documents,
        )

    def check_installed(self) -> None:
        """Raise `CorpusError` where this machine would make shards in another way."""
        here = CorpusSettings.installed(
            self.pipeline, gazetteer=self.gazetteer, style=self.style, shard_documents=self.shard_documents
        )
        self.check_same(here, "this machine has")

    def check_same(self, other: "CorpusSettings", who: str) -> None:
        """Raise `CorpusError` with all that differs, if anything does."""
        pairs = [(own.name, getattr(self, own.name), getattr(other, own.name)) for own in fields(CorpusSettings)]
        changed = [f"{name} {after!r} instead of {before!r}" for name, before, after in pairs if before != after]
        if changed:
            msg = f"{who} {', '.join(changed)}; use what the corpus was begun with, or run into another folder"
            raise CorpusError(msg)

    def write(self, folder: Path) -> None:
        """Write them to a new corpus' folder."""
        write_atomically(folder / SETTINGS, json.dumps(asdict(self), indent=2).encode() + b"\n")

    @classmethod
    def read(cls, folder: Path) -> "CorpusSettings | None":
        """The settings of a corpus' folder; None where there is none.

        Raises:
            CorpusError: if it is a corpus of another version.
            FormatError: if the file isn't JSON.
        """
        path = folder / SETTINGS
        if not path.is_file():
            return None
        data: Any = decode_json(path.read_bytes(), str(path))
        known = {own.name for own in fields(cls)}
        # Corpora of this format were begun before there were styles.
        if not isinstance(data, dict) or data.get("format") != CORPUS_FORMAT or data.keys() | {"style"} != known:
            known_format = f"a corpus that this version knows (format {CORPUS_FORMAT})"
            msg = f"{path} is not of {known_format}; analyze the inputs again, into another folder"
            raise CorpusError(msg)
        return cls(**data)


def gazetteer_lines(source: GazetteerSource) -> bytes:
    """A gazetteer as a corpus' folder keeps it; `digest` of it stands for it in the settings.

    Raises:
        GazetteerError: if it is malformed or contradicts itself.
        OSError: if its file can't be read.
    """
    return "".join(json.dumps(entry.to_dict()) + "\n" for entry in read_gazetteer(source)).encode()


def keep_gazetteer(lines: bytes, folder: Path) -> None:
    """Write the gazetteer with which a corpus is made to its folder, unless it is there."""
    path = folder / GAZETTEER
    if not path.is_file() or path.read_bytes() != lines:
        write_atomically(path, lines)


def kept_gazetteer(settings: CorpusSettings, folder: Path) -> Path | None:
    """The file of the gazetteer with which a corpus is made, if it has one.

    Raises:
        CorpusError: if it isn't what it was when the corpus was begun.
    """
    if settings.gazetteer is None:
        return None
    path = folder / GAZETTEER
    if not path.is_file() or digest(path.read_bytes()) != settings.gazetteer:
        msg = f"{path} is not the gazetteer that the corpus was begun with; run again with that gazetteer"
        raise CorpusError(msg)
    return path


def digest(data: bytes) -> str:
    """Sixteen hexadecimal digits that stand for the bytes."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _pipeline_version(name: str) -> str:
    if Path(name).is_dir():
        from spacy.util import load_meta

        return str(load_meta(Path(name) / "meta.json")["version"])
    try:
        return version(name)
    except PackageNotFoundError:
        msg = f"no spaCy pipeline {name!r} is installed or lies in a folder of that name; install one"
        raise MissingPipelineError(msg) from None
