"""F1 of mentions by kind and form on texts whose mentions aren't learned, beside that of spaCy's named entities.

Run as `python -m tests.benchmarks.mentions GOLD [--weights FOLDER]`: one of four texts of GUM, and
LitBank's excerpts of the novels that the project is measured on and one of five others. In brackets the middle 95 of
100 samples of documents; behind them what is more than spaCy's, on the same samples.

A mention counts as found if one found has the same first and last character and the same kind, persons and groups being
one kind unless they have names; the form must be the same too. Before that, both lose an article at their start, the
titles before a person's name, and a possessive ending. The name of a person in a longer one ("President Donald Trump")
counts alone. Of spaCy's entities PERSON, ORG, and GPE, LOC and FAC are names of people, bodies and places.
"""

import argparse
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from attrs import frozen
from spacy.language import Language
from spacy.tokens import Doc

import quotesmith
from quotesmith.encoder import Encoder, find_mentions
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import load_people
from quotesmith.marks import pair_marks
from quotesmith.records import EntityKind, MentionForm
from quotesmith.training.mention_labels import GoldMention, MentionText
from quotesmith.training.mention_texts import read_mentions_held_out
from tests.benchmarks.measuring import Figures, print_head, print_row
from tests.benchmarks.resampling import draw_again, interval

Reader: TypeAlias = Callable[[str], Iterable[GoldMention]]
_Place: TypeAlias = tuple[int, int, EntityKind]
_ENTITIES: Final = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    **dict.fromkeys(("GPE", "LOC", "FAC"), EntityKind.PLACE),
}


@frozen
class Row:
    """What a row of the table counts."""

    name: str
    form: MentionForm
    kinds: frozenset[EntityKind]


_PEOPLE: Final = frozenset({EntityKind.PERSON, EntityKind.GROUP})
ROWS: Final = (
    Row("names of people and bodies", MentionForm.NAME, frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION})),
    Row("names of people", MentionForm.NAME, frozenset({EntityKind.PERSON})),
    *(
        Row(f"names of {kinds}", MentionForm.NAME, frozenset({kind}))
        for kinds, kind in (
            ("bodies", EntityKind.ORGANIZATION),
            ("places", EntityKind.PLACE),
            ("things", EntityKind.OTHER),
        )
    ),
    *(
        Row(f"{forms} for {kinds}", form, frozenset(kind))
        for forms, form in (("phrases", MentionForm.NOMINAL), ("pronouns", MentionForm.PRONOUN))
        for kinds, kind in (
            ("people", _PEOPLE),
            ("bodies", {EntityKind.ORGANIZATION}),
            ("places", {EntityKind.PLACE}),
            ("things", {EntityKind.OTHER}),
        )
    ),
)


@frozen
class MentionCounts:
    """A document's figures in one row: the network's and spaCy's."""

    ours: Figures
    spacy: Figures


def count(text: MentionText, row: Row, ours: Iterable[GoldMention], spacy: Iterable[GoldMention]) -> MentionCounts:
    """One document's figures in one row."""
    gold = places(text.text, row, text.mentions)
    given = (places(text.text, row, found) for found in (ours, spacy))
    return MentionCounts(*(Figures(len(gold & found), len(found), len(gold)) for found in given))


def places(text: str, row: Row, mentions: Iterable[GoldMention]) -> set[_Place]:
    """The mentions that a row counts: start, end and kind, people being one kind."""
    chosen = [mention for mention in mentions if mention.form is row.form and mention.kind in row.kinds]
    found = set()
    for mention in chosen:
        is_name = mention.form is MentionForm.NAME and mention.kind is EntityKind.PERSON
        start, end = trim(text, mention.span, has_title=is_name)
        kind = EntityKind.PERSON if mention.kind in _PEOPLE else mention.kind
        found.add((start, end, kind))
    if row.form is MentionForm.NAME:
        people = sorted(place for place in found if place[2] is EntityKind.PERSON)
        found -= set(_holders(people))
    return found


def _holders(people: Sequence[_Place]) -> Iterator[_Place]:
    """The places that hold the next one or another behind it; sorted by start."""
    for number, place in enumerate(people):
        for other in people[number + 1 :]:
            if other[0] >= place[1]:
                break
            if other[1] <= place[1]:
                yield place
                break
        # One with the same start that ends before is sorted before it.
        if number and people[number - 1][0] == place[0]:
            yield place


