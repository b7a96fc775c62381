"""What records refuse, and name, whichever way it comes in; what they may hold is `test_what_may_be_is_taken`."""

import json
import math
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import product
from operator import getitem
from pathlib import Path
from typing import Any

import attrs
import pytest

from quotesmith.errors import FormatError, InvalidRecordError
from quotesmith.export.json_files import read_jsonl
from quotesmith.records import (
    Act,
    Candidate,
    Chapter,
    Entity,
    EntityKind,
    Evidence,
    Mention,
    Quote,
    QuoteDocument,
    QuoteKind,
    TextSpan,
)
from tests.samples import summit

HUGE = 10**5_000
SPANS = [(0, 2)]


def deep() -> list[Any]:
    """Deeper than Python's own stack."""
    return reduce(lambda inside, _: [inside], range(100_000), [])


def in_itself() -> list[Any]:
    own: list[Any] = []
    own.append(own)
    return own


def quote(**changes: Any) -> Quote:
    return Quote(**{"id": "q0", "kind": "direct", "content": SPANS, "text": "Go", **changes})


def entity(**changes: Any) -> Entity:
    return Entity(**{"id": "e0", "name": "Ann", **changes})


def mention(**changes: Any) -> Mention:
    return Mention(**{"id": "m0", "spans": SPANS, "form": "name", "entity": "e0", **changes})


def evidence(**changes: Any) -> Evidence:
    return Evidence(**changes)


def document(**changes: Any) -> QuoteDocument:
    return QuoteDocument(**{"id": "d", "text": "Go on", **changes})


@pytest.mark.parametrize(
    ("make", "name", "value"),
    [
        *product([quote], ["content", "cue"], ["ab", 5, None, [3, 5], [(1, 2, 3)], [None]]),
        *product([quote], ["speakers", "addressees"], ["e0", 5, None, [1], [[]], [None]]),
        *product([quote], ["id", "text", "source", "parent", "evidence"], [5, b"q"]),
        (quote, "evidence", None),
        *product([quote], ["score", "speaker_score"], ["1", None, True, -0.1, 1.1, math.nan, math.inf, -math.inf, 1j]),
        *product([entity], ["id", "name", "stands_for", "identifier"], [5, b"e"]),
        *product([entity], ["named"], [1, "no", None]),
        *product([entity], ["aliases", "members"], ["ab", None, [1], [{}]]),
        *product([mention], ["id", "spans", "entity"], [5, None]),
        *product([evidence], ["extraction", "method", "chain", "runners_up", "reason", "grounds"], [5]),
        *product([evidence], ["chain", "runners_up", "grounds"], [["e0", 5], "ab", None]),
        *product([document], ["quotes", "entities", "mentions"], ["ab", None, ["q0"]]),
        pytest.param(quote, "score", HUGE, id="huge-score"),
        *product([document], ["quotes", "meta", "text"], [in_itself()]),
    ],
)
def test_value_of_another_sort_is_an_error_that_names_its_field(
    make: Callable[..., object], name: str, value: object
) -> None:
    with pytest.raises(InvalidRecordError, match=rf"^(Quote|Entity|Mention|Evidence|QuoteDocument)\.{name}\b.* must "):
        make(**{name: value})


@pytest.mark.parametrize("value", ["loud", 1, None, [], {}, "direct "])
@pytest.mark.parametrize("make", [lambda value: quote(kind=value), QuoteKind])
def test_choice_that_there_is_not_is_an_error_that_lists_those_that_are(
    make: Callable[[Any], object], value: object
) -> None:
    with pytest.raises(InvalidRecordError, match=r"is not a valid QuoteKind, which is one of direct, mixed, indirect$"):
        make(value)


def test_every_choice_refuses_in_our_words() -> None:
    for make in (lambda: entity(kind="x"), lambda: entity(gender="x"), lambda: mention(form="x"), lambda: Act("x")):
        with pytest.raises(InvalidRecordError, match=r"'x' is not a valid .*, which is one of"):
            make()
    assert EntityKind("person") is EntityKind.PERSON


@pytest.mark.parametrize(
    "pair",
    [(True, 2), (0, True), (0.0, 2), (0, 2.0), ("0", 2), (-1, 2), (2, 1), (1, 1), pytest.param((0, HUGE), id="huge")],
)
@pytest.mark.parametrize(
    "make", [lambda pair: TextSpan(*pair), lambda pair: quote(content=[pair]), lambda pair: mention(spans=[pair])]
)
def test_offsets_are_whole_numbers_that_a_text_can_have(make: Callable[[Any], object], pair: tuple[Any, Any]) -> None:
    with pytest.raises(InvalidRecordError, match=r"TextSpan\.(start|end) must be a whole number"):
        make(pair)


def test_other_records_name_their_fields_too() -> None:
    with pytest.raises(InvalidRecordError, match=r"Candidate\.entity must be a string, not 5"):
        Candidate(5, 0.5)  # type: ignore[arg-type]
    with pytest.raises(InvalidRecordError, match=r"Chapter\.span must be a TextSpan, not \(0, 2\)"):
        Chapter("One", (0, 2))  # type: ignore[arg-type]
    with pytest.raises(InvalidRecordError, match=r"QuoteDocument\.mentions\[1\] must be a Mention, not 'm1'"):
        document(mentions=[mention(), "m1"])


