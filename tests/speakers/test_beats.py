from quotesmith.records import TextSpan
from quotesmith.speakers.dialogue.beats import find_beats
from tests.cases import Case, each_case
from tests.speakers.scenes import attribution, context_of_doc, doc_of, listed, place


@each_case("speakers/beats", keys={"quotes", "before", "behind"})
def test_who_acts_beside_quotes(case: Case) -> None:
    [stated] = case.expected
    doc = doc_of(case.table)
    spans = [place(doc, words) for words in listed(stated["quotes"])]
    quotes = [attribution(TextSpan(span.start - 1, span.end + 1)) for span in spans]
    beats = find_beats(context_of_doc(doc), quotes)
    for side in ("before", "behind"):
        found = [" ".join(actor.text for actor in getattr(beat, side)) for beat in beats]
        assert found == [one.replace("-", "") for one in listed(stated[side])]
