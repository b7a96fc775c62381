from concurrent.futures import ThreadPoolExecutor

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from spacy.tokens import Doc

from quotesmith.coreference import CorefereeAdapter
from quotesmith.errors import MissingAnnotationError
from quotesmith.records import TextSpan
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
