"""The spaCy component "quotesmith": its factory, its options, its place in a pipeline."""

import json
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import evolve
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from quotesmith.analysis import Analyzer
from quotesmith.coreference import CorefereeAdapter, CoreferenceResolver, clusters_on_doc, no_clusters
from quotesmith.encoder import Encoder
from quotesmith.errors import (
    ArgumentError,
    FormatError,
    GazetteerError,
    LanguageError,
    MissingAnnotationError,
    OptionError,
)
from quotesmith.extraction import Extractor, LearnedExtractor, RuleExtractor
from quotesmith.files import write_atomically
from quotesmith.lexicon import languages
from quotesmith.lexicon.gazetteer import GazetteerEntry, GazetteerSource, read_gazetteer
from quotesmith.lexicon.reporting import ReportingLexicon, load_reporting
from quotesmith.marks import STYLES
from quotesmith.pipeline.extensions import annotate, register_extensions
from quotesmith.pipeline.scorer import SCORE_WEIGHTS, SCORER, ExampleScorer, score_quotes
from quotesmith.records import QuoteDocument
from quotesmith.speakers import Gazetteer

EXTRACTORS: Mapping[str, Callable[[ReportingLexicon, Encoder], Extractor]] = {
    "learned": lambda lexicon, encoder: LearnedExtractor(encoder, lexicon),
    "rules": lambda lexicon, _: RuleExtractor(lexicon),
}
# The languages that the encoder was trained on.
_LEARNED = ("en",)
COREFERENCES: Mapping[str, Callable[[], CoreferenceResolver]] = {
    "adapter": CorefereeAdapter,
    "doc": lambda: clusters_on_doc,
    "none": lambda: no_clusters,
}
_CONFIG_FILE = "config.json"
_GAZETTEER_FILE = "gazetteer.jsonl"
# What is saved with the options and may be left out.
_NO_STRINGS: Mapping[str, tuple[type, str]] = {
    "gazetteer": (list, "a list of records"),
    "timings": (bool, "true or false"),
}
_NEEDED = {
    "TAG": "a tagger ('tagger')",
    "LEMMA": "lemmas ('lemmatizer')",
    "DEP": "a dependency parse ('parser')",
    "ENT_IOB": "named entities ('ner')",
}

register_extensions()


