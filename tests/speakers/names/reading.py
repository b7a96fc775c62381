"""What the tests of this room read of hand-made texts."""

from spacy.tokens import Doc

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind
from quotesmith.speakers.names import Name, TextNames, find_names, read_names
from tests.docs import parsed_text
from tests.speakers.scenes import place

PERSON, ORG, PLACE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE


def names_in(doc: Doc, *sources: str) -> list[Name]:
    """The names of a text whose attributions have these sources."""
    names, _ = find_names(parsed_text(doc), [(place(doc, source),) for source in sources], load_people())
    return names


def words_of(names: list[Name]) -> list[str]:
    return [" ".join(name.words) for name in names]


def read(doc: Doc) -> TextNames:
    return read_names(parsed_text(doc), [], load_people())


def bearers(doc: Doc) -> list[str]:
    """For each name of a text the longest name of its entity."""
    found = read(doc)
    words = words_of(list(found.names))
    longest = {n: max((words[i] for i in entity.names), key=len) for entity in found.entities for n in entity.names}
    return [longest[number] for number in range(len(words))]


def with_spaces(doc: Doc, *spaces: bool) -> Doc:
    """The same Doc with white space behind just these tokens."""
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=list(spaces),
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        pos=[token.pos_ for token in doc],
        tags=[token.tag_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )
