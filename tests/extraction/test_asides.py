"""What the narrator tells in brackets inside speech is cut out of it; what the speaker says there stays."""

from typing import Any

import pytest

from quotesmith.extraction import Attribution
from quotesmith.extraction.asides import cut_asides
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import Act, TextSpan
from tests.docs import make_doc, parsed_text

LEXICON = load_reporting()
BEFORE = "“ `` punct go\nAh UH intj go\n( -LRB- punct go"
BEHIND = ") -RRB- punct go\n, , punct go\ngo VB ROOT -\n” '' punct go"


@pytest.mark.parametrize(
    ("bracketed", "left"),
    [
        pytest.param("lowering VBG advcl go\nher PRP$ poss voice\nvoice NN dobj lowering", ["“Ah", "go”"], id="how"),
        pytest.param("with IN prep go\na DT det smile\nsmile NN pobj with", ["“Ah", "go”"], id="with-a-smile"),
        pytest.param("smiling VBG advcl go smile", ["“Ah", "go”"], id="smiling"),
        pytest.param("using VBG advcl go use", [], id="an-editors-word"),
        pytest.param("going VBG advcl go go\nwith IN prep going\nthe DT pobj with", [], id="an-editors-words"),
        pytest.param("to IN prep go\nEmma NNP pobj to", ["“Ah", "go”"], id="to-whom"),
        pytest.param("to IN prep go\ntown NN pobj to", [], id="where-to"),
        pytest.param("with IN prep go\na DT det fee\nfee NN pobj with", [], id="what-with"),
        pytest.param("as IN mark know\nthey PRP nsubj know\nknow VBP advcl go", [], id="a-clause"),
        pytest.param("dogs NNS nsubj go", [], id="things"),
    ],
)
def test_only_the_narrators_brackets_are_cut(bracketed: str, left: list[str]) -> None:
    parsed = parsed_text(make_doc(f"{BEFORE}\n{bracketed}\n{BEHIND}"))
    quote = Attribution(content=(TextSpan(0, len(parsed.text)),), act=Act.SPEECH, score=0.9, rule="tags")
    [found] = cut_asides(parsed, [quote], LEXICON)
    whole = parsed.text
    assert [span.of(whole) for span in found.content] == (left or [whole])


def test_the_speakers_own_words_stay() -> None:
    doc = make_doc(f"{BEFORE}\nseeing VBG advcl go\nme PRP dobj seeing\n{BEHIND}")
    token: Any = doc[4]  # its stubs lack this method
    token.set_morph("Person=1")
    quote = Attribution(content=(TextSpan(0, len(doc.text)),), act=Act.SPEECH, score=0.9, rule="tags")
    assert cut_asides(parsed_text(doc), [quote], LEXICON) == [quote]
