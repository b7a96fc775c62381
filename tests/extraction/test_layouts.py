"""Which layout a text has, and where the words of each turn stand."""

from pathlib import Path

import pytest

from quotesmith.extraction import Attribution, LayoutReader
from quotesmith.extraction.speech_layout.families import LAYOUT_FAMILIES
from tests.docs import of_text
from tests.extraction.found import add_labelled_turns, find_turns, words
from tests.extraction.worded import attribution

LOOK_ALIKES = (Path(__file__).parents[1] / "data" / "layouts" / "lookalikes.txt").read_text(encoding="utf-8")
SECTIONS = [section.split("\n", 1) for section in LOOK_ALIKES.removeprefix("=== ").split("\n=== ")]
read = LayoutReader()


@pytest.mark.parametrize("family", LAYOUT_FAMILIES, ids=lambda family: family.name)
def test_example_has_its_family(family: object) -> None:
    assert read(family.example).family == family.name  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SECTIONS])
def test_look_alike_has_no_layout(text: str) -> None:
    assert read(text).family is None


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("Speaker 1: Is it on?\nSpeaker 2: It is.", "Speaker 1|Speaker 2", id="number"),
        pytest.param(
            "[00:07 --> 00:09] SPEAKER_01: Hello.\n[00:10] SPEAKER_00: Hello.", "SPEAKER_01|SPEAKER_00", id="id"
        ),
        pytest.param("Paris: Will you go?\nGeorgia: I won't.", "Paris|Georgia", id="places"),
        pytest.param(
            "Faith: Who goes?\nArt: I do.\nJune: My turn.\nFaith: Fine.\nArt: Go.",
            "Faith|Art|June|Faith|Art",
            id="month",
        ),
        pytest.param("anna: where is it?\nrob: on the hook", "anna|rob", id="small-given"),
        pytest.param("@mia_r: is it red?\n@tom: it is", "mia_r|tom", id="handles"),
        pytest.param("mia \U0001f33b: are you up?\ntom: no", "mia \U0001f33b|tom", id="emoji"),
        pytest.param("1. Anna: Is it you?\n2. Bo: It is.", "Anna|Bo", id="numbered"),
        pytest.param("Q\tWhere?\nA\tAt home.", "Q|A", id="tabs"),
        pytest.param("QWhere is it?\n\nA: At home.\n\nQI see.\n\nA: Good.", "Q|A|Q|A", id="glued-questions"),
        pytest.param("QWhere?\n\nA: At home.", "Q|A", id="one-glued-question"),
        pytest.param("Q: Where?\n\nA. At home.\n\nQAnd now?\n\nA. Here.", "Q|A|Q|A", id="one-of-two"),
        pytest.param("QWhere?\n\nABehind it.\n\nQWhy?\n\nAI'm late.", "Q|A|Q|A", id="all-glued"),
        pytest.param("QWhere?\n\nABehind it.\n\nQWhy?\n\nAI think so.", "Q|A|Q|A", id="glued-to-i"),
        pytest.param("QWhere?\n\nAI is here.\n\nQWhy?\n\nAI tools.", "", id="artificial-intelligence"),
        pytest.param("QWhere?\n\nABehind it.", "", id="one-glued-pair"),
        pytest.param("Q: Where?\n\nABehind it.\n\nQ: Why?", "Q|A|Q", id="glued-answer"),
        pytest.param("Q: Will it?\n\nAI won't think, I say.\n\nQ: Why?", "Q|Q", id="no-word-behind-it"),
        pytest.param("Q: Who did?\n\nQLast said so.\n\nA: No.\n\nAThey did.", "Q|A", id="between-a-pair"),
        pytest.param("QAnon, was it?\n\nA: No.\n\nQAnon said I did.\n\nA: No.", "A|A", id="a-name"),
        pytest.param("QAnon said so.\n\nABBA won't.\n\nAnd you?", "", id="words"),
        pytest.param("Q4 rose, did it?\n\nAnswer: No.\n\nQA team?\n\nAnswer: Yes.", "Answer|Answer", id="quarters"),
        pytest.param(
            "Chair: Shall we?\nWoman in the back: We shall!\nChair: Go.", "Chair|Woman in the back|Chair", id="place"
        ),
        pytest.param(
            "Ida Aas: Where?\n\nPer Holm: I won't say.\n\nAas: Why?\n\nHolm: It's mine.",
            "Ida Aas|Per Holm|Aas|Holm",
            id="ordinary-given",
        ),
        pytest.param(
            "Title: Owls\nDate: 4 May\n\nWren: Why owls?\n\nNoor: They don't talk.", "Wren|Noor", id="short-header"
        ),
        pytest.param("JOSÉ: It won't start.\nÅSA: Is there petrol?", "JOSÉ|ÅSA", id="accents"),
        pytest.param("JOSE\u0301: It won't start.\nÅSA: Is there petrol?", "JOSE\u0301|ÅSA", id="decomposed"),
        pytest.param("王芳：Are you coming?\n李明：In an hour.\n王芳：Good.", "王芳|李明|王芳", id="no-case"),
        pytest.param("anna: you coming\nbo: in ten\nanna: ok\nbo: which door", "anna|bo|anna|bo", id="small"),
        pytest.param("[00:01:07] Anna: Is it you?\n[00:01:09] Bo: It is.", "Anna|Bo", id="time-before"),
        pytest.param("14:05 Anna: Is it you?\n14:06 Bo: It is.", "Anna|Bo", id="clock"),
        pytest.param("Anna [00:01:07]: Is it you?\nBo [00:01:09]: It is.", "Anna|Bo", id="time-behind"),
        pytest.param("Anna Berg (00:03):\nIs it you?\n\nBo Lie (00:05):\nIt is.", "Anna Berg|Bo Lie", id="time-above"),
        pytest.param(">> ANNA: Is it you?\n>> BO: It is.", "ANNA|BO", id="captions"),
        pytest.param("**Anna:** Is it you?\n\n**Bo:** It is.", "Anna|Bo", id="bold"),
        pytest.param("**Anna**: Is it you?\n\n**Bo**: It is.", "Anna|Bo", id="bold-name"),
        pytest.param("__Anna:__ Is it you?\n\n__Bo:__ It is.", "Anna|Bo", id="underscores"),
        pytest.param("<b>Anna:</b> Is it you?\n<b>Bo:</b> It is.", "Anna|Bo", id="html"),
        pytest.param("### Anna:\nIs it you?\n\n### Bo:\nIt is.", "Anna|Bo", id="heading"),
        pytest.param("[Person 1]: Is it you?\n[Person 2]: It is.", "Person 1|Person 2", id="brackets"),
        pytest.param("((WN)) Is it you?\n\nAnna Berg: It is.\n\n((WN)) Good.", "WN|Anna Berg|WN", id="double-brackets"),
        pytest.param("Anna Berg, host: Is it you?\nBo Lie, PsyD: It is.", "Anna Berg|Bo Lie", id="additions"),
        pytest.param("Bo Lie, Jr.: Is it you?\nAnna - CEO: It is.", "Bo Lie, Jr.|Anna", id="suffix"),
        pytest.param(
            "Ida van der Berg: Is it you?\nPiet 't Hart: It is.", "Ida van der Berg|Piet 't Hart", id="particles"
        ),
        pytest.param("Anna\u00a0Berg:\u00a0Is it you?\r\n\tBo:\tIt is.\r\n", "Anna\u00a0Berg|Bo", id="spaces"),
        pytest.param("A: Where is the bank?\nB: It's here.\nA: Thanks.", "A|B|A", id="letters"),
        pytest.param("Q. Where?\n\nA. At home.\n\nMR. ROE: Objection.\n\nQ. When?", "Q|A|MR. ROE|Q", id="deposition"),
        pytest.param("Ms Roe (Holm North): Will he?\n\nThe Minister of State (Mr Lee): He will.", None, id="seats"),
        pytest.param(
            "Dr. Ida Roe (SPD): Why?\n\nPresident Dr. Bo Lee: Order.", "Dr. Ida Roe|President Dr. Bo Lee", id="party"
        ),
        pytest.param(
            "Mr ROE: Why?\n\nSeveral hon. Members: Oh!\n\nThe DEPUTY SPEAKER (Ms Hart): Order!",
            "Mr ROE|Several hon. Members|The DEPUTY SPEAKER",
            id="chamber",
        ),
        pytest.param(
            "  Mr. D'ALBA.  I rise.\n  The PRESIDING OFFICER. He rises.\n  Ms. LINDA T. ROE of Maine. I don't.",
            "Mr. D'ALBA|The PRESIDING OFFICER|Ms. LINDA T. ROE",
            id="record",
        ),
        pytest.param(
            "Roe Review: Why ice?\n\nIda Aas: It melts.\n\nRR: And then?\n\nIA: Tea.",
            "Roe Review|Ida Aas|RR|IA",
            id="initials",
        ),
        pytest.param(
            "Date: 4 May\nPlace: Holm\n\nROE: Is it you?\n\nLEE: It is.\n\nROE: Good.", "ROE|LEE|ROE", id="header"
        ),
        pytest.param("Roe: We Won't Go\n\nThey met.\n\nROE: Will you?\n\nLEE: I won't.", "ROE|LEE", id="title"),
        pytest.param("Talk.\n```\nRoe: Will you?\nLee: I won't.\n```", "", id="code"),
        pytest.param("Talk.\n```\nRoe: Will you?\nLee: I won't.", "Roe|Lee", id="open-fence"),
        pytest.param("\u200eRoe: Will you?\r\u200eLee: I won't.", "Roe|Lee", id="invisible"),
        pytest.param("Roe: Will you?", "", id="one-label"),
    ],
)
def test_labels_of_turns(text: str, labels: str | None) -> None:
    expected = ["Ms Roe", "The Minister of State"] if labels is None else labels.split("|") if labels else []
    assert [label for label, _ in find_turns(text)] == expected


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        pytest.param(
            "ROE: I have walked from one end of this island to the other and\nhave not seen one hedgehog, not a single "
            "one of them, nor heard\nof any.\nLEE: They sleep.",
            [
                [
                    "I have walked from one end of this island to the other and\nhave not seen one hedgehog, not a "
                    "single one of them, nor heard\nof any."
                ],
                ["They sleep."],
            ],
            id="wrapped",
        ),
        pytest.param(
            "Host: What do you need?\n\nGuest: Three things:\n\n1. Rope.\n\nNote: it must be dry.\n\nHost: And?",
            [["What do you need?"], ["Three things:", "1. Rope.", "Note: it must be dry."], ["And?"]],
            id="list-and-note",
        ),
        pytest.param(
            "Q: Why?\n\nA: I like it.\n\n(Applause)\n\n*coughs*\n\n14\n\n14:05\n\nShe laughs.\n\nPART TWO"
            "\n\nIt is cold.\n\nQ: And?\n\nA: No.",
            [["Why?"], ["I like it.", "It is cold."], ["And?"], ["No."]],
            id="asides",
        ),
        pytest.param(
            "Mr ROE: No.\n\nMr Lee interjecting—\n\nMr ROE: I said no.\n\nMs Day: He did.",
            [["No."], ["I said no."], ["He did."]],
            id="interruption",
        ),
        pytest.param(
            "Dame Ida Roe (Lab): I beg to move.\n\nBo Lee (Holm) (LD) rose—\n\nDame Ida Roe: I give way.",
            [["I beg to move."], ["I give way."]],
            id="rose",
        ),
        pytest.param(
            "Ann: [laughs] Did you? (LAUGHTER) No. (that is, maybe)\nBo: [It](https://ex.org) is. [It] is cold.",
            [["Did you?", "No. (that is, maybe)"], ["[It](https://ex.org) is. [It] is cold."]],
            id="notes",
        ),
        pytest.param(
            "Ann: 42.\nBo: What?\nAnn: At what?\nBo: 10:45.", [["42."], ["What?"], ["At what?"], ["10:45."]], id="n"
        ),
        pytest.param(
            "ROE: Will you?\n\nLEE: I will.\n\nI have a boat.\n\nLee left the hall at noon.",
            [["Will you?"], ["I will.", "I have a boat."]],
            id="narration-behind",
        ),
        pytest.param(
            "ROE: Will you?\n\nLEE: I will.\n\nIt was edited, as we told you.",
            [["Will you?"], ["I will."]],
            id="note-behind",
        ),
        pytest.param(
            "Roe: I won.\n\nHow?\n\nRoe: I ran.\n\nFar?\n\nRoe: I can't.",
            [["I won."], ["I ran."], ["I can't."]],
            id="nobody-asks",
        ),
        pytest.param("ROE:\n\nLEE: I won't.\n\nROE: Go on.\n\nLEE: [laughs]", [["I won't."], ["Go on."]], id="mute"),
    ],
)
def test_words_of_turns(text: str, contents: list[list[str]]) -> None:
    assert [content for _, content in find_turns(text)] == contents


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("<mia> is it red?\n<tom> it isn't", "chat"),
        ("[Anna] Is it you?\n[Bo] It's me.", "chat"),
        ("_Ann_. Is it you?\n\n_Bo_. It is.\n\n_Ann_. I thought so.", "play"),
        ("ANN. Is it you?\nBO. It's me.\nANN. Come in.", "play"),
        ("ACT I\n\nOrl. Who is it?\n\nRos. Me.\n\nOrl. Go.", "play"),
        ("Speaker 1\n\nIs it on?\n\nSpeaker 2\n\nIt is.\n\nSpeaker 1\n\nDid you look?", "names"),
        ("‹Go.› — Jane Roe\n\n‹Stay.› — Bo Lee", "quotations"),
        ("> “Go.”\n> — Jane Roe\n\n> “Stay.”\n> — Bo Lee", "quotations"),
        ("Write so:\n```\n“Go.” — Jane Roe\n“Stay.” — Bo Lee\n```", None),
        ("LONDON. “We won't pay,” he said.\n\nPARIS. “They will,” she said.\n\nLONDON. “We shan't,” he said.", None),
    ],
)
def test_few_turns_have_their_family(text: str, family: str | None) -> None:
    assert read(text).family == family


def test_lines_that_nobody_says_are_silent() -> None:
    text = "ROE: I won't.\n\n(Applause)\n\nLEE: [laughs]\n\nROE: You will.\n\nLEE: No."
    assert words(text, read(text).silent) == ["(Applause)", "LEE:", "[laughs]"]


@pytest.mark.parametrize("text", ["", ":", "::\n::", "\x00: \ud800\n\x00: ", "Roe:", "Q.", "**", "[00:01] :"])
def test_odd_text_has_no_turns(text: str) -> None:
    assert read(text).turns == ()


def test_ten_thousand_labels_of_a_list_give_no_turns() -> None:
    text = "\n".join(
        f"Aa{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}: some of it." for i in range(10_000)
    )
    assert read(text).family is None


UNREAD = "{Roe} Will it open?\n{Lee} “In May.”\n{Roe} Which?\n{Lee} Next.\n"


def test_unread_layout_keeps_quotes_with_a_cue_or_a_source() -> None:
    stray, cued = attribution(UNREAD, "“In May.”"), attribution(UNREAD, "Next", cue="Which")
    assert add_labelled_turns(UNREAD, [stray, cued]) == [cued]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("| Roe | 4 |\n| Lee | 5 |\n| Roe | 6 |\n| Lee | 7 |", id="table"),
        pytest.param("- Roe\n- Lee\n- Roe\n- Lee\n- Day", id="list"),
        pytest.param("{Roe} Will it?\n{Lee} It will.\n{Day} When?\n{Fox} Soon.", id="no-name-returns"),
        pytest.param("{Roe} Will it?\n{Lee} It will.\n" + "They talked.\n" * 9 + "{Roe} No.\n{Lee} Yes.", id="prose"),
    ],
)
def test_other_signs_make_no_unread_layout(text: str) -> None:
    assert read(text).family is None


