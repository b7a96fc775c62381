import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from attrs import evolve
from typer.testing import CliRunner

import quotesmith
from quotesmith import cli
from quotesmith.command_output import graph_output, print_data, write_graph_output
from quotesmith.errors import FormatError
from quotesmith.export import DOCUMENT_FORMATS, DocumentFormat, open_documents, write_jsonl
from quotesmith.graph import build_graph
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.cases import each_row
from tests.corpus.reading.books import write_book
from tests.samples import novella, summit

ROOT = Path(__file__).parents[1]
Fail: TypeAlias = Callable[..., str]
COMMANDS = (
    "show",
    "cast",
    "html",
    "analyze",
    "convert",
    "graph",
    "diff",
    "corpus",
    "ask",
    "registry",
    "evaluate",
    "info",
)


@pytest.fixture
def fake_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads without a model: the whole text is one quote of Ann's."""

    def read(text: str, *, id: str, meta: Mapping[str, Any] | None = None, style: str, **_: Any) -> QuoteDocument:
        quote = Quote(id="q0", kind="direct", content=[(0, len(text))], text=text, speakers=["e0"], speaker_score=0.9)
        people = [Entity(id="e0", name="Ann", kind="person")]
        return QuoteDocument(id=id, text=text, quotes=[quote], entities=people, meta={**(meta or {}), "style": style})

    monkeypatch.setattr(quotesmith, "read", read)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes("\ufeff“Go,”\r\nhe said.".encode())
    return path


