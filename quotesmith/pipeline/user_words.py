"""What the user knows before a text is read: names, reporting verbs and titles, read and checked once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from quotesmith.errors import GazetteerError, LexiconError, QuotesmithError
from quotesmith.lexicon.gazetteer import GazetteerEntry, GazetteerSource, read_gazetteer
from quotesmith.lexicon.reporting_verbs import ReportingVerb, ReportingVerbSource, read_reporting_verbs
from quotesmith.lexicon.titles import Title, TitleSource, read_titles
from quotesmith.speakers import Gazetteer


@frozen(kw_only=True)
class UserWords:
    """The user's own names and words; None where they gave none, which isn't the same as an empty list.

    Attributes:
        gazetteer: People, bodies and places.
        reporting_verbs: Verbs that report.
        titles: Titles of people.
    """

    gazetteer: Gazetteer | None = None
    reporting_verbs: tuple[ReportingVerb, ...] | None = None
    titles: tuple[Title, ...] | None = None

    @classmethod
    def read(
        cls,
        *,
        gazetteer: GazetteerSource | None = None,
        reporting_verbs: ReportingVerbSource | None = None,
        titles: TitleSource | None = None,
    ) -> "UserWords":
        """The words of files or of records.

        Raises:
            GazetteerError: if the gazetteer is malformed or contradicts itself.
            LexiconError: if the verbs or titles are.
            ArgumentError: if one of them is neither a path nor records.
            OSError: if a file can't be read.
        """
        return cls(
            gazetteer=None if gazetteer is None else Gazetteer.of(read_gazetteer(gazetteer)),
            reporting_verbs=None if reporting_verbs is None else read_reporting_verbs(reporting_verbs),
            titles=None if titles is None else read_titles(titles),
        )

    def instead_of(self, others: "UserWords") -> "UserWords":
        """These words, and the others where there are none of a sort here."""
        return UserWords(
            gazetteer=others.gazetteer if self.gazetteer is None else self.gazetteer,
            reporting_verbs=others.reporting_verbs if self.reporting_verbs is None else self.reporting_verbs,
            titles=others.titles if self.titles is None else self.titles,
        )

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """The records of each sort that was given, as plain JSON data, which `read` reads."""
        entries: dict[str, Sequence[GazetteerEntry | ReportingVerb | Title] | None] = {
            "gazetteer": None if self.gazetteer is None else self.gazetteer.entries,
            "reporting_verbs": self.reporting_verbs,
            "titles": self.titles,
        }
        return {sort: [entry.to_dict() for entry in own] for sort, own in entries.items() if own is not None}


SORTS: Final[Mapping[str, tuple[str, type[QuotesmithError]]]] = {
    "gazetteer": ("gazetteer", GazetteerError),
    "reporting_verbs": ("list of reporting verbs", LexiconError),
    "titles": ("list of titles", LexiconError),
}
"""What each sort of words is called in an error, and which error is raised, by the name of its option."""
