"""Documents as plain JSON data and back."""

import json
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from hypothesis import given

from quotesmith.errors import FormatError
from quotesmith.records import QuoteDocument
from quotesmith.records.codec import document_from_dict, document_to_dict
from tests.samples import summit
from tests.strategies import documents


@given(documents())
def test_document_comes_back_equal_from_plain_json(document: QuoteDocument) -> None:
    assert document_from_dict(document_to_dict(document)) == document
    data = document_to_dict(document)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_source_is_spans_and_a_mention_or_left_out() -> None:
    row = document_to_dict(summit())["quotes"][1]
    [[start, end]] = row["source"]
    assert (summit().text[start:end], row["source_mention"]) == ("He", "m2")
    data = document_to_dict(summit())
    for row in data["quotes"]:
        del row["source"]
    assert document_from_dict(data) == summit()


def test_quotes_and_documents_have_the_documented_keys() -> None:
    assert set(document_to_dict(summit())["quotes"][0]) == {
        *("id", "kind", "act", "assertion", "content", "text", "cue", "source", "source_mention", "speakers"),
        *("addressees", "parent", "score", "speaker_score", "evidence"),
    }
    keys = list(document_to_dict(summit()))
    assert keys[0] == "schema"
    assert set(keys) == {"schema", "id", "text", "language", "meta", "quotes", "entities", "mentions"}


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        pytest.param(["text"], 3, r"expected a string, not 3.*\$\.text", id="text"),
        pytest.param(
            ["quotes", 0, "kind"],
            "loud",
            r"'loud' is not a valid QuoteKind, which is one of direct, mixed, indirect @ \$\.quotes\[0\]",
            id="kind",
        ),
        (["quotes", 0, "content"], [[0, 1, 2]], r"\[start, end\].*\$\.quotes\[0\]\.content\[0\]"),
        pytest.param(["entities", 0, "named"], "no", r"expected true or false, not 'no'.*\$\.entities\[0\]", id="flag"),
        pytest.param(["entities", 0, "mood"], "glad", r"mood", id="unknown-key"),
        pytest.param(["entities", 0, "name"], None, r"missing @ \$\.entities\[0\]\.name", id="missing-key"),
        pytest.param(["quotes", 0, "speakers"], ["e99"], r"names entity 'e99'", id="dangling-id"),
        pytest.param(["quotes", 0, "source"], [[0, 1]], r"quote q0 has source", id="wrong-source"),
        pytest.param(["quotes", 0, "source"], 3, r"quote q0 has source 3", id="source-no-list"),
        pytest.param(["quotes", 0, "score"], "1", r"expected a number, not '1' @ \$\.quotes\[0\]\.score", id="score"),
        (["quotes", 0, "speakers"], "e0", r"expected a list, not 'e0' @ \$\.quotes\[0\]\.speakers"),
        pytest.param(["entities", 1], "e0", r"expected a mapping, not 'e0' @ \$\.entities\[1\]", id="no-record"),
        pytest.param(["meta"], ["title"], r"expected a mapping.*\$\.meta", id="meta"),
        pytest.param(["quotes"], {"q0": {}}, r"'quotes' must be a list", id="quotes"),
        pytest.param(["schema"], 2, r"schema 2 is not known", id="schema"),
    ],
)
def test_wrong_data_is_refused_and_the_part_named(place: list[str | int], value: object, message: str) -> None:
    """None as value takes away what stands in the place."""
    data: Any = document_to_dict(summit())
    holder = reduce(getitem, place[:-1], data)
    if value is None:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    with pytest.raises(FormatError, match=message):
        document_from_dict(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param([], id="list"),
        pytest.param({}, id="empty"),
        pytest.param({"text": "Go"}, id="no-schema"),
        pytest.param(None, id="nothing"),
    ],
)
def test_data_of_another_kind_is_refused(data: Any) -> None:
    with pytest.raises(FormatError, match=r"schema|expected a mapping"):
        document_from_dict(data)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"entities": [{}] * 100_000}, id="records"),
        pytest.param({"entities": [{"id": "e0", "name": "Ann", "aliases": [1] * 100_000}]}, id="items"),
        pytest.param({"entities": ["a" * 1_000_000]}, id="value"),
        pytest.param({"a" * 1_000_000: 1}, id="key"),
        pytest.param({"text": "a", "entities": [{"id": "e0", "name": "Ann", "members": ["e1"] * 100_000}]}, id="ids"),
    ],
)
def test_error_is_short_however_much_is_wrong(wrong: dict[str, Any]) -> None:
    with pytest.raises(FormatError) as caught:
        document_from_dict({"schema": 1, "id": "d", "text": "Go", **wrong})
    assert len(str(caught.value)) < 1_100
    assert len(getattr(caught.value.__cause__, "exceptions", ())) <= 1
