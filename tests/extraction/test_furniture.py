"""What nobody says: lines of a page beside its text, and parts of lines."""

import pytest

from quotesmith.extraction import LayoutReader

LINES = """\
READ MORE: City mourns six
Read more: Mayor says “we will not pay” for the bridge
READ MORE | Ferry plan sunk
WATCH: ‘We will not pay,’ says mayor
WATCH Mayor dances at fair
Related stories: The bridge that fell
RELATED
Article Continued Below
(Story continues below)
Story continues below advertisement
Advertisement
SIGN UP: Get the Valley Letter in your inbox every morning
Sign up for our daily newsletter.
Share this story
12 comments
Comments (12)
3 min read
By Ann Lee, Staff Writer
By Ann Lee and Bob Roe
By Ann Lee | The Gazette
By Ann Lee, special to the Gazette
Ann Lee, Staff Reporter
Photos by Bob Roe
Top story
Photo: Ann Lee / AP
Last updated 3 June 2021, 10:15 a.m.
Published Friday, June 4, 2021 4:05PM EDT
(Photo: Ann Lee / AP)
[Image by Bob Roe]
(Ann Lee/CBC News)
Copyright 2021 The Gazette. All rights reserved.
© 2021 The Gazette
Follow us on Facebook and Instagram.
Follow Ann Lee on Twitter @annlee.
Follow @annlee.
Home > News > Local
With files from Ann Lee
Ann Lee and Bob Roe contributed to this report.
MORE: How the bridge fell
LISTEN: The bridge, one year on
Watch the full interview below:
Read the full report here.
This story was originally published in the Gazette."""
# What looks alike and is the text's own.
SENTENCES = """\
“Watch out!” said Tom.
Watch out, said Tom.
Watch your step, she said, and shut the door.
Watch the video here, she said.
Read me the story here, she said, by the fire.
Listen: it has come unstuck in time.
WATCH OUT! he cried.
MORE: I die the king's good servant.
Mayor: ‘We will not pay’
By Friday night, the vote was over.
By law, the mayor must sign.
Related parties must sign, Lee said.
Sign up, said the sergeant, or go home.
Follow me, said the guide.
Follow him on Twitter, she said, if you can.
More than six people died.
More, he said.
Story after story was told that night.
Comments from the public were heard.
Photos of the bridge were shown.
Photo: it was the word that he hated.
Updated figures show 40 dead.
Published 40 years ago, the book still sells.
Copyright law is hard, said Lee.
Home is where the heart is.
I — I did not know.
JOHN SMITH: I do not know.
Watchdog: Mayor broke law
The mayor (photo above) would not speak.
He works for the EPA (Reuters has the story).
Ann Lee, Bob Roe
Ann Lee, editor of the Gazette, said so"""
READ = LayoutReader()


def furniture(text: str) -> list[str]:
    return [span.of(text) for span in READ(text).silent]


def on_a_page(line: str) -> str:
    return f"The bridge fell on Friday.\n\nIt rained.\n\n{line}\n\nSix died.\n\nA dog barked."


@pytest.mark.parametrize("line", LINES.splitlines())
def test_line_of_a_page_is_furniture(line: str) -> None:
    assert furniture(on_a_page(line)) == [line]


@pytest.mark.parametrize("line", SENTENCES.splitlines())
def test_line_of_the_text_is_none(line: str) -> None:
    assert furniture(on_a_page(line)) == []


