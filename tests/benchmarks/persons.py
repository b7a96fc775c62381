"""Precision and recall of first person, second person and addressees on 200 labelled places of PolNeAR train.

Run as `python -m tests.benchmarks.persons GOLD/polnear/train.jsonl.gz` (or the unpacked file). The gold quotes of each
article are put in, their speakers are found. The labels are in tests/data/persons.jsonl; the README beside them says
how they were made.

A row is given where somebody is found whom more than pronouns mention, and right where those found are just those
labelled: the entity has a mention that ends where the label ends, a comma or full stop aside.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from spacy.language import Language
from spacy.tokens import Doc

import quotesmith
from quotesmith.evaluation import iter_gold
from quotesmith.marks import pair_marks
from quotesmith.records import MentionForm, TextSpan
from quotesmith.speakers import SpeakerResults, resolve_speakers
from tests.benchmarks.gold_quotes import Linking, gold_attributions, once
from tests.benchmarks.measuring import Figures, print_head, print_row, read_labels
from tests.docs import parsed_text

TASKS = ("first", "second", "addressee")


@frozen
class Answer:
    """What is labelled and what was found in one row: places of the text, and the names found."""

    row: int
    task: str
    sample: str
    labelled: frozenset[tuple[int, int]]
    found: tuple[str, ...]
    right: bool


def iter_answers(gold: Path, nlp: Language) -> Iterator[Answer]:
    """The answers for all labelled rows, article by article."""
    rows: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(read_labels("persons")):
        rows[row["doc_id"]].append((number, row))
    articles = (data for data in iter_gold(gold, key="doc_id") if data["doc_id"] in rows)
    pairs = ((data["text"], data) for data in articles)
    linking = Linking()
    for doc, data in nlp.pipe(pairs, as_tuples=True, disable=["quotesmith"], batch_size=8):
        yield from answers_of(doc, data["attributions"], rows[data["doc_id"]], linking)


def answers_of(
    doc: Doc, attributions: list[dict[str, Any]], rows: Iterable[tuple[int, dict[str, Any]]], linking: Linking
) -> Iterator[Answer]:
    """The answers for the rows of one article."""
    marks = pair_marks(doc.text)
    quotes, order = gold_attributions(doc, marks, attributions)
    cast = resolve_speakers(parsed_text(doc), quotes, coreference=once(), link=linking(doc, marks))
    places = {
        (tuple(map(tuple, attributions[n]["content"])), tuple(map(tuple, attributions[n]["cue"]))): position
        for position, n in enumerate(order)
    }
    for number, row in rows:
        if row["task"] == "addressee":
            key = tuple(map(tuple, row["content"])), tuple(map(tuple, row["cue"]))
            found = frozenset(cast.decisions[places[key]].addressees)
        else:
            found = _meant(cast, TextSpan(*row["span"]))
        found = frozenset(entity for entity in found if _is_mentioned(cast, entity))
        labelled = frozenset((start, end) for start, end in row["means"])
        owners = [{m.entity for m in cast.mentions if _ends_at(doc.text, m.spans, end)} for _, end in labelled]
        matched = all(found & entities for entities in owners) and all(
            any(entity in entities for entities in owners) for entity in found
        )
        names = {entity.id: entity.name for entity in cast.entities}
        yield Answer(
            row=number,
            task=row["task"],
            sample=row["sample"],
            labelled=labelled,
            found=tuple(sorted(names[entity] for entity in found)),
            right=bool(found) and bool(labelled) and len(found) == len(labelled) and matched,
        )


def _meant(cast: SpeakerResults, span: TextSpan) -> frozenset[str]:
    """The entities that the pronoun at the span means, a group as its members."""
    members = {entity.id: entity.members or (entity.id,) for entity in cast.entities}
    return frozenset(
        member
        for mention in cast.mentions
        if mention.spans == (span,) and mention.form is MentionForm.PRONOUN
        for member in members[mention.entity]
    )


def _is_mentioned(cast: SpeakerResults, entity: str) -> bool:
    return any(m.entity == entity and m.form is not MentionForm.PRONOUN for m in cast.mentions)


def _ends_at(text: str, spans: Iterable[TextSpan], end: int) -> bool:
    return any(span.start + len(span.of(text).rstrip(" ,;.")) == end for span in spans)


def count(answers: Iterable[Answer]) -> Figures:
    """The figures of some answers."""
    rows = list(answers)
    return Figures(
        right=sum(answer.right for answer in rows),
        given=sum(bool(answer.found) for answer in rows),
        labelled=sum(bool(answer.labelled) for answer in rows),
        total=len(rows),
    )


SETS: dict[str, Callable[[Answer], bool]] = {
    "all": lambda _: True,
    "even rows": lambda answer: answer.row % 2 == 0,
    "odd rows": lambda answer: answer.row % 2 == 1,
    "random": lambda answer: answer.sample == "random",
}


def main() -> None:
    """Print precision and recall of each task and set."""
    answers = list(iter_answers(Path(sys.argv[1]), quotesmith.load()))
    print_head("task", "rows", "number", "labelled", "given", "precision", "recall")
    for task in TASKS:
        for name, holds in SETS.items():
            figures = count(answer for answer in answers if answer.task == task and holds(answer))
            shares = [f"{100 * share:.1f}" for share in (figures.precision, figures.recall)]
            print_row([task, name, figures.total, figures.labelled, figures.given, *shares])


if __name__ == "__main__":
    main()