_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_WORD: Final = re.compile(r"(\S+?)\.?\s+")
_ENDING: Final = re.compile(r"\s*(?:['’]s|(?<=s)['’])?[\s.,;:]*$")


def trim(text: str, span: tuple[int, int], *, has_title: bool) -> tuple[int, int]:
    """The span without article, possessive ending, marks behind it and, if asked for, titles before it."""
    start, end = span
    titles = load_people().titles if has_title else {}
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    while (word := _WORD.match(text, start, end)) and fold(word[1]) in titles:
        start = word.end()
    ending = _ENDING.search(text[start:end])
    return start, start + ending.start() if ending and ending.start() else end


def read_entities(doc: Doc) -> list[GoldMention]:
    """SpaCy's named entities that are of our kinds."""
    return [
        GoldMention((entity.start_char, entity.end_char), MentionForm.NAME, _ENTITIES[entity.label_])
        for entity in doc.ents
        if entity.label_ in _ENTITIES
    ]


def read_with(encoder: Encoder) -> Reader:
    """What reads a text's mentions with the network."""

    def read(text: str) -> list[GoldMention]:
        encoded = encoder(text, pair_marks(text))
        pieces = encoded.pieces
        return [
            GoldMention((int(pieces.starts[found.start]), int(pieces.ends[found.end - 1])), found.form, found.kind)
            for found in find_mentions(pieces, encoded.mentions)
        ]

    return read


def measure(texts: Sequence[MentionText], nlp: Language, read: Reader) -> dict[Row, list[MentionCounts]]:
    """The figures of each row whose kinds are labelled, text by text."""
    rows = [row for row in ROWS if all(row.kinds <= text.kinds for text in texts)]
    docs = list(nlp.pipe((text.text for text in texts), disable=["quotesmith"]))
    found = [(text, list(read(text.text)), read_entities(doc)) for text, doc in zip(texts, docs, strict=True)]
    return {row: [count(text, row, ours, spacy) for text, ours, spacy in found] for row in rows}


def total(counts: Collection[MentionCounts]) -> MentionCounts:
    """The figures of several documents together."""
    return MentionCounts(_add([each.ours for each in counts]), _add([each.spacy for each in counts]))


def _add(figures: Sequence[Figures]) -> Figures:
    return Figures(*(sum(column) for column in zip(*((f.right, f.given, f.labelled) for f in figures), strict=True)))


def show(part: str, measured: Mapping[Row, Sequence[MentionCounts]]) -> None:
    """Print the rows of some texts."""
    for row, counts in measured.items():
        whole = total(counts)
        if not whole.ours.labelled:
            continue
        samples = list(map(total, draw_again(counts, seed=1)))
        ours = _tell(whole.ours.f1, [sample.ours.f1 for sample in samples])
        cells = [
            f"{part}: {row.name}",
            whole.ours.labelled,
            _percent(whole.ours.precision),
            _percent(whole.ours.recall),
        ]
        if whole.spacy.given:
            more = _tell(whole.ours.f1 - whole.spacy.f1, [sample.ours.f1 - sample.spacy.f1 for sample in samples])
            spacy = _tell(whole.spacy.f1, [sample.spacy.f1 for sample in samples])
            print_row([*cells, ours, spacy, more])
        else:
            print_row([*cells, ours, "", ""])


def _tell(value: float, samples: Iterable[float]) -> str:
    least, most = interval(samples)
    return f"{_percent(value)} [{_percent(least)}, {_percent(most)}]"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def main() -> None:
    """Read, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder of the gold corpora")
    parser.add_argument("--weights", type=Path, help="weights folder of the network; without it the one shipped")
    arguments = parser.parse_args()
    nlp = quotesmith.load()
    read = read_with(Encoder(arguments.weights) if arguments.weights else Encoder())
    held_out = read_mentions_held_out(arguments.gold, nlp)
    print_head("mentions", "labelled", "precision", "recall", "F1", "spaCy's F1", "more")
    gum = held_out["GUM"]
    newspapers = [text for text in gum if re.match(r"GUM_(news|interview)_", text.name)]
    show("GUM news and interviews", measure(newspapers, nlp, read))
    show("GUM", measure(gum, nlp, read))
    show("LitBank", measure(held_out["LitBank"], nlp, read))


if __name__ == "__main__":
    main()
