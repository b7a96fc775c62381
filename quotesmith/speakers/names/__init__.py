"""The names of a text, and whose they are: from the Doc to the entities that are named, and what is said of them."""

from collections.abc import Sequence

from attrs import frozen

from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpans
from quotesmith.speakers.names.clustering import NamedEntity, cluster_names
from quotesmith.speakers.names.descriptions import Describer
from quotesmith.speakers.names.gazetteer import Gazetteer, as_listed, keep_together, with_entries
from quotesmith.speakers.names.genders import told_gender
from quotesmith.speakers.names.headlines import cut_headings, split_writers
from quotesmith.speakers.names.labelled_speakers import (
    LabelledSpeaker,
    LabelledSpeakers,
    find_labelled_speakers,
    label_names,
)
from quotesmith.speakers.names.recognition import Name, NameKinds, find_unrecognized, head_token, recognize_names
from quotesmith.speakers.settings import NameSettings

__all__ = [
    "Describer",
    "Gazetteer",
    "LabelledSpeaker",
    "LabelledSpeakers",
    "Name",
    "NameKinds",
    "NameSettings",
    "NamedEntity",
    "TextNames",
    "as_listed",
    "cluster_names",
    "find_labelled_speakers",
    "find_names",
    "head_token",
    "keep_together",
    "read_names",
    "told_gender",
]


@frozen
class TextNames:
    """The names of a text, and the entities that they name.

    Attributes:
        names: The names of those written about, in text order.
        writers: The names of the people whom only furniture names, as bylines and credits do, in text order.
        entities: The entities in order of their first names; each of `names` belongs to one.
        labelled: The speakers whom labels mean.
    """

    names: tuple[Name, ...]
    writers: tuple[Name, ...]
    entities: tuple[NamedEntity, ...]
    labelled: LabelledSpeakers


def read_names(
    parsed: ParsedText,
    sources: Sequence[TextSpans],
    lexicon: PeopleLexicon,
    gazetteer: Gazetteer | None,
    settings: NameSettings,
    *,
    kinds: NameKinds | None = None,
) -> TextNames:
    """The names of a text, and the entities that they name; linear in the tokens.

    Args:
        parsed: The text.
        sources: The source spans of the attributions, which hold names that the recognizer may have missed.
        lexicon: Words about people.
        gazetteer: Names that are known beforehand; they win over guesses.
        settings: Thresholds.
        kinds: What the encoder takes names for; None without one.
    """
    found, writers = find_names(parsed, sources, lexicon, gazetteer, settings, kinds=kinds)
    labelled = find_labelled_speakers(parsed, found, lexicon)
    labels = label_names(parsed, labelled)
    if labels and gazetteer is not None:
        labels = with_entries(labels, gazetteer.find(parsed, lexicon, settings))
    names = sorted([*found, *labels], key=lambda name: name.start)
    entities = keep_together(cluster_names(names, parsed, lexicon, settings), names)
    return TextNames(tuple(names), tuple(writers), tuple(entities), labelled)


def find_names(
    parsed: ParsedText,
    sources: Sequence[TextSpans],
    lexicon: PeopleLexicon,
    gazetteer: Gazetteer | None,
    settings: NameSettings,
    *,
    kinds: NameKinds | None = None,
) -> tuple[list[Name], list[Name]]:
    """The names of those written about, headings cut to the names in them, and of those whom only furniture names.

    Both are in text order.

    The arguments are those of `read_names`.
    """
    listed = [] if gazetteer is None else gazetteer.find(parsed, lexicon, settings)
    recognized = recognize_names(parsed, sources, lexicon, listed, settings, kinds=kinds)
    about, writers = split_writers(recognized, parsed)
    unrecognized = find_unrecognized(parsed, about, lexicon, settings)
    found = sorted([*about, *unrecognized], key=lambda name: name.start)
    return list(cut_headings(found, parsed, lexicon, settings)), writers
