import json
from pathlib import Path

import pytest
import spacy
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from quotesmith.coreference import Cluster, CorefereeAdapter, no_clusters
from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT, checksum
from quotesmith.errors import LanguageError, WeightsError
from quotesmith.extraction import Attribution
from quotesmith.records import (
    EntityKind,
    Gender,
    MentionForm,
    QuoteDocument,
    TextSpan,
    TextSpans,
)
from quotesmith.speakers import Decision, SpeakerResults, SpeakerSettings, resolve_speakers
from quotesmith.speakers.calibration import (
    SPEAKER_SCORE_FILE,
    SpeakerCalibration,
    log_odds,
    read_speaker_calibration,
    speaker_score,
)
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.settings import NameSettings
from tests.cases import Case, each_case, named_table
from tests.docs import parsed_text
from tests.random_docs import parsed_docs
from tests.speakers.scenes import (
    MEETING,
    PlainChoice,
    attribution,
    context_of_doc,
    doc_of,
    drafts_of,
    entity_names,
    listed,
    nearest,
    place,
    quote,
    resolve,
    speakers,
    stated_quote,
)

SHE_SAID = """
    She   PRP  nsubj said
    said  VBD  ROOT  -   say
    yes   UH   dobj  said
    .     .    punct said
"""


def attributions_of(doc: Doc, spans: list[tuple[int, int, int]]) -> list[Attribution]:
    pieces = [(a, b, c) for a, b, c in spans if a < b <= len(doc.text) and c + 3 <= len(doc.text)]
    return [attribution(TextSpan(a, b), (TextSpan(c, c + 3),) if c % 3 else ()) for a, b, c in sorted(pieces)]


STATED = {"content", "source", "cue", "kind", "number", "speakers", "method", "reason", "score"}


@each_case("speakers/speakers", keys=STATED)
def test_who_speaks(case: Case) -> None:
    # The calibration that comes with the package was fitted to the scores of quotes without source words.
    doc = doc_of(case.table)
    quotes = [stated_quote(doc, stated) for stated in case.expected]
    cast, (_, drafts) = resolve(doc, *quotes), drafts_of(doc, *quotes)
    found = zip(speakers(cast), cast.decisions, drafts, strict=True)
    for stated, (names, decision, draft) in zip(case.expected, found, strict=True):
        assert names == listed(stated.get("speakers", ""))
        assert decision.reason == stated.get("reason")
        assert decision.method == draft.method
        if names:
            assert draft.method == stated["method"]
        if "score" in stated:
            assert draft.score == float(stated["score"])


def test_chain_of_a_name_is_the_name() -> None:
    doc = doc_of(MEETING)
    cast = resolve(doc, quote(doc, "in Geneva", "Okafor", number=2))
    [decision] = cast.decisions
    assert decision.chain == (decision.source,)


def test_source_is_a_mention_with_the_very_spans() -> None:
    doc = doc_of(MEETING)
    cast = resolve(doc, quote(doc, "in Geneva", "President Ngozi Okafor"))
    [decision] = cast.decisions
    [mention] = [mention for mention in cast.mentions if mention.id == decision.source]
    assert mention.spans == (place(doc, "President Ngozi Okafor"),)
    assert len(decision.chain) == 2


def test_person_gets_the_gender_of_the_pronoun() -> None:
    doc = doc_of("Okafor NNP nsubj left - PERSON\nleft VBD ROOT -\n. . punct left", SHE_SAID)
    cast = resolve(doc, quote(doc, "yes", "She"))
    assert cast.entities[0].gender is Gender.FEMININE


def test_clusters_of_the_resolver_count() -> None:
    doc = doc_of("Ida NNP nsubj saw - PERSON\nsaw VBD ROOT -\nRuth NNP dobj saw - PERSON\n. . punct saw", SHE_SAID)

    def clusters(_: Doc, targets: TextSpans) -> list[Cluster]:
        return [Cluster([place(doc, "Ruth"), *targets])]

    said = quote(doc, "yes", "She")
    [[alone], [linked]] = (
        resolve_speakers(parsed_text(doc), [said], coreference=resolver, link=nearest, choice=PlainChoice()).decisions
        for resolver in (no_clusters, clusters)
    )
    assert linked.runners_up[0].score / linked.score > alone.runners_up[0].score / alone.score


def test_runner_up_has_a_lower_score_than_the_speaker() -> None:
    doc = doc_of("Ida NNP nsubj saw - PERSON\nsaw VBD ROOT -\nRuth NNP dobj saw - PERSON\n. . punct saw", SHE_SAID)
    [decision] = resolve(doc, quote(doc, "yes", "She")).decisions
    assert [candidate.entity for candidate in decision.runners_up] == ["e1"]
    assert decision.runners_up[0].score < decision.score


