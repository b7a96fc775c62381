import copy
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from quotesmith.encoder import LEVELS, LINK_SIZE, LINKS, MENTION_SIZE, SHIPPED, TAGS, Encoded, Encoder
from quotesmith.encoder.windows import SIZE
from quotesmith.errors import ArgumentError, WeightsError
from quotesmith.marks import pair_marks
from tests.encoder.run_in_processes import digest
from tests.encoder.tiny import WIDTH, make_network, write_weights

ROOT = Path(__file__).parents[2]
SAID = "“The bridge is closed,” said Mayor Jane Roe.\n\n"
TEXTS = [SAID * number for number in (1, 5, 40)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_weights(tmp_path_factory.mktemp("weights"))


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


def read(encoder: Encoder, text: str) -> Encoded:
    return encoder(text, pair_marks(text))


def run(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints; anything on its stderr fails the test."""
    # One thread for numpy, so that all others are onnxruntime's. CI would keep it from counting its users anyway.
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    environment |= {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("text", TEXTS, ids=["one window", "some paragraphs", "many windows"])
def test_each_piece_has_the_outputs_of_the_window_that_owns_it(encoder: Encoder, text: str) -> None:
    encoded = read(encoder, text)
    network = make_network()
    for window in encoded.windows:
        hidden, scores, _, mentions = network.read(encoded.pieces, window)
        owned = slice(window.owned_start, window.owned_end)
        rows = slice(window.owned_start - window.start + 1, window.owned_end - window.start + 1)
        assert np.abs(encoded.hidden[owned] - hidden[rows]).max() < 0.01
        assert np.abs(encoded.mentions[owned] - mentions[rows]).max() < 0.02
        for number, level in enumerate(encoded.levels):
            odds = np.exp(scores[rows, number * TAGS : (number + 1) * TAGS])
            assert np.abs(np.exp(level.tags[owned]) - odds / odds.sum(axis=1, keepdims=True)).max() < 1e-5


def test_links_are_of_all_of_a_window_and_of_the_special_piece_before_it(encoder: Encoder) -> None:
    encoded = read(encoder, TEXTS[2])
    size = LINKS * LINK_SIZE
    for number, level in enumerate(encoded.levels):
        assert level.windows == encoded.windows
        assert len(level.windows) == len(level.links) > 1
        for window, links in zip(level.windows, level.links, strict=True):
            _, _, vectors, _ = make_network().read(encoded.pieces, window)
            assert links.shape == (len(window) + 1, size)
            assert np.abs(links - vectors[:-1, number * size : (number + 1) * size]).max() < 0.02


def test_arrays_have_one_row_a_piece_whose_chances_sum_to_one(encoder: Encoder) -> None:
    encoded = read(encoder, TEXTS[2])
    assert len(encoded.levels) == LEVELS
    assert encoded.hidden.shape == (len(encoded.pieces), WIDTH)
    assert encoded.mentions.shape == (len(encoded.pieces), MENTION_SIZE)
    assert {array.dtype.name for array in (encoded.hidden, encoded.mentions)} == {"float16"}
    for level in encoded.levels:
        assert level.pieces is encoded.pieces
        assert level.tags.shape == (len(encoded.pieces), TAGS)
        assert (level.tags.dtype.name, level.links[0].dtype.name) == ("float32", "float16")
        assert np.abs(np.exp(level.tags).sum(axis=1) - 1).max() < 1e-5


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \t\r\n\n\u3000\u2028", id="white space"),
        pytest.param("\x00\x07\x1b\u200b\u202e\ufeff", id="controls"),
    ],
)
def test_text_without_words_has_no_pieces(encoder: Encoder, text: str) -> None:
    encoded = read(encoder, text)
    assert (len(encoded.pieces), encoded.windows) == (0, [])
    assert (encoded.hidden.shape, encoded.mentions.shape) == ((0, WIDTH), (0, MENTION_SIZE))
    assert [(level.tags.shape, level.links) for level in encoded.levels] == [((0, TAGS), [])] * LEVELS


@pytest.mark.parametrize("text", ["😀👨‍👩‍👧", "e\u0301", "\U0010ffff", "x" * 5000, "?" * (3 * SIZE), "İ ﬁ ß 각"])
def test_odd_text_has_one_row_a_piece(encoder: Encoder, text: str) -> None:
    encoded = read(encoder, text)
    assert 0 < len(encoded.pieces) == len(encoded.hidden) == len(encoded.mentions)
    assert all(len(level.tags) == len(encoded.pieces) and np.isfinite(level.tags).all() for level in encoded.levels)


def test_name_of_a_special_piece_is_read_as_text(encoder: Encoder) -> None:
    encoded = read(encoder, "a[SEP]b")
    assert [*encoded.pieces.starts] == [0, 1, 2, 3, 4, 5, 6]


def test_all_of_a_long_text_is_read(encoder: Encoder) -> None:
    encoded = read(encoder, "word " * 500)
    assert encoded.pieces.ends[-1] == len("word " * 500) - 1


def test_text_read_before_does_not_matter(folder: Path) -> None:
    after, alone = Encoder(folder), Encoder(folder)
    read(after, TEXTS[1])
    assert digest(read(after, TEXTS[2])) == digest(read(alone, TEXTS[2]))


@pytest.mark.parametrize("text", [None, b"He left.", 3, ["He left."]])
def test_what_is_no_text_is_an_error(encoder: Encoder, text: object) -> None:
    with pytest.raises(ArgumentError, match=type(text).__name__):
        encoder(text, ())  # type: ignore[arg-type]


def test_lone_surrogate_is_an_error_that_says_where(encoder: Encoder) -> None:
    with pytest.raises(ArgumentError, match=r"'\\udc80' at 3"):
        encoder("He \udc80 left.", ())


def test_weights_of_the_package_are_read_for_the_first_text(tmp_path: Path) -> None:
    encoder = Encoder(tmp_path / "nowhere")
    with pytest.raises(WeightsError):
        encoder("He left.", ())
    assert Encoder().path == SHIPPED


@pytest.mark.parametrize("heads", [{"tags": TAGS}, {"tags": TAGS, "mentions": MENTION_SIZE}])
def test_graph_of_an_earlier_release_is_an_error_that_says_so(tmp_path: Path, heads: dict[str, int]) -> None:
    sizes = {"hidden": WIDTH, "links": LINKS * LINK_SIZE, **heads}
    graph = helper.make_graph(
        [helper.make_node("Identity", [f"some_{name}"], [name]) for name in sizes],
        "earlier",
        [],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, (size,)) for name, size in sizes.items()],
        [numpy_helper.from_array(np.zeros(size, dtype=np.float32), f"some_{name}") for name, size in sizes.items()],
    )
    content = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString()
    write_weights(tmp_path, content)
    with pytest.raises(WeightsError, match=r"encoder\.onnx is of another release"):
        Encoder(tmp_path)("He left.", ())


def test_relative_path_is_taken_from_where_the_encoder_was_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    encoder = Encoder(Path(folder.name))
    monkeypatch.chdir("/")
    assert len(read(encoder, SAID).pieces)


@pytest.mark.parametrize("remade", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])  # noqa: S301
def test_copy_reads_the_same(encoder: Encoder, remade: object) -> None:
    expected = digest(read(encoder, SAID))
    other = remade(encoder)  # type: ignore[operator]
    assert other == encoder
    assert digest(read(other, SAID)) == expected


def test_pickle_holds_no_weights(encoder: Encoder) -> None:
    read(encoder, SAID)
    assert len(pickle.dumps(encoder)) < 500 + len(str(encoder.path))


def test_threads_that_share_an_encoder_read_the_same(folder: Path) -> None:
    encoder = Encoder(folder)
    jobs = TEXTS * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: digest(read(encoder, text)), jobs))
    assert found == [digest(read(Encoder(folder), text)) for text in TEXTS] * 8


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_read_the_same(folder: Path, method: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.encoder.run_in_processes", method, str(folder)],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    there, here = json.loads(done.stdout)
    assert there == here


def test_reading_leaves_no_thread_and_says_nothing(folder: Path) -> None:
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("this system does not list a process's threads")
    code = """if True:
        import os, sys, threading
        from pathlib import Path
        from quotesmith.encoder import Encoder
        Encoder(Path(sys.argv[1]))("He left. " * 2000, ())
        print(threading.active_count(), len(os.listdir("/proc/self/task")))
    """
    assert run(code, str(folder)).split() == ["1", "1"]


def test_runtime_is_told_to_report_nothing_before_it_is_loaded() -> None:
    code = """if True:
        import os, sys, quotesmith.encoder
        print(os.environ["ORT_DISABLE_TELEMETRY"], "onnxruntime" in sys.modules)
    """
    assert run(code).split() == ["1", "False"]
