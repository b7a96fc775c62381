"""CPU time of each stage beside spaCy's own, on real news, in one run.

Run as `python -m tests.benchmarks.news_cost GOLD/polnear/dev.gold.jsonl.gz` (or the unpacked file). All that is loaded
once, models and word lists, is loaded before. Each article goes through spaCy, extraction and the whole analysis, one
after the other, so that whatever else the machine does weighs on all alike.
"""

import sys
import time
from itertools import pairwise
from pathlib import Path

import quotesmith
from quotesmith.encoder import Encoder
from quotesmith.evaluation import iter_gold
from quotesmith.extraction import LearnedExtractor
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.pipeline.component import find_component
from tests.benchmarks.measuring import print_head, print_row

STAGES = ("spaCy", "encoder", "quotes", "speakers and coreference", "whole analysis")


def main() -> None:
    """Print the CPU seconds of each stage for 1,000 words, and what they are beside spaCy's."""
    nlp = quotesmith.load()
    component, encoder, extractor = find_component(nlp), Encoder(), LearnedExtractor()
    texts = [row["text"] for row in iter_gold(Path(sys.argv[1]), key="doc_id")]
    for text in texts[:4]:
        component.analyze(nlp(text))
        extractor(ParsedText.of(nlp(text), pair_marks(text)))
    spent = dict.fromkeys(STAGES, 0.0)
    for text in texts:
        times = [time.process_time()]
        [doc] = nlp.pipe([text], disable=["quotesmith"])
        times.append(time.process_time())
        marks = pair_marks(text)
        encoded = encoder(text, marks)
        times.append(time.process_time())
        extractor(ParsedText.of(doc, marks), encoded)
        times.append(time.process_time())
        component.analyze(doc)
        times.append(time.process_time())
        spacy, reading, quotes, whole = (end - start for start, end in pairwise(times))
        for stage, seconds in zip(STAGES, (spacy, reading, quotes, whole - quotes - reading, whole), strict=True):
            spent[stage] += seconds
    thousands = sum(len(text.split()) for text in texts) / 1000
    print_head("stage", "CPU seconds for 1,000 words", "of spaCy's")
    for stage, seconds in spent.items():
        print_row([stage, f"{seconds / thousands:.3f}", f"{seconds / spent['spaCy']:.2f}"])


if __name__ == "__main__":
    main()
