"""Coreferee: its clusters by our scorer, and those that stand on a Doc."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import coreferee  # noqa: F401 - registers its extensions
import pytest
import spacy
from coreferee.data_model import Chain, ChainHolder, Mention
from hypothesis import HealthCheck, given, settings
from spacy.tokens import Doc, SpanGroup

from quotesmith.coreference import Cluster, CorefereeAdapter, clusters_on_doc
from quotesmith.coreference.scorer import TendencyScorer, pronoun_gender
from quotesmith.errors import MissingAnnotationError
from quotesmith.lexicon.people import load_people
from quotesmith.records import Gender, TextSpan
from tests.cases import named_table
from tests.docs import make_doc
from tests.random_docs import parsed_docs

TABLE = named_table("coreference/adapter", "table")
ANNA, SHE = TextSpan(0, 4), TextSpan(11, 14)


def anna() -> Doc:
    doc = make_doc(TABLE)
    doc[3].set_morph("Gender=Fem|Number=Sing|Person=3|PronType=Prs")  # type: ignore[attr-defined]  # not in the stubs
    return doc


def test_pronoun_is_clustered_with_the_name_before() -> None:
    [cluster] = CorefereeAdapter()(anna(), (SHE,))
    assert cluster.mentions == (ANNA, SHE)


def test_offsets_are_those_of_the_whole_doc() -> None:
    doc = Doc.from_docs([make_doc("One CD ROOT -\n. . punct One")] * 30 + [anna()])
    span = TextSpan(doc.text.index("She"), doc.text.index("She") + 3)
    [cluster] = CorefereeAdapter()(doc, (span,))
    assert [mention.of(doc.text) for mention in cluster.mentions] == ["Anna", "She"]


def test_nothing_is_left_on_the_doc() -> None:
    doc = anna()
    before = doc.to_bytes()
    CorefereeAdapter()(doc, (SHE,))
    assert doc.to_bytes() == before


def test_doc_without_parse_is_refused() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["She", "ran"])
    with pytest.raises(MissingAnnotationError, match="parser"):
        CorefereeAdapter()(doc, (TextSpan(0, 3),))


def test_without_targets_nothing_is_read() -> None:
    assert CorefereeAdapter()(Doc(spacy.blank("en").vocab), ()) == []
    assert CorefereeAdapter()(anna(), ()) == []


def test_threads_share_an_adapter() -> None:
    adapter, docs = CorefereeAdapter(), [anna() for _ in range(16)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda doc: adapter(doc, (SHE,)), docs))
    assert all(clusters == found[0] for clusters in found)


@pytest.mark.parametrize("length", [pytest.param(300, id="long"), pytest.param(3000, id="very-long")])
def test_endless_coordination_in_one_sentence_is_read(length: int) -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["She", *["Anna"] * length],
        heads=[0, *range(length)],
        deps=["ROOT", *["conj"] * length],
        tags=["PRP", *["NNP"] * length],
        pos=["PRON", *["PROPN"] * length],
        morphs=["Gender=Fem|Number=Sing|Person=3", *[""] * length],
    )
    targets = (TextSpan(0, 3), TextSpan(len(doc.text) - 4, len(doc.text)))
    assert isinstance(CorefereeAdapter()(doc, targets), list)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(parsed_docs())
def test_mentions_are_in_order_inside_the_text(doc: Doc) -> None:
    targets = tuple(TextSpan(t.idx, t.idx + len(t)) for t in doc if t.tag_ == "PRP" and len(t))
    for cluster in CorefereeAdapter()(doc, targets):
        assert list(cluster.mentions) == sorted(set(cluster.mentions))
        assert cluster.mentions[-1].end <= len(doc.text)


SCORED = named_table("coreference/scorer", "table")


def scored(*candidates: int, pronoun: str = "Fem", uncertain: tuple[int, ...] = ()) -> list[int]:
    """The candidates for the pronoun in the order that the scorer gives."""
    doc: Doc = make_doc(SCORED)
    doc[4].set_morph(f"Gender={pronoun}|Number=Sing|Person=3")  # type: ignore[attr-defined]  # not in the stubs
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            token._.coref_chains = ChainHolder()
            token._.coref_chains.temp_sent_index = number
            token._.coref_chains.temp_quote_array = [0, 0, 0]
    mentions = [Mention(doc[index]) for index in candidates]
    for mention in mentions:
        mention.temp_is_uncertain = mention.root_index in uncertain
    doc[4]._.coref_chains.temp_potential_referreds = mentions
    TendencyScorer(load_people()).score(doc, SimpleNamespace())
    return [mention.root_index for mention in mentions]


@pytest.mark.parametrize(("pronoun", "first"), [pytest.param("Fem", 2, id="she"), pytest.param("Masc", 0, id="he")])
def test_gender_of_the_given_name_decides(pronoun: str, first: int) -> None:
    assert scored(0, 2, pronoun=pronoun)[0] == first


def test_uncertain_antecedents_come_last() -> None:
    assert scored(0, 2, uncertain=(2,)) == [0, 2]


def test_gender_of_pronouns() -> None:
    doc = make_doc(SCORED)
    doc[4].set_morph("Gender=Fem")  # type: ignore[attr-defined]  # not in the stubs
    assert pronoun_gender(doc[4]) is Gender.FEMININE
    assert pronoun_gender(doc[0]) is None


LEFT = """
    Ann    NNP  nsubj  left  -  PERSON
    left   VBD  ROOT   -
    .      .    punct  left
    She    PRP  nsubj  ran
    ran    VBD  ROOT   -
"""
SHE_THERE = TextSpan(10, 13)


def test_doc_without_clusters_or_targets_in_them_has_none() -> None:
    assert clusters_on_doc(make_doc(LEFT), (SHE_THERE,)) == []
    doc = make_doc(LEFT)
    doc.spans["coref_clusters_1"] = SpanGroup(doc, spans=[doc[0:1]])
    assert clusters_on_doc(doc, (SHE_THERE,)) == []


def test_chains_and_span_groups_of_other_components_are_clusters() -> None:
    doc = make_doc(LEFT)
    doc.spans["coref_clusters_1"] = SpanGroup(doc, spans=[doc[3:4], doc[0:1]])
    doc.spans["other"] = SpanGroup(doc, spans=[doc[3:4]])
    assert clusters_on_doc(doc, (SHE_THERE,)) == [Cluster([(0, 3), (10, 13)])]
    assert Doc.has_extension("coref_chains")
    doc = make_doc(LEFT)
    holder = ChainHolder()
    holder.chains = [Chain([Mention(doc[0]), Mention(doc[3])], 0)]
    doc._.coref_chains = holder
    assert clusters_on_doc(doc, (SHE_THERE,)) == [Cluster([(0, 3), (10, 13)])]