TALK = "ROE: Lee said no to us all.\n\n(Applause)\n\nLEE: I said yes, and Day said so.\n\nROE: You didn't."


def inner(*quotes: Attribution) -> list[tuple[list[str], list[str]]]:
    found = add_labelled_turns(TALK, quotes)[: -len(read(TALK).turns)]
    return [(words(TALK, quote.content), words(TALK, quote.source)) for quote in found]


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        pytest.param(attribution(TALK, "no to us all", cue="said"), [["no to us all"]], id="inside"),
        pytest.param(
            attribution(TALK, "no to us all.\n\n(Applause)\n\nLEE: I said yes", cue="said"),
            [["no to us all."]],
            id="across",
        ),
        pytest.param(attribution(TALK, "I said yes", cue=":"), [], id="by-the-colon"),
        pytest.param(attribution(TALK, "I said yes", cue="Applause"), [], id="by-a-silent-line"),
        pytest.param(attribution(TALK, "I said yes"), [], id="uncued"),
    ],
)
def test_what_is_found_stays_in_the_turn_of_its_cue(quote: Attribution, kept: list[list[str]]) -> None:
    assert [content for content, _ in inner(quote)] == kept


def test_turn_is_direct_without_marks() -> None:
    assert all(quote.is_turn for quote in add_labelled_turns(TALK, []))
    assert of_text(TALK).layout.family == "labels"
