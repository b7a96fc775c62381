"""Headlines that begin with quoted words and go on with who said them: “‘They never asked us’: parents speak out”."""

from collections.abc import Iterator, Sequence

import attrs
from attrs import frozen

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import Act, TextSpan

_HEADLINE_SIGNS = frozenset({":", "–", "—", "-"})
_HEADS = frozenset({"NOUN", "PROPN"})
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "poss", "case", "nummod", "quantmod", "nmod"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_QUESTION_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
_RELATIVE_CLAUSES = frozenset({"relcl", "acl"})


@frozen
class _Headline:
    """What one says, and who.

    Attributes:
        content: Between its marks, with them.
        cue: The colon or the dash.
        source: The noun phrase behind it.
    """

    content: TextSpan
    cue: TextSpan
    source: TextSpan


def add_headline_quotes(
    parsed: ParsedText, quotes: Sequence[Attribution], settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions; the words at the head of a headline are a quote of whom it names behind a colon or a dash.

    What has another cue keeps it.

    Args:
        parsed: The text; its Doc has a dependency parse.
        quotes: Attributions of the text's outermost level.
        settings: The thresholds.
    """
    headlines = list(_find_headlines(parsed, settings))
    found = list(quotes)
    places = (
        {span.start: position for position, quote in enumerate(found) for span in quote.content} if headlines else {}
    )
    for headline in headlines:
        inside = range(headline.content.start, headline.content.end)
        position = next((places[start] for start in inside if start in places), None)
        known = None if position is None else found[position]
        if known is not None and known.cue and len(known.content) == 1:
            continue
        if known is None or position is None:
            found.append(_attribution(headline, settings))
        elif len(known.content) == 1:
            found[position] = attrs.evolve(
                _attribution(headline, settings), score=known.score, rule=f"{known.rule}, headline"
            )
        else:
            rest = tuple(span for span in known.content if span.start not in inside)
            found[position] = attrs.evolve(known, content=rest or known.content)
            found.append(_attribution(headline, settings))
    return found


def _attribution(headline: _Headline, settings: ExtractionSettings) -> Attribution:
    return Attribution(
        content=(headline.content,),
        cue=(headline.cue,),
        source=(headline.source,),
        act=Act.SPEECH,
        score=settings.headline_score,
        rule="headline",
    )


def _find_headlines(parsed: ParsedText, settings: ExtractionSettings) -> Iterator[_Headline]:
    """The headlines, in order; linear in the passages and in the lengths of their paragraphs."""
    turns = {turn.content[0].start for turn in parsed.layout.turns}
    for passage in parsed.passages:
        paragraph = parsed.paragraphs[passage.paragraph]
        sign = passage.tokens.end
        is_alone = passage.span.start == paragraph.start and paragraph.start not in turns
        if not is_alone or sign + 1 >= len(parsed.doc) or parsed.doc[sign].text not in _HEADLINE_SIGNS:
            continue
        end = parsed.paragraph_tokens[passage.paragraph].end
        is_short = sign + 1 < end <= sign + 1 + settings.max_headline_tokens
        if not is_short or ends_sentence(parsed.text, paragraph) or parsed.is_furniture(sign):
            continue
        source = _find_source(parsed, TokenRange(sign + 1, end))
        # A name behind a dash signs, or is the outlet of a title in a list of sources.
        signs = source is not None and parsed.doc[sign].text != ":" and parsed.doc[source.start].text[0].isupper()
        if source is not None and not signs and not parsed.passages_in(source):
            cue = TextSpan(parsed.starts[sign], parsed.ends[sign])
            yield _Headline(passage.span, cue, parsed.span(source.start, source.end))


def _find_source(parsed: ParsedText, tokens: TokenRange) -> TokenRange | None:
    """The noun phrase that the tokens begin with; None where they begin otherwise ("what they saw")."""
    noun = parsed.doc[tokens.start]
    while noun.dep_ in _BEFORE_NOUN and noun.i < noun.head.i < tokens.end:
        noun = noun.head
    if noun.pos_ not in _HEADS or parsed.doc[tokens.start].tag_ in _QUESTION_TAGS:
        return None
    end = noun.i + 1
    is_name = noun.pos_ == "PROPN"
    has_others = any(child.dep_ == "conj" for child in noun.children)
    for token in parsed.doc[noun.i + 1 : min(tokens.end, noun.right_edge.i + 1)]:
        is_clause = any(word.dep_ in _RELATIVE_CLAUSES for word in (token, token.head) if word.i > noun.i)
        if (token.tag_ in _FINITE and not is_clause) or (token.text == "," and not has_others):
            break
        if is_name and token.pos_ == "ADP" and token.lower_ != "of":
            break
        end = token.i + 1
    while end > noun.i + 1 and (parsed.doc[end - 1].is_punct or parsed.doc[end - 1].is_space):
        end -= 1
    return TokenRange(tokens.start, end)
