"""What nobody says or writes: tags of web pages, and long rows of one mark.

spaCy's components take it for white space, and the Doc keeps its characters.
"""

import re
from collections.abc import Callable
from typing import Final

from spacy.language import Language, create_tokenizer
from spacy.lexeme import Lexeme
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # spaCy has no types for it
from spacy.tokens import Doc
from spacy.util import registry

from quotesmith.marks import CLOSING_CHARACTERS, OPENING_CHARACTERS

_PAGE_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,500})?/?>")
_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "article", "section", "title"})
# Each is a word to a parser, so that they would take five times as long as prose.
_MARKS_IN_A_ROW = re.compile(
    rf"([{re.escape(''.join(sorted(OPENING_CHARACTERS | CLOSING_CHARACTERS)))}()\[\]])\1{{63,}}"
)
_HEADING = re.compile(r"h[1-6]")
# Of a word, what spaCy's own components and matchers read.
_FEATURES: Final = ("flags", "lower", "norm", "prefix", "suffix", "shape")
_RULES: Final = ("rules", "prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match")

PAGE_TOKENIZER: Final = "quotesmith.PageTokenizer.v1"
"""The name of `PageTokenizer` in a pipeline's config."""


def blank_out(text: str) -> str:
    """The text with white space in place of its tags and of long rows of one mark, of the same length.

    A paragraph ends where a tag makes one.
    """
    return _MARKS_IN_A_ROW.sub(lambda row: " " * len(row.group()), _PAGE_TAG.sub(_blank, text))


def _blank(tag: "re.Match[str]") -> str:
    length, name = len(tag.group()), tag.group(1).lower()
    return "\n\n".ljust(length) if name in _BLOCKS or _HEADING.fullmatch(name) else " " * length


def make_page_doc(tokenizer: Callable[[str], Doc], text: str, blanked: str) -> Doc:
    """The tokens of `text`, what is blank being white space to the components that read the Doc.

    Args:
        tokenizer: Of a spaCy pipeline.
        text: What the Doc's text is to be.
        blanked: The text as `blank_out` gives it: the tokens are those of this text.
    """
    doc = tokenizer(blanked)
    if blanked == text:
        return doc
    words, spaces = [], []
    start = 0
    for token in doc:
        end = token.idx + len(token)
        # A token's own space may be the first character of what is blank, which then begins the next token.
        is_spaced = bool(token.whitespace_) and text[end] == " "
        word = text[start:end]
        if word:
            words.append(word)
            spaces.append(is_spaced)
            if word != blanked[start:end]:
                _make_space(doc.vocab[word], doc.vocab[blanked[start:end]])
        start = end + is_spaced
    return Doc(doc.vocab, words=words, spaces=spaces)


def _make_space(tag: Lexeme, blank: Lexeme) -> None:
    """Give a tag all that a component reads of a word, as white space has it."""
    for feature in _FEATURES:
        setattr(tag, feature, getattr(blank, feature))


def with_blanks(doc: Doc) -> Doc:
    """The Doc, or a copy with white space for what is blank, where anything is: offsets and all else are the same."""
    text = doc.text
    blanked = blank_out(text)
    return doc if blanked == text else Doc(doc.vocab).from_dict({**doc.to_dict(), "text": blanked})


class PageTokenizer(Tokenizer):  # type: ignore[misc] # nor for its class
    """spaCy's tokenizer, but for tags: one and the white space around it are one token."""

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`."""
        return make_page_doc(super().__call__, text, blank_out(text))


@registry.tokenizers(PAGE_TOKENIZER)  # type: ignore[untyped-decorator] # nor for its registries
def create_page_tokenizer() -> Callable[[Language], PageTokenizer]:
    """SpaCy's way to make the tokenizer of a saved pipeline, which then reads its rules from the pipeline's folder."""
    create = create_tokenizer()
    return lambda nlp: _for_pages(create(nlp))


def use_page_tokenizer(nlp: Language) -> None:
    """Make the pipeline's tokenizer a `PageTokenizer` with the same rules; one that is not spaCy's own stays."""
    if type(nlp.tokenizer) is Tokenizer:
        nlp.tokenizer = _for_pages(nlp.tokenizer)
        nlp.config["nlp"]["tokenizer"] = {"@tokenizers": PAGE_TOKENIZER}


def _for_pages(tokenizer: Tokenizer) -> PageTokenizer:
    return PageTokenizer(tokenizer.vocab, **{name: getattr(tokenizer, name) for name in _RULES})
