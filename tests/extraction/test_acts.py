from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotesmith.extraction.acts import find_act, find_assertion
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, Assertion, TextSpan
from tests.cases import Case, each_case
from tests.docs import make_doc, parsed_text
from tests.extraction.worded import place
from tests.random_docs import parsed_docs

LEXICON = load_reporting()


@each_case("acts", keys={"cue", "content", "act", "assertion"})
def test_act_and_assertion_follow_the_main_word_of_the_cue_and_what_stands_around_it(case: Case) -> None:
    parsed = parsed_text(make_doc(case.table))
    for expected in case.expected:
        cue, content = place(parsed.text, expected["cue"]), place(parsed.text, expected.get("content", ""))
        found = {"act": find_act(parsed, cue, LEXICON), "assertion": find_assertion(parsed, cue, content, LEXICON)}
        stated = {key: value for key, value in expected.items() if key in found}
        assert stated
        assert {key: found[key] for key in stated} == stated


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(doc=parsed_docs(), data=st.data())
def test_any_doc_and_spans_have_an_answer(doc: Doc, data: st.DataObject) -> None:
    parsed, edges = parsed_text(doc), st.integers(0, len(doc.text))
    spans = st.tuples(edges, edges).filter(lambda pair: pair[0] != pair[1])
    cue, content = ((TextSpan(*sorted(data.draw(spans))),) if doc.text else () for _ in range(2))
    assert find_act(parsed, cue, LEXICON) in Act
    assert find_assertion(parsed, cue, content, LEXICON) in Assertion
