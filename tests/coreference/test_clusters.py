from quotesmith.coreference import Cluster, no_clusters
from quotesmith.coreference.clusters import about_targets
from quotesmith.records import TextSpan
from tests.docs import make_doc


def test_mentions_become_spans() -> None:
    assert Cluster([(0, 2), (5, 7)]).mentions == (TextSpan(0, 2), TextSpan(5, 7))


def test_no_clusters_for_any_target() -> None:
    doc = make_doc("She PRP ROOT -")
    assert no_clusters(doc, (TextSpan(0, 3),)) == []


def test_only_clusters_that_overlap_a_target_are_kept_in_text_order() -> None:
    late, other, early = Cluster([(20, 23), (30, 32)]), Cluster([(5, 7)]), Cluster([(0, 4), (40, 42)])
    assert about_targets([late, other, early], (TextSpan(22, 24), TextSpan(41, 42))) == [early, late]


def test_touching_is_not_overlapping() -> None:
    assert about_targets([Cluster([(0, 4)])], (TextSpan(4, 6),)) == []
