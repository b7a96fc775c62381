"""The last part of every extractor: candidates go through one ordered list of repairs and come out as attributions."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import cached_property, partial
from typing import Final, TypeAlias

from attrs import frozen

from quotesmith.extraction.acts import settle_acts, settle_assertions
from quotesmith.extraction.appositions import complete_appositions
from quotesmith.extraction.asides import cut_asides
from quotesmith.extraction.attributions import Attribution, nest, settle_kinds, settle_sources
from quotesmith.extraction.dash_dialogue import add_dash_turns
from quotesmith.extraction.extents import (
    drop_empty_reports,
    drop_narration,
    drop_unspoken,
    split_own_reports,
)
from quotesmith.extraction.headlines import add_headline_quotes
from quotesmith.extraction.insertions import complete_interrupted, join_interrupted_speech
from quotesmith.extraction.joining import join_pieces
from quotesmith.extraction.nested_marks import add_nested_passages, end_at_own_marks
from quotesmith.extraction.nested_sources import add_nested_source_quotes, detach_nested_sources
from quotesmith.extraction.participles import settle_participles
from quotesmith.extraction.phrase_ends import finish_phrases
from quotesmith.extraction.repairs import (
    add_missing_cues,
    add_missing_sources,
    add_reports_of_added_verbs,
    complete_cues,
    complete_names,
    complete_sources,
    drop_addressees,
    drop_doubtful,
    drop_function_words,
    drop_furniture,
    trim_contents,
)
from quotesmith.extraction.reported_speakers import settle_reported_speakers
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.turns import add_labelled_turns
from quotesmith.extraction.unmarked_thoughts import add_unmarked_thoughts
from quotesmith.lexicon.people import load_people
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText

Repair: TypeAlias = Callable[[ParsedText, Sequence[Attribution]], list[Attribution]]


class Origin(Enum):
    """What found the candidates."""

    TAGS = "tags"
    RULES = "rules"


def _nothing() -> Sequence[Attribution]:
    return ()


@frozen
class Clues:
    """What the repairs of one text know beside the text and its candidates.

    Attributes:
        lexicon: The reporting words.
        settings: The thresholds.
        origin: What found the candidates.
        inner: Candidates inside the contents of others.
        find_by_rules: Finds what the rules know of the text, where the rules didn't find the candidates; called once,
            and only where a repair asks.
    """

    lexicon: ReportingLexicon
    settings: ExtractionSettings
    origin: Origin
    inner: Sequence[Attribution] = ()
    find_by_rules: Callable[[], Sequence[Attribution]] = _nothing

    def by_rules(self) -> Sequence[Attribution]:
        """What the rules know of the text."""
        return self._by_rules

    @cached_property
    def _by_rules(self) -> Sequence[Attribution]:
        return self.find_by_rules()

    def add_inner_quotes(self, _: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
        """The attributions and those inside their contents."""
        return [*quotes, *self.inner]


@frozen
class NamedRepair:
    """One step from candidates to attributions.

    Attributes:
        name: By which it is known, switched off and measured.
        bind: Gives the repair of one text.
        origins: The candidates that it is for.
    """

    name: str
    bind: Callable[[Clues], Repair]
    origins: frozenset[Origin] = frozenset({Origin.TAGS})


_ALL_ORIGINS: Final = frozenset(Origin)
REPAIRS: tuple[NamedRepair, ...] = (
    # Only for rules: links between tags must skip furniture, so it is cut out of those before they are linked.
    NamedRepair("drop_furniture", lambda _: drop_furniture, frozenset({Origin.RULES})),
    # Passages are whole from here on.
    NamedRepair(
        "join_interrupted_speech",
        lambda clues: partial(join_interrupted_speech, lexicon=clues.lexicon),
        _ALL_ORIGINS,
    ),
    # Early, so that the words that "according to" lets go of are among those without a cue.
    NamedRepair("detach_nested_sources", lambda clues: partial(detach_nested_sources, lexicon=clues.lexicon)),
    # Before cues are given to quotes without one: a piece that another speaker says has lost its own by now.
    NamedRepair(
        "join_pieces",
        lambda clues: partial(join_pieces, lexicon=clues.lexicon, settings=clues.settings, by_rules=clues.by_rules),
        _ALL_ORIGINS,
    ),
    NamedRepair("add_missing_cues", lambda clues: partial(add_missing_cues, by_rules=clues.by_rules)),
    # In PolNeAR clean and WikiNews these two turn 7 attributions into 9; 6 of the contents are exactly right, 2 before.
    NamedRepair("drop_narration", lambda _: drop_narration),
    NamedRepair(
        "split_own_reports", lambda clues: partial(split_own_reports, lexicon=clues.lexicon, settings=clues.settings)
    ),
    # Before the doubtful are dropped: marks speak for what a headline quotes.
    NamedRepair(
        "add_headline_quotes", lambda clues: partial(add_headline_quotes, settings=clues.settings), _ALL_ORIGINS
    ),
    NamedRepair("drop_doubtful", lambda clues: partial(drop_doubtful, lexicon=clues.lexicon, settings=clues.settings)),
    # Takes 6 out of PolNeAR clean and WikiNews, none of them gold there; PolNeAR train annotates some.
    NamedRepair(
        "drop_empty_reports", lambda clues: partial(drop_empty_reports, lexicon=clues.lexicon, people=load_people())
    ),
    NamedRepair("drop_unspoken", lambda clues: partial(drop_unspoken, lexicon=clues.lexicon, settings=clues.settings)),
    # After the doubtful are dropped: what it completes is no longer doubtful.
    # Changes 2 attributions of PolNeAR clean and 9 of train: 6 contents come nearer to the gold, none goes farther.
    NamedRepair(
        "complete_interrupted",
        lambda clues: partial(complete_interrupted, lexicon=clues.lexicon, settings=clues.settings),
        _ALL_ORIGINS,
    ),
    # In 351 careful readings 47 contents come nearer to the gold, 19 of them to be exact, and 13 go farther.
    NamedRepair("finish_phrases", lambda clues: partial(finish_phrases, settings=clues.settings)),
    # After the doubtful are dropped, which leave their place to what the user's own words report.
    NamedRepair(
        "add_reports_of_added_verbs",
        lambda clues: partial(add_reports_of_added_verbs, lexicon=clues.lexicon, by_rules=clues.by_rules),
    ),
    # After the doubtful are dropped, which leave their place to the whole thought.
    NamedRepair(
        "add_unmarked_thoughts",
        lambda clues: partial(add_unmarked_thoughts, lexicon=clues.lexicon, settings=clues.settings),
    ),
    # The steps before are for outermost quotes; an inner one is sure and has its cue, or isn't there.
    NamedRepair("add_inner_quotes", lambda clues: clues.add_inner_quotes),
    # After the doubtful are dropped: a subject that grammar finds beside any verb is no evidence for them. For inner
    # quotes too: in PolNeAR clean and WikiNews it gives 46 of them a source, 26 of those right and 7 a "who".
    NamedRepair(
        "add_missing_sources",
        lambda clues: partial(
            add_missing_sources, lexicon=clues.lexicon, settings=clues.settings, by_rules=clues.by_rules
        ),
    ),
    # In PolNeAR train 4 of 5 active reports of this kind have the speaker in the content, and the passive is one quote.
    NamedRepair(
        "settle_reported_speakers",
        lambda clues: partial(settle_reported_speakers, lexicon=clues.lexicon, settings=clues.settings),
    ),
    NamedRepair("end_at_own_marks", lambda _: end_at_own_marks),
    NamedRepair(
        "add_nested_passages",
        lambda clues: partial(add_nested_passages, lexicon=clues.lexicon, settings=clues.settings),
        _ALL_ORIGINS,
    ),
    # For quotes of all levels; with the cue that a quote has by now.
    NamedRepair("drop_addressees", lambda _: drop_addressees),
    # In PolNeAR clean and WikiNews 2 contents begin so, and none of 4,991 pieces of the gold.
    NamedRepair("trim_contents", lambda _: trim_contents),
    # In 351 careful readings, 40 such contents are wrong and 4 right.
    NamedRepair("drop_function_words", lambda _: drop_function_words),
    # In 351 careful readings, 45 of 74 cues whose verb is denied hold the denial; the network gives it in 5 of 60.
    NamedRepair("complete_cues", lambda _: complete_cues),
    NamedRepair("complete_names", lambda clues: partial(complete_names, settings=clues.settings)),
    NamedRepair(
        "complete_sources",
        lambda clues: partial(complete_sources, settings=clues.settings),
    ),
    # In PolNeAR clean and WikiNews it completes 3 sources, each rightly.
    NamedRepair(
        "complete_appositions",
        lambda clues: partial(complete_appositions, people=load_people(), settings=clues.settings),
    ),
    NamedRepair(
        "settle_participles",
        lambda clues: partial(settle_participles, lexicon=clues.lexicon, people=load_people()),
    ),
    # After all that is found within turns, which stays in the turn of its cue.
    NamedRepair(
        "add_dash_turns",
        lambda clues: partial(add_dash_turns, lexicon=clues.lexicon, settings=clues.settings),
        _ALL_ORIGINS,
    ),
    NamedRepair("add_labelled_turns", lambda clues: partial(add_labelled_turns, settings=clues.settings), _ALL_ORIGINS),
    # Knows all cues that are taken.
    NamedRepair(
        "add_nested_source_quotes",
        lambda clues: partial(
            add_nested_source_quotes, lexicon=clues.lexicon, settings=clues.settings, by_rules=clues.by_rules
        ),
    ),
    # Once contents are whole: no step before takes what stands between two pieces for a cue.
    NamedRepair("cut_asides", lambda clues: partial(cut_asides, lexicon=clues.lexicon), _ALL_ORIGINS),
    # What follows from content and cue, once nothing changes these any more.
    NamedRepair("settle_kinds", lambda _: settle_kinds, _ALL_ORIGINS),
    NamedRepair("settle_acts", lambda clues: partial(settle_acts, lexicon=clues.lexicon), _ALL_ORIGINS),
    NamedRepair("settle_assertions", lambda clues: partial(settle_assertions, lexicon=clues.lexicon), _ALL_ORIGINS),
    # Content may have grown over a source.
    NamedRepair("settle_sources", lambda _: settle_sources, _ALL_ORIGINS),
    NamedRepair("nest", lambda _: nest, _ALL_ORIGINS),
)
"""All repairs in their order, each with why it stands where it does."""


def assemble(parsed: ParsedText, candidates: Iterable[Attribution], clues: Clues) -> list[Attribution]:
    """The attributions of a text, in order of their content's start.

    Args:
        parsed: The text.
        candidates: What an extractor found, in no order.
        clues: What the repairs know besides.
    """
    quotes = list(candidates)
    for repair in REPAIRS:
        if clues.origin in repair.origins:
            quotes = repair.bind(clues)(parsed, quotes)
    return quotes
