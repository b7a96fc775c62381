"""Who is spoken to in novels: the share of PDNC's quotes for which exactly the gold addressees are found.

Run as `python -m tests.benchmarks.addressees GOLD/pdnc/dev.jsonl.gz SCORE/score_lit.py [NOVEL,NOVEL...] [CHARACTERS]`
(or the unpacked file); SCORE is the folder of the gold data's scorers, whose way to tell which character a name names
is used here. With CHARACTERS only the first paragraphs of each novel are read, up to about that length.

Three figures for each novel:

- given speakers: gold quotes put in as attributions, with the cue and source of the extracted quote that overlaps most,
  and the gold speaker of each given by name;
- gold quotes: the same, the speakers found;
- end to end: the extracted quotes; a gold quote has the addressees of the quote that overlaps it most.

A found addressee is the character whom its name or, if that names none, most of its aliases name; one that names none
is a wrong one. Gold quotes without addressees, or with an unknown one, count as they are: the set must be equal. The
speaker is never among those found, but sometimes in the gold set (who speaks to herself), which then can't be equalled.
"""

import importlib.util
import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen
from spacy.language import Language
from spacy.tokens import Doc

import quotesmith
from quotesmith.coreference import CoreferenceResolver, EntityNumber
from quotesmith.evaluation import iter_gold
from quotesmith.extraction import Attribution, LearnedExtractor
from quotesmith.lexicon.people import load_people
from quotesmith.marks import MarkPair, pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.pipeline.bounds import clean_text, join_docs, split_text
from quotesmith.records import EntityKind
from quotesmith.speakers.dialogue.addressees import decide_addressees, is_dialogue
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.resolver import PairScorer, SpeakerResolver
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from tests.benchmarks.gold_quotes import Linking, gold_attributions, once
from tests.docs import parsed_text

PILOT = (
    "AlicesAdventuresInWonderland",
    "HowardsEnd",
    "PrideAndPrejudice",
    "TheAgeOfInnocence",
    "TheGambler",
    "TheSunAlsoRises",
)
WAYS = ("given speakers", "gold quotes", "end to end")
NOBODY = "?"


@frozen
class Answer:
    """The gold addressees of a quote and those found, in one way."""

    way: str
    quote: str
    gold: frozenset[str]
    found: frozenset[str]


class Characters:
    """A novel's characters, by name, as the scorer tells them."""

    def __init__(self, novel: dict[str, Any], scorer: Any) -> None:
        self._resolver = scorer.Resolver(novel)

    def named(self, draft: EntityDraft) -> str | None:
        """The character that the entity's names name; None where they name none."""
        found: str | None = self._resolver.relaxed(draft.name)
        if found is None and draft.aliases:
            votes = Counter(filter(None, map(self._resolver.relaxed, draft.aliases))).most_common(2)
            found = votes[0][0] if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]) else None
        return found


