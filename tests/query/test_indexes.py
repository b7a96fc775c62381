"""What a document's quotes are looked up by."""

import copy
import pickle

from tests.samples import summit


def test_index_is_made_once() -> None:
    document = summit()
    assert document._index is document._index
    assert document._index.names is document._index.names


def test_index_tells_of_quotes_and_groups() -> None:
    index = summit()._index
    assert index.mentioned["q1"] == ("e2",)
    assert index.holders["e0"] == ["e4"]
    assert index.words(summit().quotes[6]) == "go!"


def test_document_with_an_index_is_as_one_without() -> None:
    document = summit()
    assert document.quotes.by("Xi")
    for other in (copy.copy(document), copy.deepcopy(document), pickle.loads(pickle.dumps(document))):  # noqa: S301
        assert other == summit()
        assert "_index" not in vars(other)
        assert hash(other) == hash(summit())
        assert len(other.quotes.by("Xi")) == len(document.quotes.by("Xi"))
