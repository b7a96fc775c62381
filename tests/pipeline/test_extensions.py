import gc
import pickle
import weakref
from collections.abc import Callable

import attrs
import pytest
import spacy
from spacy.tokens import Doc, DocBin, SpanGroup

from quotesmith.errors import FormatError, OptionError
from quotesmith.pipeline.extensions import annotate, read_annotation, register_extensions
from quotesmith.records import Entity, Mention, Quote, QuoteDocument

TEXT = "“Go,” she said."


@pytest.fixture
def document() -> QuoteDocument:
    quote = Quote(id="q0", kind="direct", content=[(0, 5)], text="Go,", cue=[(10, 14)], source="m0", speakers=["e0"])
    return QuoteDocument(
        id="d",
        text=TEXT,
        quotes=[quote],
        entities=[Entity(id="e0", name="Ann")],
        mentions=[Mention(id="m0", spans=[(6, 9)], form="pronoun", entity="e0")],
    )


@pytest.fixture
def doc(document: QuoteDocument) -> Doc:
    register_extensions()
    doc = spacy.blank("en")(TEXT)
    annotate(doc, document)
    return doc


def test_what_was_annotated_is_read_back(doc: Doc, document: QuoteDocument) -> None:
    assert doc._.quotes == document


def test_each_piece_of_content_is_a_span_labelled_with_its_kind(doc: Doc) -> None:
    assert [(span.text, span.label_, span.id_) for span in doc.spans["quotes"]] == [("“Go,”", "direct", "q0")]


def from_bytes(doc: Doc) -> Doc:
    return Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())


def from_doc_bin(doc: Doc) -> Doc:
    [copy] = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(spacy.blank("en").vocab)
    return copy


def from_pickle(doc: Doc) -> Doc:
    copy: Doc = pickle.loads(pickle.dumps(doc))  # noqa: S301 - our own bytes, as spaCy sends them to its processes
    return copy


class TestDecodedOnce:
    @pytest.mark.parametrize("copied", [lambda doc: doc, Doc.copy, from_bytes, from_doc_bin, from_pickle])
    def test_annotation_is_decoded_once_for_each_doc(
        self, doc: Doc, document: QuoteDocument, copied: Callable[[Doc], Doc]
    ) -> None:
        copy = copied(doc)
        first = copy._.quotes
        assert first == document
        assert copy._.quotes is first

    def test_reading_it_leaves_no_trace_in_the_bytes(self, doc: Doc) -> None:
        copy = from_bytes(doc)
        before = copy.to_bytes()
        assert copy._.quotes is not None
        assert copy.to_bytes() == before == doc.to_bytes()

    def test_another_annotation_is_read_at_once(self, doc: Doc, document: QuoteDocument) -> None:
        assert doc._.quotes == document
        corrected = document.with_speaker(document.quotes[0], "Bo")
        annotate(doc, corrected)
        assert doc._.quotes == corrected

    def test_replaced_group_or_data_is_read_at_once(self, doc: Doc, document: QuoteDocument) -> None:
        other = attrs.evolve(document, id="other")
        data = {key: value for key, value in other.to_dict().items() if key != "text"}
        doc.spans["quotes"].attrs = {"quotesmith": data}
        assert doc._.quotes == other
        doc.spans["quotes"] = SpanGroup(doc, attrs={"quotesmith": {**data, "id": "third"}})
        assert doc._.quotes.id == "third"
        del doc.spans["quotes"]
        assert doc._.quotes is None

    def test_meta_is_the_same_before_and_after_saving(self, doc: Doc, document: QuoteDocument) -> None:
        annotate(doc, attrs.evolve(document, meta={"pages": (1, 2), "parts": [{"at": (3,)}]}))
        assert doc._.quotes.meta == from_bytes(doc)._.quotes.meta == {"pages": [1, 2], "parts": [{"at": [3]}]}

    def test_document_goes_with_its_doc(self, document: QuoteDocument) -> None:
        doc = spacy.blank("en")(TEXT)
        annotate(doc, document)
        copy = from_bytes(doc)
        decoded = weakref.ref(copy._.quotes)
        del copy
        gc.collect()
        assert decoded() is None


def test_doc_without_annotation_has_none() -> None:
    register_extensions()
    assert spacy.blank("en")(TEXT)._.quotes is None


@pytest.mark.parametrize("data", [[], "d", {}, {"schema": 1, "id": "d", "text": "another", "quotes": [3]}])
def test_what_is_no_document_is_an_error(doc: Doc, data: object) -> None:
    doc.spans["quotes"].attrs = {"quotesmith": data}
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    with pytest.raises(FormatError):
        read_annotation(copy)


def test_name_taken_by_another_component_is_an_error() -> None:
    register_extensions()
    Doc.set_extension("quotes", default=None, force=True)
    try:
        with pytest.raises(OptionError, match="taken by another component"):
            register_extensions()
    finally:
        Doc.remove_extension("quotes")
        register_extensions()


def mention_spans(doc: Doc) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((span.text, span.label_, span.kb_id_, span.id_) for span in doc.spans["mentions"])


class TestMentions:
    EXPECTED = (("she", "person", "e7", "m0"), ("Ann", "person", "e7", "m1"), ("Lee.", "person", "e7", "m1"))

    @pytest.fixture
    def doc(self) -> Doc:
        """A mention in two pieces, the last of which cuts a token."""
        text = "“Go,” she said to Ann then Lee. "
        lee = text.index("Lee")
        document = QuoteDocument(
            id="d",
            text=text,
            entities=[Entity("e7", "Ann Lee", "person")],
            mentions=[
                Mention("m0", [(6, 9)], "pronoun", "e7"),
                Mention("m1", [(18, 21), (lee, lee + 3)], "name", "e7"),
            ],
        )
        doc = Doc(spacy.blank("en").vocab, words=["“Go,”", *text[6:].split()])
        annotate(doc, document)
        return doc

    def test_each_piece_is_a_span_with_its_entity(self, doc: Doc) -> None:
        assert mention_spans(doc) == self.EXPECTED

    @pytest.mark.parametrize("copied", [from_bytes, from_doc_bin, from_pickle])
    def test_they_survive(self, doc: Doc, copied: Callable[..., Doc]) -> None:
        assert mention_spans(copied(doc)) == self.EXPECTED

    def test_document_without_mentions_has_an_empty_group(self, doc: Doc) -> None:
        annotate(doc, QuoteDocument("d", doc.text))
        assert mention_spans(doc) == ()