def load_scorer(path: Path) -> Any:
    """The scorer of literary quotations as a module."""
    spec = importlib.util.spec_from_file_location("score_lit", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parse(nlp: Language, text: str) -> Doc:
    """The Doc of a whole novel."""
    return join_docs(list(nlp.pipe(split_text(clean_text(text)), disable=["quotesmith"], batch_size=4)))


def answers_of(
    novel: dict[str, Any],
    doc: Doc,
    extracted: Sequence[Attribution],
    marks: Sequence[MarkPair],
    *,
    scorer: Any,
    coreference: CoreferenceResolver,
    link: PairScorer,
) -> Iterator[Answer]:
    """The answers of the three ways for each gold quote of the Doc."""
    characters = Characters(novel, scorer)
    size = len(doc.text)
    rows = [quote for quote in novel["quotes"] if quote["spans"][-1][1] <= size]
    owners = _overlapping(rows, extracted, size)
    gold, order = gold_attributions(
        doc, marks, [_row(row, extracted[n] if n is not None else None) for row, n in zip(rows, owners, strict=True)]
    )
    for way in WAYS:
        quotes = extracted if way == "end to end" else gold
        context = DocumentContext.of(
            parsed_text(doc), [quote.source for quote in quotes], load_people(), None, DEFAULT_SPEAKER_SETTINGS
        )
        resolver = SpeakerResolver.of(context, quotes, coreference, link)
        found = [draft.addressees for draft in resolver.read()]
        if way == "given speakers":
            names = [rows[n]["speaker"] for n in order]
            speakers = _given(context, characters, names)
            addressed = [resolver.phrases.addressees(said) for said in gold]
            found = decide_addressees(context, gold, speakers, addressed, dialogue=is_dialogue(context, gold))
        places = owners if way == "end to end" else _inverse(order)
        for row, place in zip(rows, places, strict=True):
            people = () if place is None else found[place]
            yield Answer(
                way=way,
                quote=row["id"],
                gold=frozenset(row["addressees"]),
                found=frozenset(characters.named(context.entities[entity]) or NOBODY for entity in people),
            )


def _row(quote: dict[str, Any], extracted: Attribution | None) -> dict[str, Any]:
    cue = [] if extracted is None else [[span.start, span.end] for span in extracted.cue]
    source = [] if extracted is None else [[span.start, span.end] for span in extracted.source]
    return {"content": quote["spans"], "cue": cue, "source": source}


def _inverse(order: Sequence[int]) -> list[int]:
    places = [0] * len(order)
    for place, number in enumerate(order):
        places[number] = place
    return places


def _overlapping(rows: Sequence[dict[str, Any]], extracted: Sequence[Attribution], size: int) -> list[int | None]:
    """The outermost extracted quote that shares most characters with each row's spans."""
    owner = [-1] * size
    for number, quote in enumerate(extracted):
        if quote.parent is None:
            for span in quote.content:
                owner[span.start : span.end] = [number] * (span.end - span.start)
    found: list[int | None] = []
    for row in rows:
        votes = Counter(n for start, end in row["spans"] for n in owner[start:end] if n >= 0)
        found.append(votes.most_common(1)[0][0] if votes else None)
    return found


def _given(
    context: DocumentContext, characters: Characters, names: Sequence[str | None]
) -> list[tuple[EntityNumber, ...]]:
    """The entity of each gold speaker: of those whose name names the character the one named most, or a new one."""
    counts = Counter(context.owners)
    entities: dict[str, EntityNumber] = {}
    for entity in map(EntityNumber, range(len(context.entities))):
        character = characters.named(context.entities[entity])
        if character is not None and (character not in entities or counts[entity] > counts[entities[character]]):
            entities[character] = entity
    for name in names:
        if name is not None and name not in entities:
            entities[name] = context.entities.add(EntityDraft(name, EntityKind.PERSON))
    return [() if name is None else (entities[name],) for name in names]


def share(answers: Sequence[Answer]) -> float:
    """The share of quotes whose found addressees are just the gold ones."""
    return sum(answer.gold == answer.found for answer in answers) / len(answers) if answers else 0.0


def main() -> None:
    """Print the figures of each novel."""
    gold, scorer = Path(sys.argv[1]), load_scorer(Path(sys.argv[2]))
    linking = Linking()
    wanted = sys.argv[3].split(",") if len(sys.argv) > 3 else PILOT
    size = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    nlp, extractor = quotesmith.load(), LearnedExtractor()
    table: dict[str, list[Answer]] = {}
    for novel in iter_gold(gold, key="novel_id"):
        if novel["novel_id"] not in wanted:
            continue
        end = novel["text"].find("\n\n", size) if size else -1
        doc = parse(nlp, novel["text"] if end < 0 else novel["text"][:end])
        marks = pair_marks(doc.text)
        extracted, link = extractor(ParsedText.of(doc, marks)), linking(doc, marks)
        answers = answers_of(novel, doc, extracted, marks, scorer=scorer, coreference=once(), link=link)
        table[novel["novel_id"]] = list(answers)
        print_row(novel["novel_id"], table[novel["novel_id"]])
    print_row("all", list(itertools.chain.from_iterable(table.values())))


def print_row(name: str, answers: Sequence[Answer]) -> None:
    """Print the figures of some answers as a row of a table."""
    by_way = [[answer for answer in answers if answer.way == way] for way in WAYS]
    figures = " | ".join(f"{100 * share(own):.1f}" for own in by_way)
    print(f"| {name} | {len(by_way[0])} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