def through_dict(data: Mapping[str, Any], _: Path) -> QuoteDocument:
    return QuoteDocument.from_dict(data)


def through_json_lines(data: Mapping[str, Any], folder: Path) -> QuoteDocument:
    (folder / "d.jsonl").write_text(json.dumps(data), encoding="utf-8")
    return next(read_jsonl(folder / "d.jsonl"))


@pytest.mark.parametrize("read", [through_dict, through_json_lines])
@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (["schema"], True, r"schema True is not known"),
        (["quotes", 0, "id"], "", r"Quote\.id must not be empty @ \$\.quotes\[0\]"),
        (["quotes", 0, "speakers"], ["e0", "e0"], r"'e0' is there twice @ \$\.quotes\[0\]"),
        (["quotes", 0, "speakers"], ["e0", 5], r"expected a string, not 5 @ \$\.quotes\[0\]\.speakers\[1\]"),
        (["quotes", 0, "addressees"], ["e0", "e0"], r"'e0' is there twice @ \$\.quotes\[0\]"),
        (["quotes", 0, "content"], [[True, 9]], r"start must be .* not True @ \$\.quotes\[0\]\.content\[0\]"),
        (["quotes", 0, "content"], [[0.0, 9]], r"start must be .* not 0\.0 @ \$\.quotes\[0\]\.content\[0\]"),
        (["quotes", 0, "content"], [[0, 10**30]], r"not a number of 100 bits @ \$\.quotes\[0\]\.content\[0\]"),
        (["quotes", 0, "content"], [[0, 2], [1, 3]], r"must be in order and apart.* @ \$\.quotes\[0\]"),
        (["quotes", 0, "score"], 10**400, r"not a number of 1,329 bits @ \$\.quotes\[0\]\.score"),
        (["quotes", 0, "score"], 1.5, r"between 0 and 1, not 1\.5 @ \$\.quotes\[0\]\.score"),
        (["quotes", 0, "parent"], "q0", r"a quote stands inside itself: 'q0' to 'q0'"),
        (["quotes", 0, "source"], [[False, 2]], r"has source \[\[False, 2\]\].* @ \$\.quotes\[0\]\.source"),
        (["quotes", 0, "source"], [[0.0, 2]], r"has source \[\[0\.0, 2\]\].* @ \$\.quotes\[0\]\.source"),
        (["quotes", 0, "mood"], "glad", r"extra fields found \(mood\) @ \$\.quotes\[0\]"),
        (["entities", 0, "members"], ["e1", "e1"], r"'e1' is there twice @ \$\.entities\[0\]"),
        (["entities", 0, "stands_for"], "", r"entity e0 names entity ''"),
        (["entities", 0, "kind"], "bard", r"'bard' is not a valid EntityKind.* @ \$\.entities\[0\]"),
    ],
)
def test_what_is_read_is_refused_with_its_place(
    tmp_path: Path,
    read: Callable[[Mapping[str, Any], Path], QuoteDocument],
    place: list[str | int],
    value: object,
    message: str,
) -> None:
    people = [entity(), entity(id="e1")]
    data: Any = document(quotes=[quote(source="m0")], entities=people, mentions=[mention()]).to_dict()
    assert data["quotes"][0]["source"] == [[0, 2]]
    reduce(getitem, place[:-1], data)[place[-1]] = value
    with pytest.raises(FormatError, match=message):
        read(data, tmp_path)


@pytest.mark.parametrize(
    "place",
    [
        ["schema"],
        ["id"],
        ["text"],
        ["quotes", 0, "content"],
        ["quotes", 0, "source"],
        ["quotes", 0, "speakers"],
        ["quotes", 0, "score"],
        ["quotes", 0, "evidence"],
        ["entities", 0, "members"],
        ["mentions", 0],
        ["meta", "chapters"],
    ],
)
@pytest.mark.parametrize("value", [deep(), in_itself(), HUGE], ids=["deep", "circle", "huge"])
def test_values_without_bound_are_refused_in_a_few_words(place: list[str | int], value: object) -> None:
    data: Any = summit().to_dict()
    reduce(getitem, place[:-1], data)[place[-1]] = value
    with pytest.raises(FormatError) as caught:
        QuoteDocument.from_dict(data)
    assert "unknown error" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_order_lone_surrogates_and_words_of_ones_own_are_allowed() -> None:
    known = summit()
    turned = attrs.evolve(
        known, quotes=tuple(known.quotes)[::-1], mentions=known.mentions[::-1], entities=known.entities[::-1]
    )
    assert QuoteDocument.from_dict(turned.to_dict()) == turned
    assert "".join(segment.text for segment in turned.segments()) == known.text
    alone = document(text="\ud800 on", language="", quotes=[quote(text="whatever", cue=SPANS)])
    assert QuoteDocument.from_dict(alone.to_dict()) == alone
    twice = evidence(chain=["m0", "m0"], runners_up=[Candidate("e0", 0.1), Candidate("e0", 0.1)])
    repeated = document(
        entities=[entity(aliases=["A", "A", ""])], mentions=[mention()], quotes=[quote(source="m0", evidence=twice)]
    )
    assert QuoteDocument.from_dict(repeated.to_dict()) == repeated
