from quotesmith.extraction.grammar import whole_name, without_addressee
from quotesmith.records import TextSpan
from tests.cases import Case, each_case
from tests.docs import make_doc
from tests.extraction.found import BETWEEN, words
from tests.extraction.worded import place


@each_case("repairs/names", keys={"source", "cue", "whole"})
def test_name_behind_an_abbreviated_title_is_the_sources(case: Case) -> None:
    doc = make_doc(case.table)
    for expected in case.expected:
        [source] = place(doc.text, expected["source"])
        assert whole_name(doc, source, place(doc.text, expected.get("cue", ""))).of(doc.text) == expected["whole"]


@each_case("repairs/addressees", keys={"content", "cue", "kept"})
def test_addressee_is_no_content(case: Case) -> None:
    doc = make_doc(case.table)
    for expected in case.expected:
        spans: list[TextSpan] = []
        for piece in expected["content"].split(BETWEEN):
            spans.extend(place(doc.text, piece))
        found = without_addressee(doc, tuple(spans), place(doc.text, expected.get("cue", "")))
        assert BETWEEN.join(words(doc.text, found)) == expected["kept"]
