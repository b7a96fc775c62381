"""The letters of an interview: who answers after "A:", and who asks after "Q:"."""

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind
from quotesmith.speakers.roster import Draft
from quotesmith.speakers.scene import Scene

QUESTIONS = frozenset({"q", "question", "questioner", "reporter"})
ANSWERS = frozenset({"a", "answer"})


def interview_part(scene: Scene, tokens: Sequence[Token]) -> int | None:
    """The entity of a label that is "Q" or "A" before a colon; None of other words.

    Who answers is the person whom the text names most before the first of the letters; who asks has no name.
    """
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    if len(words) != 1 or fold(words[0].text) not in QUESTIONS | ANSWERS or not _is_label(words[0]):
        return None
    return _voice(scene, words[0].text)


def _is_label(token: Token) -> bool:
    """Whether the word opens a paragraph and has a colon, or a wide space, behind it."""
    doc = token.doc
    before = doc[token.i - 1].text if token.i > 0 else "\n"
    opens = "\n" in before or (token.i > 1 and "\n" in doc[token.i - 2].text and not before[:1].isalnum())
    after = token.i + 1
    return opens and token.text[0].isupper() and after < len(doc) and (doc[after].text in {":", "."} or _is_wide(token))


def _is_wide(token: Token) -> bool:
    return token.nbor().is_space or token.text == "Q"


def _voice(scene: Scene, label: str) -> int:
    """The one who speaks under the label all through the text; looked for once."""
    known = scene.voices.get(fold(label))
    if known is None:
        known = _interviewee(scene) if fold(label) in ANSWERS else None
    if known is None:
        known = scene.roster.add(Draft(label, EntityKind.PERSON, named=False))
    scene.voices[fold(label)] = known
    return known


def _interviewee(scene: Scene) -> int | None:
    """The person named most before the interview begins; of several the first."""
    labels = QUESTIONS | ANSWERS
    begins = next((t.i for t in scene.layout.doc if fold(t.text) in labels and _is_label(t)), 0)
    owners = [
        owner
        for name, owner in zip(scene.names, scene.owners, strict=True)
        if name.start < begins and scene.roster.drafts[owner].kind is EntityKind.PERSON
    ]
    return Counter(owners).most_common(1)[0][0] if owners else None
