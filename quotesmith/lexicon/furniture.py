"""The words of what stands on a page beside its text: teasers, buttons, bylines, credits, datelines."""

from collections.abc import Mapping
from functools import cache

from attrs import fields, frozen

from quotesmith.lexicon import read_words


@frozen(eq=False)
class FurnitureWords:
    """Words by which lines that nobody says are known; in small letters, but for names.

    Attributes:
        lines: Whole lines besides `labels` ("advertisement").
        labels: What stands alone, before a colon, or in capitals and before a link ("related").
        unsure_labels: Labels that are also names or begin sentences ("watch", "more").
        openings: How lines without a stop begin ("story continues").
        calls: How lines begin that ask something of the reader or say where the text is from ("sign up for").
        imperatives: What the reader is asked to do with other media ("watch").
        media: What there is to watch, hear or read ("video").
        pointers: Where it stands ("below").
        platforms: Where one can follow somebody ("twitter").
        platform_links: Words between platforms.
        staff: What a byline says that its name is ("staff writer").
        agencies: News agencies, as datelines name them.
        picture_sources: Who sells pictures.
        pictures: What a credit is for ("photo").
        credits: What a credit begins with besides ("courtesy of").
        authors: What stands before the names of a byline ("by").
        copyrights: What says whose the page is ("copyright").
        credit_links: What stands between a work or a picture and who made it ("by").
        picture_links: What else does so in brackets ("from").
        source_links: What stands between who made a picture and who sells it ("via").
        unnamed_pictures: Credits that name nobody ("file photo").
        place_particles: Words without a capital inside a place's name ("de").
        dated: What stands before the date of a page ("last updated").
        date_words: Words of dates and times.
        counted: What pages count ("comments").
        homes: Where a trail of links begins ("home").
        contributed: What lines say of those who helped ("contributed to this").
        follows: What the reader is asked to do with people on such platforms ("follow").
        byline_words: Words without a capital in a byline.
        works: What a credit says that people did ("reporting").
        second_works: Which of these may follow "and" in a credit.
        work_modifiers: Words before them ("additional").
    """

    lines: frozenset[str]
    labels: frozenset[str]
    unsure_labels: frozenset[str]
    openings: frozenset[str]
    calls: frozenset[str]
    imperatives: frozenset[str]
    media: frozenset[str]
    pointers: frozenset[str]
    platforms: frozenset[str]
    platform_links: frozenset[str]
    staff: frozenset[str]
    agencies: frozenset[str]
    picture_sources: frozenset[str]
    pictures: frozenset[str]
    credits: frozenset[str]
    authors: frozenset[str]
    copyrights: frozenset[str]
    credit_links: frozenset[str]
    picture_links: frozenset[str]
    source_links: frozenset[str]
    unnamed_pictures: frozenset[str]
    place_particles: frozenset[str]
    dated: frozenset[str]
    date_words: frozenset[str]
    counted: frozenset[str]
    homes: frozenset[str]
    contributed: frozenset[str]
    follows: frozenset[str]
    byline_words: frozenset[str]
    works: frozenset[str]
    second_works: frozenset[str]
    work_modifiers: frozenset[str]


@cache
def load_furniture(language: str = "en") -> FurnitureWords:
    """The words of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data: Mapping[str, list[str]] = read_words(language, "furniture")
    return FurnitureWords(**{field.name: frozenset(data[field.name]) for field in fields(FurnitureWords)})
