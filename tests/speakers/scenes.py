"""Hand-made texts for the tests of this room."""

import re
from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import filter_spans

from quotesmith.coreference import EntityNumber, Links, MentionCandidates, Pairs, no_clusters
from quotesmith.extraction import Attribution
from quotesmith.lexicon.people import load_people
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import LabelledTurn, ParsedText, SpeechLayout
from quotesmith.records import Act, Assertion, EntityKind, QuoteKind, TextSpan, TextSpans
from quotesmith.speakers import SpeakerResults, resolve_speakers
from quotesmith.speakers.choice.candidates import SpeakerCandidate
from quotesmith.speakers.choice.chooser import ReferenceSurroundings, SpeakerChooser
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.features import FEATURES
from quotesmith.speakers.choice.head_nouns import HeadNouns
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.names import Name, TextNames, find_names, read_names
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.phrase_resolver import PhraseResolver
from quotesmith.speakers.pronouns.third_person import AntecedentDistributions
from quotesmith.speakers.quotation_levels import QuotationLevels
from quotesmith.speakers.resolver import SpeakerResolver
from quotesmith.speakers.results import DecisionDraft
from quotesmith.speakers.settings import DEFAULT_NAME_SETTINGS, DEFAULT_SPEAKER_SETTINGS
from tests.docs import VOCAB, make_doc, parsed_text

PERSON, ORG, PLACE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE
MEETING = """
    President   NNP  compound  Okafor   -     -
    Ngozi       NNP  compound  Okafor   -     PERSON
    Okafor      NNP  nsubj     met      -     PERSON
    and         CC   cc        Okafor
    Erik        NNP  compound  Lindqvist -    PERSON
    Lindqvist   NNP  conj      Okafor   -     PERSON
    met         VBD  ROOT      -        meet
    in          IN   prep      met
    Geneva      NNP  pobj      in       -     GPE
    .           .    punct     met
    Okafor      NNP  nsubj     spoke    -     PERSON
    spoke       VBD  ROOT      -        speak
    .           .    punct     spoke
"""


def doc_of(*sentences: str) -> Doc:
    """A Doc from tables of `make_doc`, one after another."""
    return make_doc("\n".join(line for sentence in sentences for line in sentence.strip().splitlines()))


def place(doc: Doc, words: str, number: int = 1) -> TextSpan:
    """Where the words stand for the `number`th time."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", doc.text))
    return TextSpan(*found[number - 1].span())


def quote(
    doc: Doc, content: str, source: str = "", *, cue: str = "", number: int = 1, kind: str = "indirect"
) -> Attribution:
    """An attribution of words of the Doc; `number` counts the places of the source's words."""
    where = (place(doc, source, number),) if source else ()
    return attribution(place(doc, content), where, (place(doc, cue),) if cue else (), kind=kind)


def attribution(content: TextSpan, source: TextSpans = (), cue: TextSpans = (), *, kind: str = "direct") -> Attribution:
    """An asserted speech."""
    return Attribution(
        content=(content,),
        source=source,
        cue=cue,
        kind=QuoteKind(kind),
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=1.0,
        rule="test",
    )


def stated_quote(doc: Doc, stated: Mapping[str, str]) -> Attribution:
    """The attribution that a case states by its words."""
    return quote(
        doc,
        stated["content"],
        stated.get("source", ""),
        cue=stated.get("cue", ""),
        number=int(stated.get("number", 1)),
        kind=stated.get("kind", "indirect"),
    )


def listed(stated: str) -> list[str]:
    """What a case lists, with bars between."""
    return stated.split(" | ") if stated else []


def context_of_doc(doc: Doc, *sources: str) -> DocumentContext:
    return DocumentContext.of(
        parsed_text(doc), [(place(doc, source),) for source in sources], load_people(), None, DEFAULT_SPEAKER_SETTINGS
    )


@attrs.frozen
class PlainChoice:
    """A choice such as any may be learned, by a few points: names, what fits a description, what is linked."""

    nouns: HeadNouns = attrs.field(factory=HeadNouns)

    def __call__(
        self, _: Reference, __: Sequence[SpeakerCandidate], features: NDArray[np.float32], /
    ) -> NDArray[np.float64]:
        points = sum(features[:, FEATURES.index(name)].astype(float) * value for name, value in POINTS.items())
        likely = np.exp(points)
        chances: NDArray[np.float64] = likely / likely.sum()
        return chances

    def weigh(self, features: NDArray[np.float32], other: NDArray[np.float32]) -> dict[str, float]:
        rows = zip(features.tolist(), other.tolist(), FEATURES, strict=True)
        return {name: POINTS[name] * (own - less) for own, less, name in rows if name in POINTS}