class QuotesmithComponent:
    """Finds who said what in a Doc and writes it to `doc.spans["quotes"]`, which `doc._.quotes` reads.

    Args:
        name: The component's name in its pipeline.
        language: The pipeline's language.
        extractor: "learned" (a trained encoder; English) or "rules" (the parse and a lexicon).
        coref: "adapter" (coreferee's grammar), "doc" (clusters already on the Doc), "none", or the name of a function
            in spaCy's `misc` registry that returns a coreference resolver.
        style: Which quotation marks are primary: "auto", "double", "single" or "dash".
        gazetteer: The path of a file with names that are known beforehand, or the records themselves. A
            missing file raises an error with the first text, unless the pipeline was loaded with the gazetteer in it.
        scorer: Gives the figures of `nlp.evaluate`; None for none.
        timings: Whether each document's `meta` has the seconds that the stages took, under "timings".

    Raises:
        OptionError: if an option isn't one of its choices.
        GazetteerError: if the gazetteer is malformed or contradicts itself.
        LanguageError: if there is no lexicon for the language.
    """

    def __init__(
        self,
        name: str,
        *,
        language: str,
        extractor: str,
        coref: str,
        style: str,
        gazetteer: GazetteerSource | None = None,
        scorer: ExampleScorer | None = score_quotes,
        timings: bool = False,
    ) -> None:
        self.name = name
        self.language = language
        self.scorer = scorer
        self.timings = timings
        self._gazetteer = Gazetteer.of(())
        self._missing_gazetteer: Path | None = None
        self._configure({"extractor": extractor, "coref": coref, "style": style})
        if isinstance(gazetteer, str | PathLike) and not Path(gazetteer).exists():
            # A saved pipeline names the file in its options, and carries what the file held.
            self._missing_gazetteer = Path(gazetteer)
        elif gazetteer is not None:
            self.set_gazetteer(gazetteer)

    def _configure(self, config: Mapping[str, str]) -> None:
        _check_choice("extractor", config["extractor"], EXTRACTORS)
        _check_choice("style", config["style"], STYLES)
        if self.language not in languages():
            msg = f"quotesmith reads {', '.join(languages())}, but the pipeline's language is {self.language!r}"
            raise LanguageError(msg)
        if config["extractor"] == "learned" and self.language not in _LEARNED:
            msg = f"the learned extractor reads {', '.join(_LEARNED)}, not {self.language!r}: set extractor to 'rules'"
            raise LanguageError(msg)
        self.config = dict(config)
        encoder = Encoder()
        self._analyzer = Analyzer(
            extractor=EXTRACTORS[config["extractor"]](load_reporting(self.language), encoder),
            encoder=encoder,
            coreference=_find_coreference(config["coref"]),
            style=config["style"],
            gazetteer=self._gazetteer,
        )

    @property
    def gazetteer(self) -> tuple[GazetteerEntry, ...]:
        """The names that are known beforehand; empty where there is no gazetteer."""
        self._check_gazetteer()
        return self._gazetteer.entries

    def set_gazetteer(self, source: GazetteerSource) -> None:
        """Replace the names that are known beforehand.

        Args:
            source: A file or records, as for `quotesmith.lexicon.gazetteer.read_gazetteer`.

        Raises:
            GazetteerError: if it is malformed or contradicts itself.
            OSError: if the file can't be read.
        """
        self._gazetteer = Gazetteer.of(read_gazetteer(source))
        self._missing_gazetteer = None
        self._analyzer = evolve(self._analyzer, gazetteer=self._gazetteer)

    def _check_gazetteer(self) -> None:
        if self._missing_gazetteer is not None:
            msg = f"there is no gazetteer at {str(self._missing_gazetteer)!r}; give the path of a file that is there"
            raise GazetteerError(msg)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc with its quotes."""
        annotate(doc, self.analyze(doc))
        return doc

    def analyze(
        self,
        doc: Doc,
        *,
        text: str | None = None,
        id: str | None = None,
        meta: Mapping[str, Any] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> QuoteDocument:
        """The QuoteDocument of a parsed Doc, which isn't changed.

        Args:
            doc: With tags, lemmas, a dependency parse and named entities.
            text: The original text where the Doc's was cleaned; of the same length.
            id: The document's key; without one, a digest of the text.
            meta: The caller's own JSON data.
            gazetteer: Names that are known beforehand, instead of the component's own.

        Raises:
            MissingAnnotationError: if the Doc lacks an annotation.
            GazetteerError: if the file of the component's gazetteer isn't there.
        """
        missing = [what for name, what in _NEEDED.items() if not doc.has_annotation(name)]
        if missing and len(doc) > 0:
            msg = f"the quotesmith component needs {', '.join(missing)}: add that to the pipeline before 'quotesmith'"
            raise MissingAnnotationError(msg)
        analyzer = evolve(self._analyzer, timings=self.timings)
        if gazetteer is None:
            self._check_gazetteer()
        else:
            analyzer = evolve(analyzer, gazetteer=gazetteer)
        return analyzer(doc, text=text, id=id, meta=meta)

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """The scorer's figures, for `nlp.evaluate`; see `quotesmith.pipeline.scorer.score_quotes`."""
        return {} if self.scorer is None else self.scorer(examples, **options)

    def _options(self) -> dict[str, Any]:
        """The options as they are saved, without the gazetteer."""
        return {**self.config, "timings": self.timings}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy's signature
        """The options and the entries of the gazetteer, as JSON."""
        data = self._options()
        if self.gazetteer:
            data["gazetteer"] = [entry.to_dict() for entry in self.gazetteer]
        return json.dumps(data).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "QuotesmithComponent":  # noqa: ARG002
        """Take the options and the gazetteer that `to_bytes` gave."""
        config = _checked_config(data)
        entries = config.pop("gazetteer", [])
        self.timings = config.pop("timings", self.timings)
        self._configure(config)
        self.set_gazetteer(entries)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the options to a folder, as JSON, and the gazetteer if there is one, as JSON Lines."""
        rows = [json.dumps(entry.to_dict()) + "\n" for entry in self.gazetteer]
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / _CONFIG_FILE, json.dumps(self._options()).encode())
        (folder / _GAZETTEER_FILE).unlink(missing_ok=True)
        if rows:
            write_atomically(folder / _GAZETTEER_FILE, "".join(rows).encode())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "QuotesmithComponent":  # noqa: ARG002
        """Take the options and the gazetteer that `to_disk` wrote."""
        self.from_bytes((Path(path) / _CONFIG_FILE).read_bytes())
        saved = Path(path) / _GAZETTEER_FILE
        if saved.is_file():
            self.set_gazetteer(saved)
        return self


@Language.factory(
    "quotesmith",
    assigns=["doc.spans", "doc._.quotes"],
    requires=["token.tag", "token.lemma", "token.dep", "doc.ents"],
    default_config={
        "extractor": "learned",
        "coref": "adapter",
        "style": "auto",
        "gazetteer": None,
        "scorer": {"@scorers": SCORER},
        "timings": False,
    },
    default_score_weights=SCORE_WEIGHTS,
)
def make_component(
    nlp: Language,
    name: str,
    *,
    extractor: str,
    coref: str,
    style: str,
    gazetteer: str | list[dict[str, Any]] | None,
    scorer: ExampleScorer | None,
    timings: bool,
) -> QuotesmithComponent:
    """SpaCy's factory "quotesmith"; the options are those of `QuotesmithComponent`."""
    return QuotesmithComponent(
        name,
        language=nlp.lang or "",
        extractor=extractor,
        coref=coref,
        style=style,
        gazetteer=gazetteer,
        scorer=scorer,
        timings=timings,
    )


