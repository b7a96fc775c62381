"""The texts that the encoder learns quotes from, and those that its figures are measured on."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from quotesmith.training.clusters import read_gap, read_ontogum
from quotesmith.training.corpora import (
    PILOTS,
    LabelledText,
    Scope,
    read_clean,
    read_excerpts,
    read_inner_quotes,
    read_polnear,
    read_riqua,
)

CORPORA: Final = (
    {"name": "PolNeAR train", "licence": "none stated", "open": False},
    {"name": "198 of them read anew, four of five", "licence": "texts as PolNeAR", "open": False},
    {"name": "Wikinews read with care, four of five articles", "licence": "texts CC BY 2.5", "open": True},
    {"name": "GUM read with care, four of five texts", "licence": "texts CC BY and CC BY-SA", "open": True},
    {"name": "PDNC, 10 in 100 excerpts of 14 novels", "licence": "none stated", "open": False},
    {"name": "LitBank quotations, 76 of 80 excerpts", "licence": "CC BY 4.0", "open": True},
    {"name": "RiQuA train", "licence": "texts in the public domain; annotation as its paper says", "open": True},
    {"name": "OntoGUM, three of four texts", "licence": "CC BY 4.0; texts CC BY and CC BY-SA", "open": True},
    {"name": "LitBank coreference", "licence": "CC BY 4.0", "open": True},
    {"name": "GAP development", "licence": "Apache-2.0", "open": True},
    {"name": "GUM mentions, three of four texts", "licence": "CC BY 4.0; texts CC BY and CC BY-SA", "open": True},
    {"name": "MEANTIME mentions", "licence": "CC BY 4.0", "open": True},
    {"name": "names of speakers in PolNeAR train", "licence": "texts as PolNeAR", "open": False},
    {"name": "quotes inside quotes of PDNC and LitBank", "licence": "texts as PDNC and LitBank", "open": False},
)
TUNING: Final = 5
"""One careful reading in this many, in the order of its file, is for tuning: its quotes aren't learned."""
_EXCERPT: Final = 4000
_SHARE_OF_PDNC: Final = 0.1


@frozen(eq=False)
class Texts:
    """The texts by what is known of them.

    Attributes:
        clean: Careful readings; of novels, of what stands inside quotes.
        tuning: Careful readings for choices and figures.
        news: PolNeAR with its own labels, without the texts for tuning.
        of_novels: RiQuA, and excerpts of novels whose quotes are known.
        other: Texts of other kinds, without labels.
    """

    clean: Sequence[LabelledText]
    tuning: Sequence[LabelledText]
    news: Sequence[LabelledText]
    of_novels: Sequence[LabelledText]
    other: Sequence[LabelledText]

    @classmethod
    def read(cls, data: Path, seed: int, *, open_only: bool) -> "Texts":
        """All texts of the folder of the gold corpora, or those under open licences."""
        rng = random.Random(seed)
        clean, tuning = read_readings(data, open_only=open_only)
        if not open_only:
            clean += read_inner_quotes(data)
        kept = {text.name for text in tuning}
        news = [] if open_only else read_polnear(data / "polnear" / "train.jsonl.gz")
        novels = read_riqua(data / "riqua" / "train.jsonl.gz", rng)
        quotations = data / "litbank" / "quotations_dev.jsonl.gz"
        novels += read_excerpts(quotations, rng, size=_EXCERPT, share=1, skip=PILOTS)
        if not open_only:
            pdnc = data / "pdnc" / "dev.jsonl.gz"
            novels += read_excerpts(pdnc, rng, size=_EXCERPT, share=_SHARE_OF_PDNC, skip=PILOTS)
        known = {text.name for text in (*clean, *tuning)}
        other = [*read_ontogum(data / "ontogum"), *read_gap(data / "gap" / "development.jsonl.gz")]
        return cls(
            clean,
            tuning,
            [text for text in news if text.name not in kept],
            novels,
            [LabelledText(text.name, text.text, (), Scope.UNLABELLED) for text in other if text.name not in known],
        )

    @property
    def labelled(self) -> list[LabelledText]:
        """All texts whose quotes the larger corpora tell, for the first stage."""
        return [*self.news, *self.of_novels]

    @property
    def unlabelled(self) -> list[LabelledText]:
        """Texts of which nothing is held to be known: PolNeAR's own labels are too noisy to learn from in the end."""
        known = {text.name for text in self.clean}
        news = (LabelledText(text.name, text.text, (), Scope.UNLABELLED) for text in self.news)
        return [*(text for text in news if text.name not in known), *self.other]


def read_readings(data: Path, *, open_only: bool) -> tuple[list[LabelledText], list[LabelledText]]:
    """The careful readings to learn from, and those for tuning."""
    files = [data / "wikinews" / "articles.jsonl.gz", data / "gum" / "quotes.jsonl.gz"]
    if not open_only:
        files.insert(0, data / "polnear" / "clean.jsonl.gz")
    clean: list[LabelledText] = []
    tuning: list[LabelledText] = []
    for texts in map(read_clean, files):
        for number, text in enumerate(texts):
            (clean if number % TUNING else tuning).append(text)
    return clean, tuning
