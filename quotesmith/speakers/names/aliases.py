"""Other names that a text tells of somebody: "Holm, also known as Slim", "RT, formerly Russia Today"."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.names.forms import MOST_COMPARED, NameCluster
from quotesmith.speakers.names.recognition import Name

# What parts a name from the words that tell another one.
_OPENINGS: Final = frozenset({",", "(", "[", "-", "–", "—"})
# A bound on the tokens between a name and another one of the same bearer.
_LONGEST_LINK: Final = 7


def join_aliases(
    clusters: Sequence[NameCluster], names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon
) -> frozenset[int]:
    """Make one of the clusters of a name and of another name that the text tells behind it; linear in the names.

    Gives the positions of the names that their bearers no longer have. Labelled speakers stay as they are.
    """
    owners = {place: number for number, cluster in enumerate(clusters) for place in cluster.names}
    former: set[int] = set()
    labelled = {owners[place] for place, name in enumerate(names) if name.speaker is not None}
    joined: Counter[int] = Counter()
    for place, (first, second) in enumerate(pairwise(names)):
        if not _is_told(first, second, parsed, lexicon):
            continue
        kept, other = owners[place], owners[place + 1]
        # Who is told many names would be looked through again for each.
        is_full = joined[kept] + joined[other] >= MOST_COMPARED
        if kept == other or is_full or {kept, other} & labelled:
            continue
        joined[kept] += joined[other] + 1
        if _is_former(first, second, parsed, lexicon):
            former.update(clusters[other].names)
        clusters[kept].names.extend(clusters[other].names)
        owners.update(dict.fromkeys(clusters[other].names, kept))
        clusters[other].names.clear()
    return frozenset(former)


def _is_former(first: Name, second: Name, parsed: ParsedText, lexicon: PeopleLexicon) -> bool:
    return any(fold(token.text) in lexicon.aliases.former for token in parsed.doc[first.end : second.start])


def _is_told(first: Name, second: Name, parsed: ParsedText, lexicon: PeopleLexicon) -> bool:
    """Whether the words between two names say that they are one bearer's."""
    tokens = parsed.doc[first.end : second.start]
    if not 0 < len(tokens) <= _LONGEST_LINK or second.kind is EntityKind.PLACE is not first.kind:
        return False
    words = [fold(token.text) for token in tokens if token.text[:1].isalnum()]
    aliases = lexicon.aliases
    if not words or not set(words) <= aliases.fillers | aliases.telling:
        return False
    is_apart = tokens[0].text in _OPENINGS
    if words[-1] in aliases.prepositions or aliases.nouns & set(words):
        return bool(aliases.telling & set(words))
    # "Holm, formerly Acme's chairman" tells no name.
    return is_apart and words[-1] in aliases.telling and _is_closed(second, parsed)


def _is_closed(name: Name, parsed: ParsedText) -> bool:
    """Whether nothing but a mark or the end stands behind the name."""
    return name.end >= len(parsed.doc) or parsed.doc[name.end].is_punct