def run(*arguments: object, stdin: str | None = None) -> str:
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fail:
    """What `main` says on standard error when it ends with status 1."""

    def run(*arguments: object) -> str:
        monkeypatch.setattr(sys, "argv", ["quotesmith", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        assert stop.value.code == 1
        return capsys.readouterr().err

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_an_example(command: str) -> None:
    assert f"Example: quotesmith {command}" in run(command, "--help")


@pytest.mark.usefixtures("fake_read")
class TestReading:
    def test_show_names_the_speaker(self, file: Path) -> None:
        assert "Ann" in run("show", file)

    @pytest.mark.parametrize(("view", "line"), [("turns", "Ann"), ("speakers", "Ann"), ("text", "[1]“Go,”")])
    def test_show_has_views(self, file: Path, view: str, line: str) -> None:
        assert line in run("show", file, "--view", view).splitlines()

    def test_text_or_standard_input_is_read_as_it_is(self, file: Path) -> None:
        assert json.loads(run("analyze", file))["text"] == "“Go,”\r\nhe said."
        assert json.loads(run("analyze", "-", stdin="Go."))["id"] == "stdin"

    @pytest.mark.parametrize("command", [["show"], ["analyze"], ["html", "-o", "a.html"], ["graph", "-o", "a.gexf"]])
    def test_books_and_folders_of_chapters_are_one_work(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_book(tmp_path / "storm.epub", {"a": "<h1>I</h1><p>Go.</p>", "b": "<h1>II</h1><p>No.</p>"})
        (tmp_path / "storm").mkdir()
        for name in ("1.txt", "2.txt"):
            (tmp_path / "storm" / name).write_text("Go.")
        for given, titles in (("storm.epub", ["I", "II"]), ("storm", ["1", "2"])):
            printed = run(command[0], given, *command[1:])
            if command == ["analyze"]:
                document = QuoteDocument.from_dict(json.loads(printed))
                assert ([chapter.title for chapter in document.chapters], document.id) == (titles, given)

    def test_texts_in_other_encodings_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("café".encode("cp1252"))
        assert json.loads(run("analyze", tmp_path / "a.txt", "--encoding", "cp1252"))["text"] == "café"
        assert json.loads(run("analyze", "-", "--encoding", "utf-16", stdin="ab"))["text"] == "\u6261"

    def test_several_files_are_a_list_or_lines(self, file: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.txt"
        other.write_text("No.")
        rows = json.loads(run("analyze", file, other))
        assert [row["id"] for row in rows] == [str(file), str(other)]
        other = file.with_name("other.txt")
        other.write_text("No.")
        lines = run("analyze", file, other, "--format", "jsonl").splitlines()
        assert [json.loads(line)["schema"] for line in lines] == [1, 1]

    def test_csv_has_a_row_a_quote(self, file: Path) -> None:
        header, row = run("analyze", file, "--format", "csv").split("\n", 1)
        assert header.startswith("document,quote,speakers")
        assert "article.txt,q0,Ann" in row

    def test_output_goes_to_the_file(self, file: Path, tmp_path: Path) -> None:
        assert run("analyze", file, "-o", tmp_path / "out.json") == ""
        assert quotesmith.open(tmp_path / "out.json").id == str(file)

    @pytest.mark.parametrize("known", DOCUMENT_FORMATS, ids=lambda known: known.suffix)
    def test_outputs_name_tells_the_format(self, file: Path, tmp_path: Path, known: DocumentFormat) -> None:
        output, expected = tmp_path / f"out{known.suffix}", tmp_path / f"expected{known.suffix}"
        assert run("analyze", file, "-o", output) == ""
        quotesmith.read("“Go,”\r\nhe said.", id=str(file), style="auto").write(expected)
        assert output.read_bytes() == expected.read_bytes()

    @pytest.mark.parametrize("format", list(cli.Format))
    def test_every_text_format_can_be_printed(self, file: Path, tmp_path: Path, format: cli.Format) -> None:
        run("analyze", file, "--format", format.value, "-o", tmp_path / "out.data")
        # The runner that catches what is printed makes all line ends one.
        written = (tmp_path / "out.data").read_bytes().replace(b"\r\n", b"\n")
        assert run("analyze", file, "--format", format.value).encode() == written

    def test_error_leaves_the_output_as_it_was(self, file: Path, tmp_path: Path, fail: Fail) -> None:
        output = tmp_path / "out.json"
        output.write_text("before")
        fail("analyze", file, tmp_path / "nowhere.txt", "-o", output)
        assert output.read_text() == "before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "out.json"]

    def test_voices_are_given_by_name(self, file: Path, tmp_path: Path, fail: Fail) -> None:
        run("analyze", file, "-o", tmp_path / "a.ssml", "--voice", "Ann=en-GB-SoniaNeural", "--voice", "NARRATOR=N")
        assert '<voice name="en-GB-SoniaNeural">' in (tmp_path / "a.ssml").read_text(encoding="utf-8")
        assert "ANN: “Go,” he said.\n" in run("analyze", file, "--format", "script")
        assert "nobody called 'Bo'" in fail("analyze", file, "--format", "ssml", "--voice", "Bo=N")
        assert "a .csv file has no voices" in fail("analyze", file, "--format", "csv", "--voice", "Ann=N")
        assert 'in "Ann Lee=en-GB-SoniaNeural", not' in fail("analyze", file, "--format", "ssml", "--voice", "Ann")
        twice = fail("analyze", file, "--format", "ssml", "--voice", "Ann=A", "--voice", "Ann=B")
        assert "--voice gives 'Ann' two values, 'A' and 'B'" in twice

    def test_quotations_are_sure_quotes_only(self, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Ann" in run("show", file, "--quotations")
        whole = quotesmith.read("“Go,”", id="d", style="auto")
        thought = evolve(whole, quotes=[evolve(whole.quotes[0], act="thought")])
        monkeypatch.setattr(quotesmith, "read", lambda *_, **__: thought)
        thought.write(tmp_path / "d.json")
        for command, given in (("analyze", file), ("convert", tmp_path / "d.json")):
            assert len(json.loads(run(command, given))["quotes"]) == 1
            assert json.loads(run(command, given, "--quotations"))["quotes"] == []
        assert "Ann" not in run("show", file, "--quotations")
        run("html", file, "-o", tmp_path / "d.html", "--quotations")
        assert "0 quotes" in (tmp_path / "d.html").read_text(encoding="utf-8")
        assert "0 entities, 0 quotes" in run("graph", file, "-o", tmp_path / "d.gexf", "--quotations")

    def test_style_reaches_the_reading(self, file: Path) -> None:
        assert json.loads(run("analyze", file))["meta"] == {"style": "auto"}
        assert json.loads(run("analyze", file, "--style", "fiction"))["meta"] == {"style": "fiction"}

    def test_page_shows_the_text(self, file: Path, tmp_path: Path) -> None:
        run("html", file, "-o", tmp_path / "page.html")
        assert "he said." in (tmp_path / "page.html").read_text(encoding="utf-8")

    def test_graph_is_a_page(self, file: Path, tmp_path: Path) -> None:
        pytest.importorskip("bokeh")
        run("graph", file, "-o", tmp_path / "graph.HTML")
        assert "Who speaks of whom" in (tmp_path / "graph.HTML").read_text(encoding="utf-8")

    def test_graph_is_written_as_its_name_says(self, file: Path, tmp_path: Path) -> None:
        for suffix in (".graphml", ".gexf", ".json"):
            run("graph", file, "-o", tmp_path / f"graph{suffix}")
            assert quotesmith.open_graph(tmp_path / f"graph{suffix}").speakers() == (f"{file}/e0",)
        assert nx.read_graphml(tmp_path / "graph.graphml").number_of_nodes() == 3


class TestConvert:
    @pytest.fixture
    def analyzed(self, tmp_path: Path) -> Path:
        path = tmp_path / "two.jsonl"
        write_jsonl([summit("a"), summit("b")], path)
        return path

    def test_documents_are_the_same_in_another_format_or_a_graph(self, analyzed: Path, tmp_path: Path) -> None:
        for suffix in (".parquet", ".arrow", ".json"):
            assert run("convert", analyzed, "-o", tmp_path / f"two{suffix}") == ""
            assert list(open_documents(tmp_path / f"two{suffix}")) == [summit("a"), summit("b")]
            assert len(json.loads(run("convert", tmp_path / f"two{suffix}"))) == 2
        for suffix in (".graphml", ".gexf"):
            run("convert", analyzed, "-o", tmp_path / f"two{suffix}")
            expected = quotesmith.build_graph([summit("a"), summit("b")])
            assert set(quotesmith.open_graph(tmp_path / f"two{suffix}").nx) == set(expected.nx)

    def test_several_files_become_one_and_one_becomes_tei(self, analyzed: Path, tmp_path: Path) -> None:
        summit("c").write(tmp_path / "c.json")
        lines = run("convert", analyzed, tmp_path / "c.json", "--format", "jsonl").splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["a", "b", "c"]
        summit().write(tmp_path / "quotes.json")
        run("convert", tmp_path / "quotes.json", "-o", tmp_path / "quotes.tei.xml")
        assert "<said" in (tmp_path / "quotes.tei.xml").read_text(encoding="utf-8")

    def test_error_leaves_the_output_as_it_was(self, analyzed: Path, tmp_path: Path, fail: Fail) -> None:
        output = tmp_path / "out.parquet"
        output.write_text("before")
        analyzed.write_bytes(analyzed.read_bytes() + b"{")
        assert "line 3" in fail("convert", analyzed, "-o", output)
        assert output.read_text() == "before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "two.jsonl"]


class TestCast:
    pytestmark = pytest.mark.usefixtures("fake_read")

    def test_text_or_what_was_read_of_one_is_shown(self, file: Path, tmp_path: Path) -> None:
        assert "1 character · 1 line in the text\n" in run("cast", file)
        novella().write(tmp_path / "novella.json")
        assert "Ann Lee" in run("cast", tmp_path / "novella.json")

    def test_data_is_that_of_the_cast(self, tmp_path: Path) -> None:
        novella().write(tmp_path / "novella.jsonl")
        assert json.loads(run("cast", tmp_path / "novella.jsonl", "--format", "json")) == novella().cast().to_dicts()
        header, first, *_ = run("cast", tmp_path / "novella.jsonl", "--format", "csv").splitlines()
        assert header.startswith("document,character,aliases,gender,lines,words")
        assert first == "novella,Ann Lee,Ann; ANN,feminine,3,6,4,1,1; 2"

    def test_lines_are_drawn(self, file: Path, tmp_path: Path, fail: Fail) -> None:
        pytest.importorskip("matplotlib")
        run("cast", file, "--plot", tmp_path / "lines.svg")
        assert "</svg>" in (tmp_path / "lines.svg").read_text(encoding="utf-8")
        assert "a plot can be written as " in fail("cast", file, "--plot", tmp_path / "lines.xyz")


@each_row("arguments, told", "commands", "wrong files")
@pytest.mark.usefixtures("fake_read", "file")
def test_wrong_files_are_one_line_on_standard_error(
    tmp_path: Path, fail: Fail, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    write_jsonl([summit("a"), summit("b")], tmp_path / "two.jsonl")
    monkeypatch.chdir(tmp_path)
    assert told in fail(*arguments)


def test_binary_file_is_one_line_on_standard_error(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\xff")
    assert "is not UTF-8 text" in fail("show", path)


def test_info_shows_versions_and_checks_also_as_data() -> None:
    lines = run("info").splitlines()
    assert lines[0].split() == ["quotesmith", quotesmith.__version__]
    assert any("encoder.onnx" in line and "as its card says" in line for line in lines)
    assert json.loads(run("info", "--format", "json"))["quotesmith"] == quotesmith.__version__


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
class TestTerminal:
    """What a person sees must be what is there: no word of a file moves the cursor or turns the reading order."""

    EVIL = "a\x1b]8;;http://x\x07\x9b2J\u202eb\rc"

    @pytest.fixture
    def analyzed(self, tmp_path: Path) -> Path:
        path = tmp_path / "evil.json"
        said = Quote("q0", "direct", [(0, len(self.EVIL))], self.EVIL, speakers=["e0"], addressees=["e1"])
        entities = [Entity("e0", self.EVIL), Entity("e1", self.EVIL)]
        QuoteDocument(self.EVIL, self.EVIL, quotes=[said], entities=entities).write(path)
        return path

    def seen(self, *arguments: object) -> str:
        """What the command writes to a terminal that is its standard output and standard error."""
        ours, theirs = os.openpty()
        command = [sys.executable, "-c", "from quotesmith.cli import main; main()", *map(str, arguments)]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, cwd=ROOT) as process:
            os.close(theirs)
            data = b""
            # Linux ends what a terminal gives with an error, once nobody writes to it any more.
            with suppress(OSError):
                while block := os.read(ours, 65_536):
                    data += block
        os.close(ours)
        assert process.returncode in (0, 1)
        return data.decode()

    @pytest.mark.parametrize("format", list(cli.Format))
    def test_data_is_shown_without_what_would_act(self, analyzed: Path, format: str) -> None:
        seen = self.seen("convert", analyzed, "--format", format)
        assert "b" in seen
        # The terminal itself makes "\r\n" of each "\n".
        assert set(seen.replace("\r\n", "\n")) & set("\x1b\x07\x9b\u202e\r") == set()

    def test_data_goes_to_files_and_pipes_as_it_is(self, analyzed: Path) -> None:
        assert json.loads(run("convert", analyzed))["text"] == self.EVIL

    def test_error_does_not_act_either(self, tmp_path: Path) -> None:
        path = tmp_path / "a\x1b[2J\u202eb.json"
        path.write_text("{")
        seen = self.seen("convert", path)
        # typer's own colours stand around the line.
        assert "a\ufffd[2J\ufffdb.json: not JSON" in seen
        assert "\u202e" not in seen

    def test_long_error_is_cut(self, tmp_path: Path) -> None:
        path = tmp_path / "long.ann"
        path.with_suffix(".txt").write_text("")
        path.write_text(f"R1\tSpeaker Arg1:{'a' * 100_000} Arg2:T1")
        seen = self.seen("convert", path)
        assert "there is no aaaa" in seen
        assert len(seen) < 3_000


@pytest.mark.usefixtures("fake_read")
def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path, file: Path) -> None:
    (tmp_path / "null").symlink_to(os.devnull)
    run("html", file, "-o", tmp_path / "null")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    assert (tmp_path / "null").is_symlink()


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_evaluate_writes_a_row_for_each_gold_document(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"doc_id": "a", "text": "“We will go,” said Ann Lee."}) + "\n")
    run("evaluate", "news", gold, "-o", tmp_path / "predictions.jsonl")
    [row] = [json.loads(line) for line in (tmp_path / "predictions.jsonl").read_text().splitlines()]
    assert row["doc_id"] == "a"
    assert [quote["speakers"] for quote in row["attributions"]] == [["Ann Lee"]]


class TestDiff:
    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[Path, Path]:
        """A document, and the same with another speaker and another id."""
        document = summit()
        before, after = tmp_path / "a.json", tmp_path / "b.json"
        document.write(before)
        evolve(document.with_speaker(document.quote("q2"), "Ann Lee"), id="other").write(after)
        return before, after

    def diff(self, *arguments: object) -> tuple[int, str, str]:
        result = CliRunner().invoke(cli.app, ["diff", *map(str, arguments)], catch_exceptions=False)
        return result.exit_code, result.stdout, result.stderr

    def test_difference_is_shown_and_is_the_status(self, files: tuple[Path, Path]) -> None:
        status, out, _ = self.diff(*files)
        assert status == 1
        assert "speakers: Vladimir Putin → Ann Lee" in out

    def test_the_same_shows_nothing(self, files: tuple[Path, Path]) -> None:
        assert self.diff(files[0], files[0]) == (0, "", "")

    def test_json_is_an_object(self, files: tuple[Path, Path]) -> None:
        status, out, _ = self.diff(*files, "--format", "json")
        data = json.loads(out)
        assert (status, data["equal"], len(data["documents"])) == (1, False, 1)
        assert data["documents"][0]["quotes"][0]["changes"]["speakers"]["after"] == ["Ann Lee"]
        assert json.loads(self.diff(files[0], files[0], "--format", "json")[1]) == {"equal": True, "documents": []}

    def test_margin_is_for_scores(self, files: tuple[Path, Path]) -> None:
        assert "speaker score" in self.diff(*files)[1]
        assert "speaker score" not in self.diff(*files, "--margin", "0.2")[1]

    def test_lines_are_paired_by_id(self, tmp_path: Path) -> None:
        one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
        write_jsonl([summit("a"), summit("b")], one)
        write_jsonl([summit("b"), summit("c")], two)
        status, out, _ = self.diff(one, two)
        assert (status, out.splitlines()) == (1, ["- document a (7 quotes)", "+ document c (7 quotes)"])

    @pytest.mark.parametrize("text", ["no JSON", json.dumps(QuoteDocument("d", "another text").to_dict())])
    def test_error_is_one_line_and_status_two(self, files: tuple[Path, Path], tmp_path: Path, text: str) -> None:
        other = tmp_path / "other.json"
        other.write_text(text)
        for path in (other, tmp_path / "nowhere.json", tmp_path / "file.txt"):
            status, out, err = self.diff(files[0], path)
            assert (status, out, err.count("\n")) == (2, "", 1)
            assert err.startswith("quotesmith: ")


class Screen(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "shown"), [(Screen, "a\ufffd[2Jb\n"), (io.TextIOWrapper, "a\x1b[2Jb\n")])
def test_data_acts_on_no_terminal(monkeypatch: pytest.MonkeyPatch, screen: type[io.TextIOWrapper], shown: str) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", screen(out))
    print_data(b"a\x1b[2Jb\n")
    assert out.getvalue().decode() == shown


@pytest.mark.parametrize(
    ("name", "begins"), [("a.html", "<!doctype html>"), ("a.graphml", "<?xml"), ("a.gexf", "<?xml")]
)
def test_name_tells_what_a_graph_is_written_as(tmp_path: Path, name: str, begins: str) -> None:
    path = tmp_path / name
    write_graph_output(build_graph([summit()]), path, graph_output(path))
    assert path.read_text(encoding="utf-8").lower().startswith(begins)


def test_name_that_tells_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="fits no known format"):
        graph_output(tmp_path / "a.txt")
