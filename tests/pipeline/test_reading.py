import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import quotesmith
from quotesmith import pipe, read
from quotesmith.errors import (
    ArgumentError,
    GazetteerError,
    LexiconError,
    MissingAnnotationError,
    OptionError,
    QuotesmithWarning,
    WorkerError,
)
from quotesmith.pipeline import reading
from quotesmith.pipeline.bounds import MAX_PART
from quotesmith.pipeline.memory import in_zone
from quotesmith.records import QuoteDocument
from tests.invariants import iter_faults

# Texts of tests.benchmarks.fuzz, by their seeds.
FOUND = [
    pytest.param(row["text"], id=str(row["seed"]))
    for row in map(
        json.loads,
        (Path(__file__).parents[1] / "data" / "found_by_fuzzing.jsonl").read_text(encoding="utf-8").splitlines(),
    )
]
SCRIPT = Path(__file__).with_name("run_in_processes.py")


@pytest.fixture
def bare() -> Language:
    """A pipeline that finds nothing and needs no model."""
    return spacy.blank("en")


MANY = r"pipe takes several texts|expected a text"
PAIRS = "pairs of a text and its context"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        *(
            (lambda nlp, t=t: read(t, nlp=nlp), ArgumentError, f"not {type(t).__name__}")
            for t in (b"x", None, 3, ["a"])
        ),
        (lambda nlp: read("He said so.", nlp=nlp), MissingAnnotationError, "add_pipe"),
        *((lambda nlp, n=n: pipe(["a"], nlp=nlp, n_process=n), ArgumentError, "n_process") for n in (0, -1, 1.5, "2")),
        *((lambda nlp, t=t: list(pipe(t, nlp=nlp)), ArgumentError, MANY) for t in ("a text", b"bytes", None, 3)),
        (lambda nlp: list(pipe(["a"], as_tuples=True, nlp=nlp)), ArgumentError, PAIRS),  # type: ignore[call-overload]
        (lambda _: read("So.", nlp="en_core_web_sm"), ArgumentError, r"quotesmith\.load\(\)"),  # type: ignore[arg-type]
    ],
)
def test_wrong_call_is_told(bare: Language, call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call(bare)


def test_text_that_names_a_file_gets_a_warning(bare: Language, tmp_path: Path) -> None:
    bare.add_pipe("quotesmith")
    file = tmp_path / "article.txt"
    file.touch()
    with pytest.warns(QuotesmithWarning, match="read_file"), pytest.raises(MissingAnnotationError):
        quotesmith.read(str(file), nlp=bare)


@pytest.mark.model
class TestWithPipeline:
    def test_read_gives_the_original_text_and_the_given_key(self, nlp: Language, article: str) -> None:
        document = quotesmith.read(article, nlp=nlp, id="apollo", meta={"outlet": "none"})
        assert (document.id, document.text, document.meta) == ("apollo", article, {"outlet": "none", "style": "news"})

    def test_style_is_that_of_the_call_or_the_pipelines(self, nlp: Language) -> None:
        assert quotesmith.read("“Go,” said Ann Lee.", nlp=nlp, style="fiction").meta["style"] == "fiction"
        assert [document.meta["style"] for document in quotesmith.pipe(["Go."], nlp=nlp, style="fiction")] == [
            "fiction"
        ]
        assert quotesmith.read("“Go,” said Ann Lee.", nlp=nlp).meta["style"] == "news"
        with pytest.raises(OptionError, match="style must be one of 'auto', 'news', 'fiction', not 'prose'"):
            quotesmith.read("Go.", nlp=nlp, style="prose")

    def test_read_is_what_the_component_gives(self, nlp: Language, article: str) -> None:
        assert quotesmith.read(article, nlp=nlp) == nlp(article)._.quotes

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("The road was shut, she said. " * 10, id="one line, longer than a file's name"),
            pytest.param("é" * 999, id="one word, longer than a file's name"),
            pytest.param(" \n\t ", id="white space"),
            pytest.param("“”\"'«»", id="only marks"),
            pytest.param("“" * 3000, id="many marks"),
            pytest.param("“Go,” he said.\0\x1b[31m “Now.”\x07", id="control characters"),
            pytest.param("“Go \ud800,” he said \udfff.", id="lone surrogates"),
            pytest.param("\u200fقال: «نعم» \u202e“Go,” he said.", id="right to left"),
            pytest.param("“👍🏽 Go 👨‍👩‍👧,” said Ann 🎉.", id="emoji"),
            pytest.param("„Geh“, sagte er. « Va », dit-elle. 「行け」と彼は言った。", id="other languages"),
            pytest.param("<p>&ldquo;Go,&rdquo; he <b>said</b>: “Now.”</p><script>alert('x')</script>", id="HTML"),
            pytest.param("“Go,” he said. “Now", id="unclosed"),
            pytest.param("“Go,”\r\nhe said.\x85“Now.”\u2028“So.”", id="line ends"),
        ],
    )
    def test_odd_text_gets_an_answer_with_exact_offsets(self, nlp: Language, text: str) -> None:
        document = quotesmith.read(text, nlp=nlp)
        assert document.text == text
        for quote in document.quotes:
            words = " … ".join(span.of(text) for span in quote.content)
            assert set(quote.text) <= set(words) | set(" …")

    @pytest.mark.parametrize("text", FOUND)
    def test_text_that_once_broke_a_rule_keeps_all_of_them(self, nlp: Language, text: str) -> None:
        assert list(iter_faults(quotesmith.read(text, nlp=nlp), text)) == []

    def test_quotes_stand_where_they_do_in_long_text(self, nlp: Language) -> None:
        filler = "Nothing much happened on that day, and nobody minded.\n\n"
        text = filler * (2 * MAX_PART // len(filler)) + "“The bridge is closed,” said Mayor Jane Roe.\n"
        [quote] = quotesmith.read(text, nlp=nlp).quotes
        assert [span.of(text) for span in quote.content] == ["“The bridge is closed,”"]

    def test_surrogates_stay_in_the_quote(self, nlp: Language) -> None:
        document = quotesmith.read("“The bridge \ud800 is closed,” said Jane Roe.", nlp=nlp)
        assert document.quotes[0].text == "The bridge \ud800 is closed,"

    def test_pipe_keeps_order_and_contexts(self, nlp: Language, article: str) -> None:
        texts = [("“No,” said Ann Lee.", 1), (article, "two"), ("", None)]
        pairs = list(quotesmith.pipe(texts, as_tuples=True, nlp=nlp, batch_size=2))
        assert [(document.text, context) for document, context in pairs] == texts
        assert pairs[1][0] == quotesmith.read(article, nlp=nlp)

    def test_pipe_is_lazy(self, nlp: Language) -> None:
        taken = []

        def endless() -> Iterator[str]:
            while True:
                taken.append(1)
                yield "“No,” said Ann Lee."

        documents = quotesmith.pipe(endless(), nlp=nlp, batch_size=2)
        assert next(documents).text == "“No,” said Ann Lee."
        assert len(taken) <= 4

    def test_eight_threads_give_what_one_gives(self, nlp: Language, article: str) -> None:
        texts = [article, MOON, "“No,” said Ann Lee.", ""]
        pipelines = [None, None, nlp, nlp, *[quotesmith.load() for _ in range(2)] * 2]
        expected = list(quotesmith.pipe(texts, nlp=nlp))
        together = threading.Barrier(len(pipelines))

        def work(turn: int) -> list[QuoteDocument]:
            own = pipelines[turn]
            together.wait()
            if turn % 2:
                return list(quotesmith.pipe(texts, nlp=own, batch_size=2))
            return [quotesmith.read(text, nlp=own) for text in texts]

        with ThreadPoolExecutor(len(pipelines)) as pool:
            assert list(pool.map(work, range(len(pipelines)))) == [expected] * len(pipelines)

    @pytest.mark.parametrize("method", ["fork", "spawn"])
    def test_processes_give_what_one_gives(self, nlp: Language, article: str, method: str) -> None:
        texts = [article, "“No,” said Ann Lee."]
        run = subprocess.run(
            [sys.executable, str(SCRIPT), method], input=json.dumps(texts), capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        expected = [quotesmith.read(text, nlp=nlp).to_dict() for text in texts]
        kinds = [{entity["id"]: entity["kind"] for entity in row["entities"]} for row in expected]
        mentions = [
            [[m["entity"], m["id"], own[m["entity"]]] for m in row["mentions"] for _ in m["spans"]]
            for row, own in zip(expected, kinds, strict=True)
        ]
        assert json.loads(run.stdout) == [expected, expected, mentions]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_fork_while_another_thread_reads_leaves_the_child_free_to_read() -> None:
    is_held = threading.Event()

    def hold() -> None:
        with reading._LENDING:
            is_held.set()
            time.sleep(0.2)

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait()
    child = os.fork()
    if child == 0:
        os._exit(0 if reading._LENDING.acquire(timeout=5) else 1)
    thread.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.model
def test_parts_of_a_long_text_are_worked_on_a_few_at_a_time(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    work = Language.pipe

    def watched(self: Language, texts: Any, *, batch_size: int, **options: Any) -> Any:
        parts = list(texts)
        sizes.append(max(map(len, parts)) * batch_size)
        return work(self, parts, batch_size=batch_size, **options)

    monkeypatch.setattr(Language, "pipe", watched)
    quotesmith.read("It rained.\n" * 5000, nlp=nlp)
    assert 0 < sizes[0] <= 80_000


def workers() -> set[Any]:
    """The processes that this one has started and that go on."""
    return {process for process in multiprocessing.active_children() if process.is_alive()}


@pytest.mark.model
class TestProcesses:
    @pytest.fixture
    def documents(self, nlp: Language) -> Iterator[Iterator[QuoteDocument]]:
        """Documents of two processes that have begun; at the end none may be left."""
        before = workers()
        documents = quotesmith.pipe([MOON] * 100, nlp=nlp, n_process=2, batch_size=1)
        next(documents)
        assert len(workers() - before) == 2
        yield documents
        assert workers() <= before

    def test_one_that_dies_is_an_error(self, documents: Iterator[QuoteDocument]) -> None:
        multiprocessing.active_children()[0].kill()
        with pytest.raises(WorkerError, match="one of the 2 processes ended"):
            list(documents)

    def test_they_end_with_the_generator(self, documents: Any) -> None:
        documents.close()

    def test_error_in_one_is_raised(self, nlp: Language) -> None:
        with pytest.raises(ArgumentError, match="not int"):
            list(quotesmith.pipe([MOON, 3], nlp=nlp, n_process=2, batch_size=1))  # type: ignore[list-item]

    def test_interrupt_ends_them(self, nlp: Language) -> None:
        def texts() -> Iterator[str]:
            yield from [MOON] * 8
            raise KeyboardInterrupt

        before = workers()
        with pytest.raises(KeyboardInterrupt):
            list(quotesmith.pipe(texts(), nlp=nlp, n_process=2, batch_size=1))
        assert workers() <= before

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
    @pytest.mark.usefixtures("nlp")
    def test_they_end_with_a_parent_that_is_killed(self) -> None:
        code = (
            "import os, signal, quotesmith\n"
            "next(quotesmith.pipe(['No.'] * 100, n_process=2, batch_size=1))\n"
            "os.kill(os.getpid(), signal.SIGKILL)"
        )
        # The workers hold its output: it ends when they have ended.
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=False)
        assert run.returncode == -signal.SIGKILL


@pytest.mark.model
class TestMemory:
    def test_own_pipeline_forgets_new_words(self, nlp: Language) -> None:
        # The fixture is the pipeline that is ours where none is given.
        assert "Qwertzberg" in quotesmith.read("“No,” said Ann Qwertzberg.").speakers[0].name
        assert [document.speakers[0].name for document in quotesmith.pipe(["“No,” said Ann Qwertzberg."])] == [
            "Ann Qwertzberg"
        ]
        assert "Qwertzberg" not in nlp.vocab.strings
        assert not in_zone(nlp)

    def test_docs_of_the_caller_stay_whole(self) -> None:
        own = quotesmith.load()
        kept: list[Doc] = []

        @Language.component("keep_for_test")
        def keep(doc: Doc) -> Doc:
            kept.append(doc)
            return doc

        own.add_pipe("keep_for_test")
        quotesmith.read("“No,” said Ann Qwertzberg.", nlp=own)
        assert [token.lower_ for token in kept[0]][-3:] == ["ann", "qwertzberg", "."]

    def test_zone_of_the_caller_holds_for_read_and_component(self, article: str) -> None:
        own = quotesmith.load()
        texts = [article, "“No,” said Ann Qwertzberg."]
        with own.memory_zone():
            read = list(quotesmith.pipe(texts, nlp=own))
            by_component = [doc._.quotes for doc in own.pipe(texts)]
            assert in_zone(own)
        assert "Qwertzberg" not in own.vocab.strings
        assert read == by_component == list(quotesmith.pipe(texts, nlp=own))


MOON = "Buzz said that the moon was fine. “It was cold,” Aldrin added."
BUZZ: dict[str, Any] = {"name": "Edwin Aldrin", "aliases": ["Buzz"], "gender": "masculine", "identifier": "Q2252"}


@pytest.mark.model
class TestGazetteer:
    def test_read_and_pipe_and_load_take_one(self, nlp: Language, tmp_path: Path) -> None:
        path = tmp_path / "people.jsonl"
        path.write_text(json.dumps(BUZZ))
        document = quotesmith.read(MOON, nlp=nlp, gazetteer=path)
        assert [document.names(quote) for quote in document.quotes] == [("Edwin Aldrin",)] * 2
        assert [entity.identifier for entity in document.speakers] == ["Q2252"]
        assert list(quotesmith.pipe([MOON], nlp=nlp, gazetteer=[quotesmith.GazetteerEntry(**BUZZ)])) == [document]
        own = quotesmith.load(gazetteer=[BUZZ])
        assert own(MOON)._.quotes == quotesmith.read(MOON, nlp=own) == document
        assert next(quotesmith.pipe([(MOON, 1)], as_tuples=True, nlp=own)) == (document, 1)
        assert quotesmith.read(MOON, nlp=own, gazetteer=[]) == quotesmith.read(MOON, nlp=nlp)

    def test_it_goes_to_other_processes(self, nlp: Language) -> None:
        expected = quotesmith.read(MOON, nlp=nlp, gazetteer=[BUZZ])
        assert list(quotesmith.pipe([MOON] * 2, nlp=nlp, gazetteer=[BUZZ], n_process=2, batch_size=1)) == [expected] * 2


SKEETED = "Jane Roe skeeted that the bridge was closed."
VERBS = [{"verb": "skeet", "act": "writing"}]
ARCHDRUID = "“It is dry,” said Archdruid Kim Doe."
TITLES = [{"title": "Archdruid", "gender": "masculine"}]


def found(document: QuoteDocument) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(quote.text, quote.act.value, document.names(quote)) for quote in document.quotes]


@pytest.mark.model
class TestVerbsAndTitles:
    @pytest.mark.parametrize("extractor", ["learned", "rules"])
    def test_both_extractors_find_what_an_added_verb_reports(self, nlp: Language, extractor: str) -> None:
        own = quotesmith.load()
        own.remove_pipe("quotesmith")
        own.add_pipe("quotesmith", config={"extractor": extractor})
        assert "writing" not in [act for _, act, _ in found(quotesmith.read(SKEETED, nlp=own))]
        if extractor == "rules":
            assert found(quotesmith.read(SKEETED, nlp=own)) == []
        document = quotesmith.read(SKEETED, nlp=own, reporting_verbs=VERBS)
        assert found(document) == [("that the bridge was closed", "writing", ("Jane Roe",))]
        assert document.quotes[0].cue[0].of(SKEETED) == "skeeted"
        assert quotesmith.read(SKEETED, nlp=nlp, reporting_verbs=VERBS).quotes[0].cue == document.quotes[0].cue

    def test_added_title_is_no_part_of_the_name(self, nlp: Language) -> None:
        document = quotesmith.read(ARCHDRUID, nlp=nlp, titles=TITLES)
        assert [(speaker.name, speaker.gender) for speaker in document.speakers] == [("Kim Doe", "masculine")]
        assert quotesmith.read(ARCHDRUID, nlp=nlp).speakers[0].name != "Kim Doe"

    @pytest.mark.parametrize(
        ("suffix", "verbs", "titles"),
        [
            ("json", json.dumps(VERBS), json.dumps(TITLES)),
            ("jsonl", json.dumps(VERBS[0]), json.dumps(TITLES[0])),
            ("csv", "verb,act\nskeet,writing\n", "title,gender\nArchdruid,masculine\n"),
        ],
    )
    def test_files_say_the_same_as_records(
        self, nlp: Language, tmp_path: Path, suffix: str, verbs: str, titles: str
    ) -> None:
        paths: dict[str, Any] = {
            "reporting_verbs": tmp_path / f"verbs.{suffix}",
            "titles": tmp_path / f"titles.{suffix}",
        }
        for path, text in zip(paths.values(), (verbs, titles), strict=True):
            path.write_text(text)
        texts = [SKEETED, ARCHDRUID]
        assert list(quotesmith.pipe(texts, nlp=nlp, **paths)) == list(
            quotesmith.pipe(texts, nlp=nlp, reporting_verbs=VERBS, titles=TITLES)
        )

    def test_loaded_and_saved_pipelines_have_them_and_read_overrides_them(self, nlp: Language, tmp_path: Path) -> None:
        own = quotesmith.load(reporting_verbs=VERBS, titles=TITLES)
        own.to_disk(tmp_path / "pipeline")
        expected = [
            quotesmith.read(SKEETED, nlp=nlp, reporting_verbs=VERBS),
            quotesmith.read(ARCHDRUID, nlp=nlp, titles=TITLES),
        ]
        for pipeline in (own, quotesmith.load(str(tmp_path / "pipeline"))):
            assert list(quotesmith.pipe([SKEETED, ARCHDRUID], nlp=pipeline)) == expected
            assert pipeline(SKEETED)._.quotes == expected[0]
        assert quotesmith.read(SKEETED, nlp=own, reporting_verbs=[]) == quotesmith.read(SKEETED, nlp=nlp)
        assert quotesmith.read(ARCHDRUID, nlp=own, titles=[]) == quotesmith.read(ARCHDRUID, nlp=nlp)
        # One sort of words leaves the others as the pipeline has them, which is left as it was.
        assert quotesmith.read(ARCHDRUID, nlp=own, reporting_verbs=[]) == expected[1]
        assert quotesmith.read(SKEETED, nlp=own) == expected[0]

    def test_they_go_to_other_processes(self, nlp: Language) -> None:
        words: dict[str, Any] = {"reporting_verbs": VERBS, "titles": TITLES}
        texts = [SKEETED, ARCHDRUID]
        expected = list(quotesmith.pipe(texts, nlp=nlp, **words))
        assert list(quotesmith.pipe(texts, nlp=nlp, **words, n_process=2, batch_size=1)) == expected


@pytest.mark.parametrize("call", [quotesmith.read, lambda text, **kw: quotesmith.pipe([text], **kw)])
@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        pytest.param({"gazetteer": [{"name": ""}]}, GazetteerError, "at least one word", id="gazetteer"),
        pytest.param({"reporting_verbs": [{"verb": "skeet"}]}, LexiconError, "has no act", id="verb"),
        pytest.param({"titles": [{"title": ""}]}, LexiconError, "string of words", id="title"),
        pytest.param({"reporting_verbs": 7}, ArgumentError, "must be a path or a sequence", id="no-verbs"),
        pytest.param({"titles": 7}, ArgumentError, "must be a path or a sequence", id="no-titles"),
        pytest.param({"reporting_verbs": "nowhere.csv"}, FileNotFoundError, "nowhere", id="no-file-of-verbs"),
        pytest.param({"titles": "nowhere.csv"}, FileNotFoundError, "nowhere", id="no-file-of-titles"),
    ],
)
def test_bad_words_are_an_error_before_anything_is_read(
    bare: Language, call: Any, words: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        call("He said so.", nlp=bare, **words)
