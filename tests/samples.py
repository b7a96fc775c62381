"""Hand-made documents for tests that need a real one."""

import re

from quotesmith.records import (
    Act,
    Assertion,
    Entity,
    EntityKind,
    Evidence,
    Mention,
    MentionForm,
    Quote,
    QuoteDocument,
    QuoteKind,
    TextSpan,
)

SUMMIT_TEXT = """\
“We will not accept any change to the status quo,” Xi Jinping told reporters in Beijing on Tuesday, “and \
that is that.” He added that Ukraine’s borders were “not for sale”.

Vladimir Putin did not say that talks would go on. The two leaders condemned the tariffs.

“My mother told me: ‘Never trust a café with no cats’,” a source close to the talks said.

“Go!” someone shouted.
"""


def spans(text: str, *pieces: str) -> tuple[TextSpan, ...]:
    """The first place of each piece in the text that doesn't cut a word."""
    found = [re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) for piece in pieces]
    return tuple(TextSpan(*match.span()) for match in found if match)


def summit(document_id: str = "summit") -> QuoteDocument:
    """Six quotes: split, mixed, negated, by a group, one in another, without a speaker."""
    text = SUMMIT_TEXT
    entities = [
        Entity("e0", "Xi Jinping", EntityKind.PERSON, aliases=("Xi",)),
        Entity("e1", "reporters", EntityKind.GROUP, named=False),
        Entity("e2", "Ukraine", EntityKind.PLACE),
        Entity("e3", "Vladimir Putin", EntityKind.PERSON, identifier="Q7747"),
        Entity("e4", "The two leaders", EntityKind.GROUP, named=False, members=("e0", "e3")),
        Entity("e5", "a source close to the talks", EntityKind.PERSON, named=False),
        Entity("e6", "My mother", EntityKind.PERSON, named=False),
    ]
    named = [
        ("Xi Jinping", MentionForm.NAME, "e0"),
        ("reporters", MentionForm.NOMINAL, "e1"),
        ("He", MentionForm.PRONOUN, "e0"),
        ("Ukraine", MentionForm.NAME, "e2"),
        ("Vladimir Putin", MentionForm.NAME, "e3"),
        ("The two leaders", MentionForm.NOMINAL, "e4"),
        ("My mother", MentionForm.NOMINAL, "e6"),
        ("me", MentionForm.PRONOUN, "e5"),
        ("a source close to the talks", MentionForm.NOMINAL, "e5"),
    ]
    mentions = [
        Mention(f"m{number}", spans(text, words), form, entity) for number, (words, form, entity) in enumerate(named)
    ]
    return QuoteDocument(document_id, text, "en", _quotes(text), entities, mentions, {"title": "No deal"})


def _quotes(text: str) -> list[Quote]:
    nested = "‘Never trust a café with no cats’"
    return [
        Quote(
            "q0",
            QuoteKind.DIRECT,
            spans(text, "“We will not accept any change to the status quo,”", "“and that is that.”"),
            "We will not accept any change to the status quo, … and that is that.",
            cue=spans(text, "told"),
            source="m0",
            speakers=("e0",),
            addressees=("e1",),
            score=0.98,
            speaker_score=0.95,
            evidence=Evidence("mark", "name"),
        ),
        Quote(
            "q1",
            QuoteKind.MIXED,
            spans(text, "that Ukraine’s borders were “not for sale”"),
            "that Ukraine’s borders were “not for sale”",
            cue=spans(text, "added"),
            source="m2",
            speakers=("e0",),
            score=0.9,
            speaker_score=0.8,
            evidence=Evidence("clause", "coreference", chain=("m2", "m0")),
        ),
        Quote(
            "q2",
            QuoteKind.INDIRECT,
            spans(text, "that talks would go on"),
            "that talks would go on",
            assertion=Assertion.NEGATED,
            cue=spans(text, "did not say"),
            source="m4",
            speakers=("e3",),
            score=0.7,
            speaker_score=0.9,
            evidence=Evidence("clause", "name"),
        ),
        Quote(
            "q3",
            QuoteKind.INDIRECT,
            spans(text, "the tariffs"),
            "the tariffs",
            act=Act.ATTITUDE,
            cue=spans(text, "condemned"),
            source="m5",
            speakers=("e4",),
            score=0.6,
            speaker_score=0.5,
            evidence=Evidence("phrase", "group"),
        ),
        Quote(
            "q4",
            QuoteKind.DIRECT,
            spans(text, f"“My mother told me: {nested},”"),
            f"My mother told me: {nested},",
            cue=spans(text, "said"),
            source="m8",
            speakers=("e5",),
            score=0.95,
            speaker_score=0.6,
            evidence=Evidence("mark", "nominal"),
        ),
        Quote(
            "q5",
            QuoteKind.DIRECT,
            spans(text, nested),
            "Never trust a café with no cats",
            source="m6",
            speakers=("e6",),
            addressees=("e5",),
            parent="q4",
            score=0.9,
            speaker_score=0.6,
            evidence=Evidence("mark", "nominal"),
        ),
        Quote(
            "q6",
            QuoteKind.DIRECT,
            spans(text, "“Go!”"),
            "Go!",
            evidence=Evidence("mark", reason="nobody is named near it"),
        ),
    ]
