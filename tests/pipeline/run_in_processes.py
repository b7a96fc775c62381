"""Run by test_reading.py: analyses two texts in two processes, started as the first argument says."""

import json
import multiprocessing
import sys

import quotesmith


def main() -> None:
    multiprocessing.set_start_method(sys.argv[1])
    texts = json.load(sys.stdin)
    nlp = quotesmith.load()
    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))
    by_spacy = [doc._.quotes.to_dict() for doc in docs]
    by_us = [document.to_dict() for document in quotesmith.pipe(texts, nlp=nlp, n_process=2, batch_size=1)]
    mentions = [[(span.kb_id_, span.id_, span.label_) for span in doc.spans["mentions"]] for doc in docs]
    json.dump([by_spacy, by_us, mentions], sys.stdout)


if __name__ == "__main__":
    try:
        main()
    finally:
        # After an error spaCy leaves its workers waiting, and this process would wait for them.
        for worker in multiprocessing.active_children():
            worker.kill()
