"""The spaCy component "quotesmith": its factory, its options, its place in a pipeline."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import copy
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
from quotesmith.errors import ArgumentError, FormatError, LanguageError, MissingAnnotationError, OptionError
from quotesmith.extraction import LearnedExtractor, RuleExtractor, TextStyle
from quotesmith.files import write_atomically
from quotesmith.lexicon import languages
from quotesmith.lexicon.gazetteer import GazetteerEntry, GazetteerSource
from quotesmith.lexicon.people import load_people
from quotesmith.lexicon.reporting import ReportingLexicon, load_reporting
from quotesmith.lexicon.reporting_verbs import ReportingVerbSource
from quotesmith.lexicon.titles import TitleSource
from quotesmith.marks import STYLES
from quotesmith.pipeline.blanks import with_blanks
from quotesmith.pipeline.extensions import annotate, register_extensions
from quotesmith.pipeline.scorer import SCORE_WEIGHTS, SCORER, ExampleScorer, score_quotes
from quotesmith.pipeline.user_words import SORTS, UserWords
from quotesmith.records import QuoteDocument
from quotesmith.speakers import DEFAULT_SPEAKER_SETTINGS, SpeakerSettings

EXTRACTORS: Mapping[str, Callable[[ReportingLexicon, Encoder], LearnedExtractor | RuleExtractor]] = {
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
_AUTO = "auto"
# What `style` was once for.
_MARKS_ONLY = tuple(choice for choice in STYLES if choice != _AUTO)
_CONFIG_FILE = "config.json"
# What is saved with the options and may be left out.
_NO_STRINGS: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(SORTS, (list, "a list of records")),
    "timings": (bool, "true or false"),
    "min_speaker_score": (float, "a number with a decimal point"),
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
        marks: Which quotation marks are primary: "auto", "double", "single" or "dash".
        style: What texts are read as: "news", "fiction", or "auto" where each text decides.
        gazetteer: The path of a file with names that are known beforehand, or the records themselves. A
            missing file raises an error with the first text, unless the pipeline was loaded with the gazetteer in it.
        reporting_verbs: Verbs that report, besides those that the package knows, in the same manner.
        titles: Titles of people, besides those that the package knows, in the same manner.
        scorer: Gives the figures of `nlp.evaluate`; None for none.
        timings: Whether each document's `meta` has the seconds that the stages took, under "timings".
        min_speaker_score: Speaker score below which a source gets no speaker rather than a name, in [0, 1].

    Raises:
        OptionError: if an option isn't one of its choices.
        GazetteerError: if the gazetteer is malformed or contradicts itself.
        LexiconError: if the verbs or titles are.
        LanguageError: if there is no lexicon for the language.
    """

    def __init__(
        self,
        name: str,
        *,
        language: str,
        extractor: str,
        coref: str,
        marks: str = _AUTO,
        style: str = _AUTO,
        gazetteer: GazetteerSource | None = None,
        reporting_verbs: ReportingVerbSource | None = None,
        titles: TitleSource | None = None,
        scorer: ExampleScorer | None = score_quotes,
        timings: bool = False,
        min_speaker_score: float = DEFAULT_SPEAKER_SETTINGS.min_speaker_score,
    ) -> None:
        self.name = name
        self.language = language
        self.scorer = scorer
        self.timings = timings
        self._words = UserWords()
        config = {"extractor": extractor, "coref": coref, "marks": marks, "style": style}
        self._configure(config, min_speaker_score)
        sources: dict[str, Any] = {"gazetteer": gazetteer, "reporting_verbs": reporting_verbs, "titles": titles}
        # A saved pipeline names the files in its options, and carries what they held.
        self._missing_files = {
            sort: Path(source)
            for sort, source in sources.items()
            if isinstance(source, str | PathLike) and not Path(source).exists()
        }
        there = {sort: source for sort, source in sources.items() if sort not in self._missing_files}
        self.set_words(UserWords.read(**there))

    def _configure(self, config: Mapping[str, str], min_speaker_score: float) -> None:
        _check_choice("extractor", config["extractor"], EXTRACTORS)
        _check_choice("marks", config["marks"], STYLES)
        style = _find_style(config["style"])
        if self.language not in languages():
            msg = f"quotesmith reads {', '.join(languages())}, but the pipeline's language is {self.language!r}"
            raise LanguageError(msg)
        if config["extractor"] == "learned" and self.language not in _LEARNED:
            msg = f"the learned extractor reads {', '.join(_LEARNED)}, not {self.language!r}: set extractor to 'rules'"
            raise LanguageError(msg)
        coreference = _find_coreference(config["coref"])
        self.config = dict(config)
        encoder = Encoder()
        self._extractor = EXTRACTORS[config["extractor"]](load_reporting(self.language), encoder)
        self._analyzer = Analyzer(
            extractor=self._extractor,
            encoder=encoder,
            coreference=coreference,
            marks=config["marks"],
            style=style,
            speaker_settings=SpeakerSettings(min_speaker_score=min_speaker_score),
        )

    @property
    def min_speaker_score(self) -> float:
        """The speaker score below which a source gets no speaker rather than a name."""
        return self._analyzer.speaker_settings.min_speaker_score

    @property
    def gazetteer(self) -> tuple[GazetteerEntry, ...]:
        """The names that are known beforehand; empty where there is no gazetteer."""
        known = self.words.gazetteer
        return () if known is None else known.entries

    def set_gazetteer(self, source: GazetteerSource) -> None:
        """Replace the names that are known beforehand.

        Args:
            source: A file or records, as for `quotesmith.lexicon.gazetteer.read_gazetteer`.

        Raises:
            GazetteerError: if it is malformed or contradicts itself.
            OSError: if the file can't be read.
        """
        self.set_words(UserWords.read(gazetteer=source))

    @property
    def words(self) -> UserWords:
        """The user's own names, reporting verbs and titles.

        Raises:
            GazetteerError: if the file of the gazetteer isn't there.
            LexiconError: if the file of the verbs or titles isn't there.
        """
        self._check_files()
        return self._words

    def _check_files(self) -> None:
        for sort, path in self._missing_files.items():
            name, error = SORTS[sort]
            msg = f"there is no {name} at {str(path)!r}; give the path of a file that is there"
            raise error(msg)

    def set_words(self, words: UserWords) -> None:
        """Replace the user's own names and words, of those sorts that are given."""
        self._words = words.instead_of(self._words)
        self._missing_files = {sort: path for sort, path in self._missing_files.items() if getattr(words, sort) is None}
        reporting, verbs, titles = load_reporting(self.language), self._words.reporting_verbs, self._words.titles
        self._analyzer = evolve(
            self._analyzer,
            extractor=evolve(self._extractor, lexicon=reporting.with_verbs(verbs) if verbs else reporting),
            people=load_people(self.language).with_titles(titles) if titles else None,
            gazetteer=self._words.gazetteer,
        )

    def with_words(self, words: UserWords) -> "QuotesmithComponent":
        """This component, or a copy with other names and words of those sorts that are given, if any are."""
        if words == UserWords():
            return self
        other = copy(self)
        other.set_words(words)
        return other

    def set_style(self, style: str) -> None:
        """Say what texts are read as: "news", "fiction", or "auto" where each text decides.

        Raises:
            OptionError: if it is none of these.
        """
        self._analyzer = evolve(self._analyzer, style=_find_style(style))
        self.config = {**self.config, "style": style}

    def with_style(self, style: str | None) -> "QuotesmithComponent":
        """This component, or a copy that reads texts as of that style, if one is given; errors as for `set_style`."""
        if style is None:
            return self
        other = copy(self)
        other.set_style(style)
        return other

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
    ) -> QuoteDocument:
        """The QuoteDocument of a parsed Doc, which isn't changed.

        Args:
            doc: With tags, lemmas, a dependency parse and named entities.
            text: The original text where the Doc's was cleaned; of the same length.
            id: The document's key; without one, a digest of the text.
            meta: The caller's own JSON data.

        Raises:
            MissingAnnotationError: if the Doc lacks an annotation.
            GazetteerError: if the file of the component's gazetteer isn't there.
            LexiconError: if the file of its verbs or titles isn't there.
        """
        missing = [what for name, what in _NEEDED.items() if not doc.has_annotation(name)]
        if missing and len(doc) > 0:
            msg = f"the quotesmith component needs {', '.join(missing)}: add that to the pipeline before 'quotesmith'"
            raise MissingAnnotationError(msg)
        self._check_files()
        original = doc.text if text is None else text
        return evolve(self._analyzer, timings=self.timings)(with_blanks(doc), text=original, id=id, meta=meta)

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """The scorer's figures, for `nlp.evaluate`; see `quotesmith.pipeline.scorer.score_quotes`."""
        return {} if self.scorer is None else self.scorer(examples, **options)

    def _options(self) -> dict[str, Any]:
        """The options as they are saved, without the user's words."""
        return {**self.config, "timings": self.timings, "min_speaker_score": self.min_speaker_score}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy's signature
        """The options and the records of the user's words, as JSON."""
        return json.dumps({**self._options(), **self.words.records()}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "QuotesmithComponent":  # noqa: ARG002
        """Take the options and the words that `to_bytes` gave."""
        config = _checked_config(data)
        return self._take(config, {sort: config.pop(sort, None) for sort in SORTS})

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the options to a folder, as JSON, and each sort of words that there is, as JSON Lines."""
        records = self.words.records()
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / _CONFIG_FILE, json.dumps(self._options()).encode())
        for sort in SORTS:
            file = folder / f"{sort}.jsonl"
            file.unlink(missing_ok=True)
            if sort in records:
                write_atomically(file, "".join(json.dumps(record) + "\n" for record in records[sort]).encode())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "QuotesmithComponent":  # noqa: ARG002
        """Take the options and the words that `to_disk` wrote."""
        folder = Path(path)
        config = _checked_config((folder / _CONFIG_FILE).read_bytes())
        files = {sort: folder / f"{sort}.jsonl" for sort in SORTS}
        given = {sort: config.pop(sort, None) for sort in SORTS}
        return self._take(config, {**given, **{sort: file for sort, file in files.items() if file.is_file()}})

    def _take(self, config: dict[str, Any], sources: Mapping[str, Any]) -> "QuotesmithComponent":
        # All is read before anything changes: an error leaves the component as it was.
        words = UserWords.read(**sources)
        timings = config.pop("timings", self.timings)
        least = config.pop("min_speaker_score", self.min_speaker_score)
        self._configure(config, least)
        self.timings = timings
        self._words, self._missing_files = UserWords(), {}
        self.set_words(words)
        return self


@Language.factory(
    "quotesmith",
    assigns=["doc.spans", "doc._.quotes"],
    requires=["token.tag", "token.lemma", "token.dep", "doc.ents"],
    default_config={
        "extractor": "learned",
        "coref": "adapter",
        "marks": _AUTO,
        "style": _AUTO,
        **dict.fromkeys(SORTS),
        "scorer": {"@scorers": SCORER},
        "timings": False,
        "min_speaker_score": DEFAULT_SPEAKER_SETTINGS.min_speaker_score,
    },
    default_score_weights=SCORE_WEIGHTS,
)
def make_component(
    nlp: Language,
    name: str,
    *,
    extractor: str,
    coref: str,
    marks: str,
    style: str,
    gazetteer: str | list[dict[str, Any]] | None,
    reporting_verbs: str | list[dict[str, Any]] | None,
    titles: str | list[dict[str, Any]] | None,
    scorer: ExampleScorer | None,
    timings: bool,
    min_speaker_score: float,
) -> QuotesmithComponent:
    """SpaCy's factory "quotesmith"; the options are those of `QuotesmithComponent`."""
    return QuotesmithComponent(
        name,
        language=nlp.lang or "",
        extractor=extractor,
        coref=coref,
        marks=marks,
        style=style,
        gazetteer=gazetteer,
        reporting_verbs=reporting_verbs,
        titles=titles,
        scorer=scorer,
        timings=timings,
        min_speaker_score=min_speaker_score,
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


def _find_style(style: object) -> TextStyle | None:
    """The style of an option's value; None where each text decides."""
    if style in _MARKS_ONLY:
        msg = f"style is what texts are read as; to say which quotation marks are primary, give marks={style!r}"
        raise OptionError(msg)
    choices = (_AUTO, *map(str, TextStyle))
    _check_choice("style", style, choices)
    return None if style == _AUTO else TextStyle(str(style))


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
    wanted = {"extractor", "coref", "marks", "style"}
    try:
        config = json.loads(data)
    except (ValueError, RecursionError) as error:
        msg = f"the component's options are not JSON: {error}"
        raise FormatError(msg) from error
    if isinstance(config, dict) and "style" in config:
        # Before there were styles of text, pipelines were saved without this.
        config.setdefault("marks", _AUTO)
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
