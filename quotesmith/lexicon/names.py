"""Names of people: their parts, and whether two names can be one person's."""

from collections.abc import Sequence

from attrs import frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import Gender

POSSESSIVES = ("'s", "’s", "'", "’")


@frozen
class PersonName:
    """A person's name in its parts, as written.

    Attributes:
        titles: Words before the name ("President", "Mr.").
        given: First name or initial; empty where the name is one word.
        middle: Names and initials between.
        family: Last name; the only word of a name of one word.
        suffix: "Jr.", "III"; empty where there is none.
    """

    titles: tuple[str, ...] = ()
    given: str = ""
    middle: tuple[str, ...] = ()
    family: str = ""
    suffix: str = ""

    @property
    def core(self) -> tuple[str, ...]:
        """The words without titles, in order."""
        return tuple(word for word in (self.given, *self.middle, self.family, self.suffix) if word)


def parse_words(words: Sequence[str], lexicon: PeopleLexicon) -> PersonName:
    """The parts of a person's name, written given name first, its possessive ending off.

    Examples:
        >>> from quotesmith.lexicon.people import load_people
        >>> parse_words(["Sen.", "Robert", "F.", "Kennedy", "Jr."], load_people()).family
        'Kennedy'
    """
    words = [word.strip("\"“”'‘’(),") for word in words]
    words = [word for word in words if word]
    start = 0
    while start < len(words) - 1 and is_title_word(words[start], lexicon):
        start += 1
    titles, core = words[:start], words[start:]
    suffix = core.pop() if len(core) > 1 and fold(core[-1]) in lexicon.suffixes else ""
    if not core:
        return PersonName(titles=tuple(titles))
    cut = len(core) - 1
    # "Osama bin Laden" and "Ursula von der Leyen": the small words belong to the family name.
    while cut > 1 and fold(core[cut - 1]) in lexicon.particles:
        cut -= 1
    # "De Vries" alone is a family name; "Van Jones" has a given name.
    if fold(core[0]) in lexicon.particles and not lexicon.is_given_name(core[0]):
        cut = 0
    given = core[0] if cut > 0 else ""
    return PersonName(tuple(titles), given, tuple(core[1:cut]), " ".join(core[max(cut, 0) :]), suffix)


def without_article(word: str, lexicon: PeopleLexicon) -> str:
    """A folded family name without the small word that a hyphen joins to it: "sadr" for "al-sadr"."""
    article, hyphen, rest = word.partition("-")
    return rest if hyphen and rest and article in lexicon.particles else word


def is_title_word(word: str, lexicon: PeopleLexicon) -> bool:
    """Whether the word belongs to the titles before a name; a word that is a given name too needs a full stop."""
    key = fold(word)
    if key in lexicon.particles:
        # "Del." is a delegate; "del" belongs to the name.
        return key in lexicon.titles and word.endswith(".")
    if key in lexicon.titles or key in lexicon.title_modifiers:
        return word.endswith(".") or not lexicon.is_given_name(word)
    return key in lexicon.demonyms


def title_gender(titles: Sequence[str], lexicon: PeopleLexicon) -> Gender | None:
    """The gender that titles show; None where they show none."""
    genders = (lexicon.titles.get(fold(title)) for title in titles)
    return next((gender for gender in genders if gender is not None), None)


def are_compatible(one: PersonName, other: PersonName, lexicon: PeopleLexicon) -> bool:
    """Whether two names can be one person's.

    Both may be shorter forms: "Mr. Xi" and "Xi Jinping", "J. K. Rowling" and "Joanne Rowling", "Bill Clinton"
    and "William Clinton". "Mann" and "Ann" can't, nor "Bill Clinton" and "Hillary Clinton".
    """
    genders = {title_gender(one.titles, lexicon), title_gender(other.titles, lexicon)} - {None}
    if len(genders) > 1 or (one.suffix and other.suffix and fold(one.suffix) != fold(other.suffix)):
        return False
    if not one.given or not other.given:
        return _short_fits(one, other) or _short_fits(other, one)
    if fold(one.family) != fold(other.family) or not lexicon.same_given(one.given, other.given):
        return False
    return _middles_fit(one.middle, other.middle)


def _short_fits(short: PersonName, full: PersonName) -> bool:
    return not short.given and fold(short.family) in {fold(full.family), fold(full.given)}


def _middles_fit(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(
        fold(a) == fold(b) or (min(len(fold(a)), len(fold(b))) == 1 and fold(a)[0] == fold(b)[0])
        for a, b in zip(one, other, strict=False)
        if fold(a) and fold(b)
    )
