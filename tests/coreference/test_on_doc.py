import coreferee  # noqa: F401 - registers its extensions
from coreferee.data_model import Chain, ChainHolder, Mention
from spacy.tokens import Doc, SpanGroup

from quotesmith.coreference import Cluster, clusters_on_doc
from quotesmith.records import TextSpan
from tests.docs import make_doc

TABLE = """
    Ann    NNP  nsubj  left  -  PERSON
    left   VBD  ROOT   -
    .      .    punct  left
    She    PRP  nsubj  ran
    ran    VBD  ROOT   -
"""
SHE = TextSpan(10, 13)


def test_doc_without_clusters_has_none() -> None:
    assert clusters_on_doc(make_doc(TABLE), (SHE,)) == []


def test_span_groups_of_other_components_are_clusters() -> None:
    doc = make_doc(TABLE)
    doc.spans["coref_clusters_1"] = SpanGroup(doc, spans=[doc[3:4], doc[0:1]])
    doc.spans["other"] = SpanGroup(doc, spans=[doc[3:4]])
    assert clusters_on_doc(doc, (SHE,)) == [Cluster([(0, 3), (10, 13)])]


def test_chains_of_coreferee_are_clusters() -> None:
    doc = make_doc(TABLE)
    assert Doc.has_extension("coref_chains")
    holder = ChainHolder()
    holder.chains = [Chain([Mention(doc[0]), Mention(doc[3])], 0)]
    doc._.coref_chains = holder
    assert clusters_on_doc(doc, (SHE,)) == [Cluster([(0, 3), (10, 13)])]


def test_clusters_that_say_nothing_of_the_targets_are_left_out() -> None:
    doc = make_doc(TABLE)
    doc.spans["coref_clusters_1"] = SpanGroup(doc, spans=[doc[0:1]])
    assert clusters_on_doc(doc, (SHE,)) == []