POINTS = {
    "is_name": 9.0,
    "is_own": -1.0,
    "is_nobody": 2.5,
    "fit": 2.5,
    "phrase_noun": 0.5,
    "probability": 6.0,
    "linked": 3.0,
    "encloses": -2.0,
    "phrase_overlap": 2.5,
    "phrase_covered": 2.5,
    "members_inside": 6.0,
    "members_paired": 9.0,
    "members_joined": 7.0,
    "is_set": -1.0,
}


def phrases_of(context: DocumentContext, distributions: AntecedentDistributions | None = None) -> PhraseResolver:
    """What reads phrases, by plain points."""
    found = AntecedentDistributions([], {}, {}, context.settings) if distributions is None else distributions
    levels = QuotationLevels.of(context.parsed, [], context.settings)
    places = EntityPlaces.of(context, [], found)
    surroundings = ReferenceSurroundings(levels, {}, {})
    return PhraseResolver.of(context, SpeakerChooser.of(places, [], Roles.of(context), surroundings, PlainChoice()))


def nearest(mentions: MentionCandidates, pairs: Pairs) -> Links:
    """Links such as any scorer may give: near candidates and subjects are likely, a name in another sentence less."""
    scores = [
        3.0 + mentions[candidate].context.is_subject - 0.2 * abs(mentions[candidate].head - mentions[anaphor].head)
        for anaphor, candidate in zip(pairs.anaphors[pairs.rows], pairs.candidates, strict=True)
    ]
    return Links.of(np.array(scores), np.zeros(len(pairs.anaphors)), pairs)


def resolve(doc: Doc, *attributions: Attribution) -> SpeakerResults:
    return resolve_speakers(parsed_text(doc), attributions, coreference=no_clusters, link=nearest, choice=PlainChoice())


def drafts_of(doc: Doc, *attributions: Attribution) -> tuple[DocumentContext, list[DecisionDraft]]:
    context = DocumentContext.of(
        parsed_text(doc), [a.source for a in attributions], load_people(), None, DEFAULT_SPEAKER_SETTINGS
    )
    return context, SpeakerResolver.of(context, attributions, no_clusters, nearest, choice=PlainChoice()).read()


def speakers(cast: SpeakerResults) -> list[list[str]]:
    """The names of the speakers of each decision."""
    names = {entity.id: entity.name for entity in cast.entities}
    return [[names[speaker] for speaker in decision.speakers] for decision in cast.decisions]


def entity_names(context: DocumentContext, numbers: Sequence[EntityNumber]) -> list[str]:
    return [context.entities[number].name for number in numbers]


def names_in(doc: Doc, *sources: str) -> list[Name]:
    """The names of a text whose attributions have these sources."""
    names, _ = find_names(
        parsed_text(doc), [(place(doc, source),) for source in sources], load_people(), None, DEFAULT_NAME_SETTINGS
    )
    return names


def words_of(names: list[Name]) -> list[str]:
    return [" ".join(name.words) for name in names]


def text_names(doc: Doc) -> TextNames:
    return read_names(parsed_text(doc), [], load_people(), None, DEFAULT_NAME_SETTINGS)


def bearers(doc: Doc) -> list[str]:
    """For each name of a text the longest name of its entity."""
    found = text_names(doc)
    words = words_of(list(found.names))
    longest = {n: max((words[i] for i in entity.names), key=len) for entity in found.entities for n in entity.names}
    return [longest[number] for number in range(len(words))]


def talk(text: str, *people: str) -> ParsedText:
    """A text of lines, of which those like "ROE (Oslo): Yes." are turns; the recognizer finds these people."""
    words = [TextSpan(*found.span()) for found in re.finditer(r"\n|M[RSrs]s?\.|\w[\w.'’#-]*\b|[^\w\s]", text)]
    doc = Doc(
        VOCAB,
        words=[word.of(text) for word in words],
        spaces=[text[word.end : word.end + 1] == " " for word in words],
        deps=["dep"] * len(words),
        heads=[max(0, number - 1) for number in range(len(words))],
        pos=["PROPN" if word.of(text)[0].isupper() else "X" for word in words],
    )
    named = [doc.char_span(*found.span(), label="PERSON") for who in people for found in re.finditer(who, text)]
    doc.ents = filter_spans([span for span in named if span is not None])
    turns = tuple(
        LabelledTurn(TextSpan(*line.span(1)), TextSpan(*line.span(2)), (TextSpan(*line.span(3)),))
        for line in re.finditer(r"^([^:(\n]+?)(?: \([^()\n]*\))?(:) (.+)$", text, re.MULTILINE)
    )
    return ParsedText.of(doc, pair_marks(text), SpeechLayout("test", turns))


def turn_attributions(parsed: ParsedText) -> list[Attribution]:
    """The turns of the layout."""
    return [attrs.evolve(attribution(turn.content[0], (turn.label,)), is_turn=True) for turn in parsed.layout.turns]


def with_spaces(doc: Doc, *spaces: bool) -> Doc:
    """The same Doc with white space behind just these tokens."""
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=list(spaces),
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        pos=[token.pos_ for token in doc],
        tags=[token.tag_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )
