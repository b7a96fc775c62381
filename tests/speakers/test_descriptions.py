from quotesmith.speakers.document_context import DocumentContext
from tests.speakers.scenes import context_of_doc, doc_of


def heads(context: DocumentContext, entity: int) -> set[str]:
    return {head for head, said in context.described.items() if any(owner == entity for owner, _ in said)}


def test_apposition_after_a_possessor() -> None:
    context = context_of_doc(
        doc_of("""
        Holm NNP poss wife - PERSON
        's POS case Holm
        wife NN nsubj spoke
        , , punct wife
        Ann NNP compound Lee - PERSON
        Lee NNP appos wife - PERSON
        , , punct wife
        spoke VBD ROOT -
    """)
    )
    assert "wife" in heads(context, 1)


def test_party_and_state_in_brackets() -> None:
    context = context_of_doc(
        doc_of("""
        Sen. NNP compound Lee
        Ann NNP compound Lee - PERSON
        Lee NNP nsubj spoke - PERSON
        ( -LRB- punct Lee
        R NNP nmod Lee
        - HYPH punct R
        Tenn NNP nmod R
        ) -RRB- punct Lee
        spoke VBD ROOT -
    """)
    )
    assert context.lands[0] == {"Republican Party", "Tennessee"}


def test_complement_of_a_role() -> None:
    context = context_of_doc(
        doc_of("""
        Ann NNP compound Lee - PERSON
        Lee NNP nsubj spoke - PERSON
        , , punct Lee
        head NN appos Lee
        of IN prep head
        Oslo NNP compound Harbour
        Harbour NNP pobj of
        , , punct Lee
        spoke VBD ROOT -
    """)
    )
    [(_, said)] = context.described["head"]
    assert said.complement == {"oslo", "harbour"}


def test_place_named_by_its_kind() -> None:
    context = context_of_doc(doc_of("the DT det city\ncity NN ROOT -\nof IN prep city\nPhalsberg NNP pobj of - GPE"))
    assert "city" in heads(context, 0)
