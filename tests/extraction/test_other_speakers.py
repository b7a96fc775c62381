"""Whether narration between two pieces turns to somebody else."""

import pytest

from quotesmith.extraction.other_speakers import others_speak
from quotesmith.extraction.passage_pairs import SpeechPieces
from quotesmith.lexicon.reporting import load_reporting
from tests.docs import make_doc, parsed_text
from tests.extraction.worded import attribution

MARKED = "“ `` punct {0}\n{0} UH ROOT -\n” '' punct {0}"
ASKED = "asked VBD ROOT - ask\n{0} {1} nsubj asked\n. . punct asked"
NODDED = "{0} {1} nsubj nodded\nnodded VBD ROOT - nod\n. . punct nodded"
WAS_NOT = "{0} NNP nsubj was\nwas VBD ROOT - be\nnot RB neg was\nsure JJ acomp was\n. . punct was"


@pytest.mark.parametrize(
    ("source", "narration", "expected"),
    [
        pytest.param("I PRP", NODDED.format("He", "PRP"), True, id="writer-then-he"),
        pytest.param("she PRP", NODDED.format("I", "PRP"), True, id="she-then-writer"),
        pytest.param("he PRP", NODDED.format("He", "PRP"), False, id="he-again"),
        pytest.param("Roe NNP", WAS_NOT.format("Lee"), True, id="what-another-is-not"),
        pytest.param("Roe NNP", WAS_NOT.format("Roe"), False, id="what-the-first-is-not"),
    ],
)
def test_who_is_spoken_of_last(source: str, narration: str, *, expected: bool) -> None:
    who, tag = source.split()
    doc = make_doc("\n".join([MARKED.format("Yes"), ASKED.format(who, tag), narration, MARKED.format("No")]))
    pieces = SpeechPieces.of(
        parsed_text(doc),
        [attribution(doc.text, "“Yes”", cue="asked", source=who), attribution(doc.text, "“No”")],
    )
    assert [others_speak(pieces, pair, load_reporting()) for pair in pieces.pairs()] == [expected]