def find_component(nlp: object) -> QuotesmithComponent:
    """The quotesmith component of a pipeline, whatever its name there.

    Raises:
        ArgumentError: if it isn't a pipeline.
        MissingAnnotationError: if it has none.
    """
    if not isinstance(nlp, Language):
        msg = f"nlp must be a spaCy pipeline, as quotesmith.load() gives, not {type(nlp).__name__}"
        raise ArgumentError(msg)
    for _, component in nlp.components:
        if isinstance(component, QuotesmithComponent):
            return component
    msg = "the pipeline has no quotesmith component; add it with nlp.add_pipe('quotesmith')"
    raise MissingAnnotationError(msg)


def _check_choice(option: str, value: object, choices: Iterable[str]) -> None:
    if value not in tuple(choices):
        msg = f"{option} must be one of {', '.join(map(repr, choices))}, not {value!r}"
        raise OptionError(msg)


def _find_coreference(name: str) -> CoreferenceResolver:
    if name in COREFERENCES:
        return COREFERENCES[name]()
    if registry.has("misc", name):
        resolver: CoreferenceResolver = registry.get("misc", name)()
        return resolver
    choices = ", ".join(map(repr, COREFERENCES))
    msg = f"coref must be {choices} or the name of a function in spaCy's misc registry, not {name!r}"
    raise OptionError(msg)


def _checked_config(data: bytes) -> dict[str, Any]:
    wanted = {"extractor", "coref", "style"}
    try:
        config = json.loads(data)
    except (ValueError, RecursionError) as error:
        msg = f"the component's options are not JSON: {error}"
        raise FormatError(msg) from error
    options = (
        {key: value for key, value in config.items() if key not in _NO_STRINGS} if isinstance(config, dict) else {}
    )
    if set(options) != wanted or not all(isinstance(value, str) for value in options.values()):
        msg = f"the component's options must be strings for {', '.join(sorted(wanted))}, not {options or config!r}"
        raise FormatError(msg)
    for key, (form, what) in _NO_STRINGS.items():
        if key in config and not isinstance(config[key], form):
            msg = f"the component's {key} must be {what}, not {type(config[key]).__name__}"
            raise FormatError(msg)
    return dict(config)
