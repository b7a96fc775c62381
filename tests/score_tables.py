"""The tables of docs/scores.md that are made of docs/scores.json; each stands between two comments that name it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = DOCS / "scores.json"
PAGE = DOCS / "scores.md"
Figures = Mapping[str, Any]


def read_figures() -> Figures:
    """The figures as they were measured last."""
    figures: Figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


def with_tables(page: str, figures: Figures) -> str:
    """The page with all of its tables made of the figures.

    Raises:
        KeyError: if a comment names no table, or one is missing.
    """
    for name, table in TABLES.items():
        opening, closing = f"<!-- table: {name} -->\n", "<!-- end of the table -->"
        before, mark, rest = page.partition(opening)
        old, end, after = rest.partition(closing)
        if not mark or not end or "<!-- table:" in old:
            msg = f"{PAGE.name} has no place for the table {name}"
            raise KeyError(msg)
        page = "".join([before, mark, table(figures), end, after])
    return page


def careful_table(figures: Figures) -> str:
    """Attributions of the careful readings for tuning, quotes inside quotes too, with 95% intervals over texts."""
    names = {"all": "all", "polnear": "PolNeAR, read anew", "wikinews": "Wikinews", "gum": "GUM"}
    rows = []
    for key, name in names.items():
        found = figures["careful readings"][key]
        low, high = found["f1_95"]
        head = f"{_percent(found['all'][2])} [{_percent(low)}, {_percent(high)}]"
        kinds = [_percent(found[kind][2]) for kind in ("direct", "mixed", "indirect")]
        parts = map(_percent, found["all"][:2])
        rows.append([name, str(found["texts"]), f"{found['gold']:,}", _percent(found["det"][2]), head, *parts, *kinds])
    head = "texts | number | attributions | AR-det | AR-head | precision | recall | direct | mixed | indirect"
    return _table(head.split(" | "), rows)


def news_table(figures: Figures) -> str:
    """Attributions of news: what was found, and found with its source; the rules' figures in brackets."""
    names = {key: key for key in ("all", "direct", "mixed", "indirect")}
    names["core"] = 'direct, mixed and clausal indirect ("core")'
    humans = {"all": "77", "direct": "98", "mixed": "90", "indirect": "69"}
    rows = []
    for key, name in names.items():
        learned, rules = (figures[which][f"AR/{key}"] for which in ("news", "news by rules"))
        cells = [f"{_percent(learned[unit][2])} ({_percent(rules[unit][2])})" for unit in ("det", "head", "exact")]
        right = f"{_percent(learned['srcacc'])} ({_percent(rules['srcacc'])})" if "srcacc" in learned else ""
        rows.append([name, *cells, right, humans.get(key, "")])
    head = "gold | content found, F1 (AR-det) | and source right, F1 (AR-head) | both exact, F1"
    return _table([*head.split(" | "), "source right, of those found", "humans, AR-head"], rows)


def roles_table(figures: Figures) -> str:
    """Words and fragments of each role."""
    humans = {"content": "91 / 68", "cue": "- / 71", "source": "- / 78"}
    news = figures["news"]
    rows = [
        [role, _percent(news[f"{role}/all"]["token"][2]), _percent(news[f"frag {role}"][2]), people]
        for role, people in humans.items()
    ]
    return _table(["role", "words, F1", "whole fragments, to the character, F1", "humans"], rows)


def speakers_table(figures: Figures) -> str:
    """Speakers of news by the form of the source."""
    before = {"all": "84.5", "name": "90.5", "pronoun": "87.1", "nominal": "46.3", "unresolvable": "93.5"}
    rows = []
    for form, earlier in before.items():
        found = figures["speakers"][form]
        resolvable = found["precision"] is not None
        name = form if resolvable else "not named in the article: no wrong name"
        shares = [f"{found[what]:.1f}" for what in ("end_to_end", "given_found")]
        own = [f"{found[what]:.1f}" if resolvable else "" for what in ("precision", "exact")]
        rows.append([name, *shares, *own, earlier])
    return _table(["source", "end to end", "of those found", "precision", "exact name", "before"], rows)


def pronouns_table(figures: Figures) -> str:
    """Pronouns with the names they mean, each corpus as a whole, with 95% intervals."""
    rows = []
    for key, name in (("ontogum", "OntoGUM, all"), ("gap", "GAP validation")):
        found = figures[key]
        everything = found["all"]
        intervals = [_interval(everything, what) for what in ("accuracy", "f1")]
        rows.append([name, str(everything["items"]), *intervals, f"{found['F']['f1'] / found['M']['f1']:.2f}"])
    return _table(["corpus", "items", "accuracy", "F1", "bias (F1 feminine / masculine)"], rows)


def novels_table(figures: Figures) -> str:
    """Quoted stretches of novels, exact span."""
    detection = figures["novels"]["detection"]
    names = {"micro": "all together", "macro": "mean of the six"}
    keys = [key for key in detection if key not in names] + list(names)
    rows = [[names.get(key, key), *map(_percent, detection[key]["exact"])] for key in keys]
    return _table(["novel", "precision", "recall", "F1"], rows)


def novel_speakers_table(figures: Figures) -> str:
    """Speakers of novels by how the quote names them."""
    found = figures["novels"]["attribution"]
    rows = [
        [sort, f"{row['n']:,}", _percent(row["e2e_R"]), _percent(row["cover"]), _percent(row["prec"])]
        for sort, row in found.items()
    ]
    return _table(["quotes", "number", "right speaker", "some speaker, of those found", "right, of those"], rows)


TABLES: Mapping[str, Callable[[Figures], str]] = {
    "careful readings": careful_table,
    "news": news_table,
    "roles": roles_table,
    "speakers": speakers_table,
    "pronouns": pronouns_table,
    "novels": novels_table,
    "speakers of novels": novel_speakers_table,
}


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _interval(found: Mapping[str, Any], what: str) -> str:
    low, high = found[f"{what}_95"]
    return f"{_percent(found[what])} [{_percent(low)}, {_percent(high)}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines).replace("|  |", "| |").replace("|  |", "| |")