def test_pronoun_without_anybody_keeps_its_mention() -> None:
    doc = doc_of(SHE_SAID)
    cast = resolve(doc, quote(doc, "yes", "She"))
    assert cast.mentions[0].spans == (place(doc, "She"),)
    assert not cast.entities[0].named


def test_no_words_and_no_quote_before() -> None:
    doc = doc_of(SHE_SAID)
    [decision] = resolve(doc, quote(doc, "yes")).decisions
    assert (decision.source, decision.reason) == (None, "no source words and no quote before")


def test_source_of_punctuation_alone_is_no_source() -> None:
    doc = doc_of("— : ROOT -\nyes UH dep —")
    assert resolve(doc, attribution(TextSpan(2, 5), (TextSpan(0, 1),))).decisions[0].source is None


def test_empty_doc() -> None:
    assert resolve(Doc(spacy.blank("en").vocab)) == SpeakerResults()


def test_speaker_within_a_direct_quote_takes_no_turn() -> None:
    doc = doc_of(named_table("speakers/resolver", "speaker within a direct quote takes no turn"))
    outer = quote(doc, "“Ruth agreed fully”", "Ida", kind="direct")
    inner = evolve(quote(doc, "fully", "Ruth"), parent=0)
    cast = resolve(doc, outer, inner, quote(doc, "Good", kind="direct"))
    assert speakers(cast) == [["Ida"], ["Ruth"], ["Ida"]]


def test_language_without_lexicon_is_refused() -> None:
    with pytest.raises(LanguageError, match="'fi'"):
        resolve(Doc(spacy.blank("fi").vocab, words=["Moi"]))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(parsed_docs(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_any_doc_gives_records_that_hold_together(doc: Doc, spans: list[tuple[int, int, int]]) -> None:
    attributions = attributions_of(doc, spans)
    cast = resolve_speakers(parsed_text(doc), attributions, coreference=no_clusters, link=nearest, choice=PlainChoice())
    document = QuoteDocument(id="any", text=doc.text, entities=cast.entities, mentions=cast.mentions)
    assert len(cast.decisions) == len(attributions)
    assert [m.spans for m in cast.mentions] == sorted(m.spans for m in cast.mentions)
    for decision in cast.decisions:
        assert bool(decision.speakers) != bool(decision.reason)
        assert 0 <= decision.score <= 1
        for entity in (*decision.speakers, *decision.addressees, *(c.entity for c in decision.runners_up)):
            assert document.entity(entity).name != "unknown"
        for mention in decision.chain:
            document.mention(mention)


@pytest.mark.model
def test_article_is_read_with_the_adapter(nlp: Language, article: str) -> None:
    doc = nlp(article)
    before = doc.to_bytes()
    cast = resolve_speakers(parsed_text(doc), [], coreference=CorefereeAdapter(), link=nearest, choice=PlainChoice())
    assert cast.entities
    assert all(mention.spans[-1].end <= len(article) for mention in cast.mentions)
    assert doc.to_bytes() == before


def test_pronoun_of_the_quote_is_its_speaker() -> None:
    doc = doc_of(named_table("speakers/resolver", "i said"))
    context, [draft] = drafts_of(doc, quote(doc, "I won", "Holm", kind="direct"))
    [pronoun] = [mention for mention in context.entities.mentions() if mention.form is MentionForm.PRONOUN]
    assert (pronoun.entity,) == draft.speakers


def test_equal_source_spans_are_read_once() -> None:
    doc = doc_of(MEETING, "A DT det source\nsource NN nsubj said\nsaid VBD ROOT -\nyes UH dobj said\nno UH dobj said")
    context, drafts = drafts_of(doc, quote(doc, "yes", "A source"), quote(doc, "no", "A source"))
    assert drafts[0].speakers == drafts[1].speakers
    assert drafts[0].source == drafts[1].source
    assert entity_names(context, drafts[1].speakers) == ["A source"]


def test_group_is_mentioned_as_one_and_speaks_as_many() -> None:
    doc = doc_of(MEETING)
    context, [draft] = drafts_of(doc, quote(doc, "in Geneva", "Ngozi Okafor and Erik Lindqvist"))
    assert entity_names(context, draft.speakers) == ["Ngozi Okafor", "Erik Lindqvist"]
    assert draft.source is not None
    assert context.entities.members(context.entities.mention(draft.source).entity) == draft.speakers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("Haney", EntityKind.PERSON, id="unknown-to-us"),
        pytest.param("France", EntityKind.PLACE, id="a-country"),
    ],
)
def test_place_that_a_pronoun_takes_up_as_a_person_is_one(name: str, kind: EntityKind) -> None:
    doc = doc_of(f"{name} NNP nsubj came - GPE\ncame VBD ROOT -", "He PRP nsubj won\nwon VBD ROOT -")
    context, _ = drafts_of(doc)
    [owner] = context.owners
    assert (context.entities[owner].name, context.entities[owner].kind) == (name, kind)


def test_decision_without_speaker_has_no_method() -> None:
    assert Decision(reason="nobody").method == "none"
    assert Decision().speakers == ()


