"""Those whom direct speech calls by name: "Thank you, Jane", "Mr. President, may I"."""

from bisect import bisect_left
from collections.abc import Iterator

from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import fold
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.phrases import RELATIVES
from quotesmith.speakers.scene import Scene

ENDEARMENTS = frozenset({"my", "dear", "dearest", "poor", "old", "darling", "sweet", "good", "little", "young"})
CALLS = frozenset(
    {"oh", "o", "ah", "hey", "hello", "hi", "yes", "no", "well", "please", "you", "sorry", "goodbye", "bye"}
)
OPENINGS = frozenset("“\"‘'«„,;:—–-!?.…(") | {"--", "''", "``", "..."}
CLOSINGS = frozenset("”\"’'»,;:—–-!?.…)") | {"--", "''", "..."}
LISTING = frozenset({"and", "or", "&"})


def find_vocatives(scene: Scene, attribution: Attribution) -> tuple[int, ...]:
    """The people whom the content calls by name or title, in order of the call.

    A name set off by commas, marks or the end of a sentence is a call, but not in an apposition ("her son, Tom, is")
    or a list ("Tom, Dick and Harry"). Linear in the names of the content.
    """
    found = dict.fromkeys(_called(scene, attribution))
    found.update(dict.fromkeys(_called_by_title(scene, attribution)))
    return tuple(found)


def _called(scene: Scene, attribution: Attribution) -> Iterator[int]:
    """The people who are called by name; "Mr. President" looks like one, but means who is president."""
    for span in attribution.content:
        tokens = scene.layout.tokens(span)
        place = bisect_left(scene.names, tokens.start, key=lambda name: name.start)
        while place < len(scene.names) and scene.names[place].end <= tokens.stop:
            name = scene.names[place]
            person = scene.roster.drafts[scene.owners[place]].kind is EntityKind.PERSON
            if person and _is_call(scene, name.start - len(name.titles), name.end, tokens):
                bearer = _bearer(scene, fold(name.words[0])) if name.titles and len(name.words) == 1 else None
                yield scene.owners[place] if bearer is None else bearer
            place += 1


def _is_call(scene: Scene, start: int, end: int, content: range) -> bool:
    """Whether the tokens, which name somebody, are set off from the words of the content around them."""
    doc = scene.layout.doc
    while start - 1 >= content.start and fold(doc[start - 1].text) in ENDEARMENTS:
        start -= 1
    before = doc[start - 1] if start > content.start else None
    after = doc[end] if end < content.stop else None
    if after is not None and not after.is_space and after.text not in CLOSINGS:
        return False
    if before is not None and not before.is_space and before.text not in OPENINGS and fold(before.text) not in CALLS:
        return False
    head = doc[end - 1]
    # "Mr. Martin, I suppose, is not a man of information."
    if head.dep_ == "nsubj" and head.head.tag_ == "VBZ":
        return False
    return not (_is_listed(scene, start, end, content) or _is_apposed(scene, start, content))


def _is_listed(scene: Scene, start: int, end: int, content: range) -> bool:
    """Whether other names or a relative clause go on from the name, or it goes on from others."""
    doc = scene.layout.doc
    if end + 1 < content.stop and doc[end].text == ",":
        following = doc[end + 1]
        if fold(following.text) in RELATIVES | LISTING or following.i in scene.name_at:
            return True
    return start - 2 >= content.start and doc[start - 1].text == "," and doc[start - 2].i in scene.name_at


def _is_apposed(scene: Scene, start: int, content: range) -> bool:
    """Whether the word before the comma is another one for the person: "my brother, Tom", "the director, Roe"."""
    doc = scene.layout.doc
    if start - 2 < content.start or doc[start - 1].text != ",":
        return False
    noun = fold(doc[start - 2].lemma_)
    return noun in scene.lexicon.person_nouns or noun in scene.lexicon.titles


def _called_by_title(scene: Scene, attribution: Attribution) -> Iterator[int]:
    """The one person of the text who bears the title: "Mr. President", "Senator"."""
    doc, lexicon = scene.layout.doc, scene.lexicon
    for span in attribution.content:
        tokens = scene.layout.tokens(span)
        for index in tokens:
            key = fold(doc[index].text)
            if not doc[index].text[:1].isupper() or key not in lexicon.titles or index in scene.name_at:
                continue
            first = index - 1 if index > tokens.start and fold(doc[index - 1].text) in _ADDRESSES else index
            if not _is_call(scene, first, index + 1, tokens):
                continue
            person = _bearer(scene, key)
            if person is not None:
                scene.roster.mention((scene.layout.span(first, index + 1),), MentionForm.NOMINAL, person)
                yield person


def _bearer(scene: Scene, title: str) -> int | None:
    """The one person of the text of whom a title is said; None where it is no title, or said of several or nobody."""
    if title not in scene.lexicon.titles:
        return None
    role = scene.lexicon.title_roles.get(title, title)
    people = scene.people_called(role)
    return next(iter(people)) if len(people) == 1 else None


_ADDRESSES = frozenset({"mr", "mrs", "ms", "madam", "madame", "monsieur", "miss"})