@pytest.mark.parametrize(
    ("paragraph", "part"),
    [
        ("ELMFOOT, Thursday - The bridge fell.", "ELMFOOT, Thursday - "),
        ("OTTAWA (CP) — The bridge fell.", "OTTAWA (CP) — "),
        ("ELMFOOT — The bridge fell.", "ELMFOOT — "),
        ("OTTAWA—The bridge fell.", "OTTAWA—"),
        ("Elmfoot, June 4 (Reuters) - The bridge fell.", "Elmfoot, June 4 (Reuters) - "),
        ("Oslo, June 4 — The bridge fell.", "Oslo, June 4 — "),
        ("(Reuters) - The bridge fell.", "(Reuters) - "),
        ("DES MOINES, Iowa, Aug. 10 (UPI) — It fell.", "DES MOINES, Iowa, Aug. 10 (UPI) — "),
        ("Oslo — it fell.", ""),
        ("NIGHT - THE BRIDGE", ""),
        ("NO — I will not.", ""),
        ("The mayor speaks. (Photo: Ann Lee / AP)", "(Photo: Ann Lee / AP)"),
        ("“Why?” he said. [Image by Bob Roe] She left.", "[Image by Bob Roe]"),
        ("The mayor speaks. — File photo", " — File photo"),
        ("The mayor speaks. (Courtesy of the museum)", "(Courtesy of the museum)"),
        ("The mayor speaks. (Handout)", "(Handout)"),
        ("The mayor speaks. (By the way)", ""),
        ("The mayor wants — a photo", ""),
        ("The mayor speaks. Photo by Bob Roe", " Photo by Bob Roe"),
        ("The mayor speaks. Bob Roe/The Gazette", " Bob Roe/The Gazette"),
        ("The mayor speaks. (AP Photo/Bob Roe)", "(AP Photo/Bob Roe)"),
        ("The mayor (left) speaks. (Ann Lee)", ""),
        ("The agency (EPA) spoke.", ""),
    ],
)
def test_part_of_a_paragraph_is_furniture(paragraph: str, part: str) -> None:
    assert furniture(on_a_page(paragraph)) == ([part] if part else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("WATCH: Mayor sings\n\nIt rained.", [], id="headline-of-its-own"),
        pytest.param("READ MORE: Six dead\n\nIt rained.", ["READ MORE: Six dead"], id="link-at-the-head"),
        pytest.param("ANNA — You came.\n\nRAVI — I did.", [], id="a-play-by-dashes"),
        pytest.param("It rained.\n\n" * 4 + "OSLO — It fell.", [], id="far-from-the-head"),
        pytest.param(
            "ANN: It fell.\n\nRELATED: Six dead\n\nRelated: Two dead\n\nBEA: When?\n\nANN: Friday.\n\nBEA: Six died.",
            ["RELATED: Six dead", "Related: Two dead"],
            id="between-turns",
        ),
        pytest.param("Read more " + "and more " * 26 + "\n\nNo.", [], id="long"),
        pytest.param("", [], id="no-text"),
    ],
)
def test_furniture_depends_on_the_text_around_it(text: str, found: list[str]) -> None:
    assert furniture(text) == found


def test_turn_goes_on_behind_furniture() -> None:
    turns = [
        "ANN: It fell at night.",
        "READ MORE: Six dead",
        "Six died.",
        "BEA: Who saw it?",
        "ANN: Nobody saw it fall.",
    ]
    text = "\n\n".join(["A talk.", *turns])
    assert [span.of(text) for span in READ(text).turns[0].content] == ["It fell at night.", "Six died."]


HEADING = "Mill to reopen in spring, mayor says"


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        pytest.param([HEADING, "Yes.", HEADING, HEADING], [2, 3], id="again-and-again"),
        pytest.param([HEADING, HEADING + " again"], [], id="other-words"),
        pytest.param([HEADING + ".", HEADING + "."], [], id="sentences"),
        pytest.param([f"“{HEADING}!”", f"“{HEADING}!”"], [], id="speech"),
        pytest.param(["Mill to reopen in May"] * 2, [1], id="five-words"),
        pytest.param(["Mill to reopen soon"] * 2, [], id="four-words"),
    ],
)
def test_heading_that_stands_again_is_furniture(paragraphs: list[str], found: list[int]) -> None:
    text = "\n\n".join(paragraphs)
    assert [text.count("\n\n", 0, span.start) for span in READ(text).silent] == found