def test_empty_cast() -> None:
    assert SpeakerResults() == SpeakerResults((), (), ())


def test_settings_reach_the_decisions() -> None:
    people = "\n".join(
        f"{name} NNP nsubj came - PERSON\ncame VBD ROOT -" for name in ("Ida", "Ruth", "Ann", "Eva", "Mia")
    )
    doc = doc_of(people, SHE_SAID)
    said = quote(doc, "yes", "She")
    [usual] = resolve(doc, said).decisions
    fewer = SpeakerSettings(max_runners_up=1)
    [other] = resolve_speakers(
        parsed_text(doc), [said], coreference=no_clusters, link=nearest, choice=PlainChoice(), settings=fewer
    ).decisions
    assert (len(usual.runners_up), len(other.runners_up)) == (3, 1)


@pytest.mark.parametrize(
    ("table", "without"),
    [
        pytest.param(
            "lawyer NN compound Lee\nLee NNP nsubj left - PERSON", NameSettings(described_words=0), id="before"
        ),
        pytest.param(
            "Lee NNP nsubj left - PERSON\n, , punct Lee\na DT det lawyer\nlawyer NN appos Lee\n, , punct Lee",
            NameSettings(max_apposition_tokens=0),
            id="behind",
        ),
    ],
)
def test_settings_reach_what_describes_a_name(table: str, without: NameSettings) -> None:
    again = "the DT det lawyer\n" + SHE_SAID.strip().replace("She   PRP", "lawyer NN")
    doc = doc_of(f"{table}\nleft VBD ROOT -\n. . punct left", "Roe NNP nsubj met - PERSON\nmet VBD ROOT -", again)
    said = quote(doc, "yes", "the lawyer")

    def found(chosen: SpeakerSettings) -> list[list[str]]:
        cast = resolve_speakers(
            parsed_text(doc), [said], coreference=no_clusters, link=nearest, choice=PlainChoice(), settings=chosen
        )
        return speakers(cast)

    named = SpeakerSettings(min_speaker_score=0.0)
    assert found(named) == [["Lee"]] != found(evolve(named, names=without))


def test_name_that_is_not_sure_enough_is_left_out() -> None:
    doc = doc_of("Ida NNP nsubj saw - PERSON\nsaw VBD ROOT -\nRuth NNP dobj saw - PERSON\n. . punct saw", SHE_SAID)
    said = quote(doc, "yes", "She")
    [decision] = resolve_speakers(
        parsed_text(doc),
        [said],
        coreference=no_clusters,
        link=nearest,
        choice=PlainChoice(),
        settings=SpeakerSettings(min_speaker_score=1.0),
    ).decisions
    assert (decision.speakers, decision.reason) == ((), "nobody who has a name is likely enough")
    assert [candidate.entity for candidate in decision.runners_up] == ["e0", "e1"]
    chances = [candidate.score for candidate in decision.runners_up]
    assert chances == sorted(chances, reverse=True)
    assert decision.source is not None


def test_longest_list_that_speaks_as_its_members() -> None:
    context = context_of_doc(doc_of(MEETING))
    people = [context.entities.add(EntityDraft(f"p{number}", EntityKind.PERSON)) for number in range(51)]
    sizes = [len(context.entities.members(context.entities.add_group(people[:size]))) for size in (50, 51)]
    assert sizes == [50, 1]


CALIBRATION = SpeakerCalibration({"name": 0.5, "coreference": 0.5}, {"name": 2.0, "coreference": 0.0})


def test_score_rises_with_what_the_method_gives() -> None:
    scores = [CALIBRATION("coreference", raw) for raw in (0.0, 0.3, 0.5, 0.9, 1.0)]
    assert scores == sorted(scores)
    assert scores[2] == 0.5
    assert all(0 < score < 1 for score in scores)


def test_methods_differ() -> None:
    assert CALIBRATION("name", 0.5) > CALIBRATION("coreference", 0.5)


def test_odds_are_bounded() -> None:
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0))


def test_calibration_of_the_package_knows_each_method() -> None:
    scores = {method: speaker_score(method, 0.9) for method in read_speaker_calibration().intercepts}
    by_words = {"label", "name", "group", "nominal", "coreference", "first person"}
    assert set(scores) == by_words | {"beat", "continued", "vocative", "turn", "dialogue"}
    assert all(0 < score < 1 for score in scores.values())


def test_damaged_calibration_is_refused(tmp_path: Path) -> None:
    (tmp_path / SPEAKER_SCORE_FILE).write_bytes(b"{}")
    card = {"format": WEIGHTS_FORMAT, "files": {SPEAKER_SCORE_FILE: {"sha256": checksum(b"other")}}}
    (tmp_path / CARD).write_text(json.dumps(card))
    with pytest.raises(WeightsError, match="damaged"):
        read_speaker_calibration(tmp_path)
