from collections.abc import Iterator

import attrs

from quotesmith.speakers.dialogue.turns import interview_part
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.names.recognition import Name
from tests.docs import make_doc
from tests.speakers.scenes import context_of_doc

INTERVIEW = """
    Jane NNP compound Roe - PERSON
    Roe NNP nsubj met - PERSON
    met VBD ROOT -
    Ann NNP dobj met - PERSON

    Roe NNP nsubj talked - PERSON
    talked VBD ROOT -

    Q NN ROOT -
    : : punct Q
    Why WRB advmod Q

    A NN ROOT -
    : : punct A
    Because IN dep A

    Q NN ROOT -
    : : punct Q
    So RB advmod Q
"""


def parts(context: DocumentContext, word: str) -> list[int | None]:
    return [interview_part(context, [token]) for token in context.parsed.doc if token.text == word]


def test_who_answers_is_the_person_named_most_before() -> None:
    context = context_of_doc(make_doc(INTERVIEW))
    [number] = parts(context, "A")
    assert number is not None
    assert context.roster.drafts[number].name == "Jane Roe"


def test_who_asks_is_one_unnamed_person() -> None:
    context = context_of_doc(make_doc(INTERVIEW))
    first, second = parts(context, "Q")
    assert first == second
    assert first is not None
    assert not context.roster.drafts[first].named


def test_other_words_are_no_label() -> None:
    context = context_of_doc(make_doc("A DT det plan\nplan NN ROOT -"))
    assert parts(context, "A") == parts(context, "plan") == [None]


class _Counted(list[Name]):
    """Names that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[Name]:
        self.times += 1
        return super().__iter__()


def test_who_answers_is_looked_for_once() -> None:
    context = context_of_doc(make_doc(INTERVIEW))
    names = _Counted(context.names)
    first, second = parts(attrs.evolve(context, names=names), "A") * 2
    assert first is not None
    assert first == second
    for _ in range(3):
        parts(attrs.evolve(context, names=names, voices={"a": first}), "A")
    assert names.times == 1
