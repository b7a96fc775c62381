import attrs

from quotesmith.extraction.unsourced import with_grammars_sources
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.marks import pair_marks
from tests.cases import Case, each_case
from tests.docs import make_doc
from tests.extraction.found import words
from tests.extraction.worded import attribution


@each_case("repairs/sources", keys={"cue", "content", "before", "source"})
def test_source_that_is_missing_or_of_another_sentence_is_who_does_what_the_cue_says(case: Case) -> None:
    doc = make_doc(case.table)
    for expected in case.expected:
        quote = attribution(doc.text, expected["content"], cue=expected["cue"], source=expected.get("before", ""))
        [found] = with_grammars_sources(doc, pair_marks(doc.text), [quote], load_reporting())
        assert attrs.evolve(found, source=()) == attrs.evolve(quote, source=())
        assert "".join(words(doc.text, found.source)) == expected["source"]
