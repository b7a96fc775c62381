"""The table of file formats: what each is called, what writes and reads it, and what it keeps and drops."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from attrs import frozen

from quotesmith.errors import FormatError, OptionError
from quotesmith.export.arrow_files import read_arrow, read_parquet, write_arrow, write_parquet
from quotesmith.export.brat import write_brat
from quotesmith.export.brat_reading import read_brat
from quotesmith.export.csv_files import (
    addressees_csv,
    cast_csv,
    documents_csv,
    write_addressees_csv,
    write_cast_csv,
    write_csv,
)
from quotesmith.export.gexf import read_gexf, write_gexf
from quotesmith.export.graphml import read_graphml, write_graphml
from quotesmith.export.json_files import document_json, documents_json, read_json, read_jsonl, write_json, write_jsonl
from quotesmith.export.json_ld import documents_json_ld, write_json_ld
from quotesmith.export.node_link import read_node_link, write_node_link
from quotesmith.export.scripts import document_script, segments_json, write_script, write_segments
from quotesmith.export.ssml import Voices, document_ssml, write_chapters_zip, write_ssml
from quotesmith.export.tei import document_tei, write_tei
from quotesmith.export.web_annotations import document_web_annotations, write_web_annotations
from quotesmith.graph import QuoteGraph
from quotesmith.records import QuoteDocument

Documents = Iterable[QuoteDocument]


@frozen(kw_only=True)
class DocumentFormat:
    """A format of documents.

    Attributes:
        suffix: How names of its files end.
        title: What it is called.
        many: Whether a file holds any number of documents, or just one.
        write: Writes documents to a file.
        encode: Gives the bytes of such a file bit by bit, for standard output; None where it isn't text in one file.
        read: Gives a file's documents; None where the format drops too much.
        with_voices: Gives the format with names of voices for speakers; None where it has no voices.
        keeps: What a file keeps of a document.
        drops: What it leaves out.
    """

    suffix: str
    title: str
    many: bool = True
    write: Callable[[Documents, Path], None]
    encode: Callable[[Documents], Iterable[bytes]] | None = None
    read: Callable[[Path], Iterator[QuoteDocument]] | None = None
    with_voices: Callable[[Voices], "DocumentFormat"] | None = None
    keeps: str
    drops: str

    @property
    def name(self) -> str:
        """The suffix's first word, for the command line: "tei" of ".tei.xml"."""
        return self.suffix.split(".")[1]

    def voiced(self, voices: Voices | None) -> "DocumentFormat":
        """The format with these voices; itself for None.

        Raises:
            OptionError: if it has no voices; says which format has.
        """
        if voices is None:
            return self
        if self.with_voices is None:
            having = ", ".join(known.suffix for known in DOCUMENT_FORMATS if known.with_voices)
            msg = f"a {self.suffix} file has no voices; these have: {having}"
            raise OptionError(msg)
        return self.with_voices(voices)


@frozen(kw_only=True)
class GraphFormat:
    """A format of graphs; the fields are as those of `DocumentFormat`."""

    suffix: str
    title: str
    write: Callable[[QuoteGraph, Path], None]
    read: Callable[[Path], QuoteGraph]
    keeps: str
    drops: str


def the_only(documents: Documents, suffix: str) -> QuoteDocument:
    """The one document there is.

    Raises:
        FormatError: if there are none or several; says what can hold them.
    """
    found = list(islice(documents, 2))
    if len(found) != 1:
        many = ", ".join(known.suffix for known in DOCUMENT_FORMATS if known.many)
        msg = f"a {suffix} file holds one document, not {'several' if found else 'none'}; these hold many: {many}"
        raise FormatError(msg)
    return found[0]


def _ssml(voices: Voices | None = None) -> DocumentFormat:
    return DocumentFormat(
        suffix=".ssml",
        title="SSML 1.1, a voice a speaker",
        many=False,
        write=lambda documents, path: write_ssml(the_only(documents, ".ssml"), path, voices=voices),
        encode=lambda documents: [document_ssml(the_only(documents, ".ssml"), voices=voices)],
        with_voices=_ssml,
        keeps="all words, with a voice for the speaker of direct words",
        drops="what a script drops",
    )


def _chapters_zip(voices: Voices | None = None) -> DocumentFormat:
    return DocumentFormat(
        suffix=".chapters.zip",
        title="a ZIP file of SSML, a file a chapter",
        many=False,
        write=lambda documents, path: write_chapters_zip(the_only(documents, ".chapters.zip"), path, voices=voices),
        with_voices=_chapters_zip,
        keeps="as `.ssml`",
        drops="what a script drops",
    )


DOCUMENT_FORMATS = (
    DocumentFormat(
        suffix=".json",
        title="JSON, schema 1",
        write=write_json,
        encode=lambda documents: [documents_json(documents)],
        read=read_json,
        keeps="all",
        drops="surrogates in pairs",
    ),
    DocumentFormat(
        suffix=".jsonl",
        title="JSON Lines, one document a line",
        write=write_jsonl,
        encode=lambda documents: map(document_json, documents),
        read=read_jsonl,
        keeps="all",
        drops="surrogates in pairs",
    ),
    DocumentFormat(
        suffix=".csv",
        title="CSV, one row a quote",
        write=write_csv,
        encode=lambda documents: [documents_csv(documents).encode()],
        keeps="the columns of `to_pandas`",
        drops="the text around quotes, entities but for their names, mentions, pieces' offsets, evidence but for the "
        "method, `meta`",
    ),
    DocumentFormat(
        suffix=".parquet",
        title="Parquet, one row a document",
        write=write_parquet,
        read=read_parquet,
        keeps="all",
        drops="surrogates",
    ),
    DocumentFormat(
        suffix=".arrow",
        title="Arrow IPC, one row a document",
        write=write_arrow,
        read=read_arrow,
        keeps="all",
        drops="surrogates",
    ),
    DocumentFormat(
        suffix=".jsonld",
        title="JSON-LD with the words of schema.org",
        write=write_json_ld,
        encode=lambda documents: [documents_json_ld(documents)],
        keeps="text, quotes with speakers and addressees, entities; `title`, `date` and `url` of `meta`",
        drops="offsets, cues, sources, mentions, evidence, other `meta`, surrogates",
    ),
    DocumentFormat(
        suffix=".anno.json",
        title="W3C Web Annotation",
        many=False,
        write=lambda documents, path: write_web_annotations(the_only(documents, ".anno.json"), path),
        encode=lambda documents: [document_web_annotations(the_only(documents, ".anno.json"))],
        keeps="contents with offsets and surroundings, kind, act, assertion, speakers and addressees by name",
        drops="the text, cues, sources, mentions, aliases, scores, evidence, `meta`, surrogates",
    ),
    DocumentFormat(
        suffix=".tei.xml",
        title="TEI P5",
        many=False,
        write=lambda documents, path: write_tei(the_only(documents, ".tei.xml"), path),
        encode=lambda documents: [document_tei(the_only(documents, ".tei.xml"))],
        keeps="text, quotes with cues, sources, speakers and addressees, entities, mentions; `title` of `meta`",
        drops="speaker scores, genders but of persons, evidence, other `meta`, characters that XML forbids, nesting "
        "more than 100 deep",
    ),
    DocumentFormat(
        suffix=".ann",
        title="brat standoff, with the text in a `.txt` file",
        many=False,
        write=lambda documents, path: write_brat(the_only(documents, ".ann"), path),
        read=lambda path: iter([read_brat(path)]),
        keeps="text, quotes with cues, sources, speakers and addressees, entities, mentions",
        drops="ids, language, evidence, `meta`, entities without a mention, line ends at edges, surrogates",
    ),
    DocumentFormat(
        suffix=".script.txt",
        title="a script, `NAME: words`",
        many=False,
        write=lambda documents, path: write_script(the_only(documents, ".script.txt"), path),
        encode=lambda documents: [document_script(the_only(documents, ".script.txt")).encode()],
        keeps="all words, with the names of the speakers of direct words",
        drops="quotation marks around direct words, white space, labels of turns, lines without words, all of indirect "
        "quotes but their words, offsets, scores, evidence, `meta`, characters that XML forbids",
    ),
    _ssml(),
    _chapters_zip(),
    DocumentFormat(
        suffix=".segments.json",
        title="JSON, one object a segment",
        write=write_segments,
        encode=segments_json,
        keeps="the text in segments: narration, and words between marks with quote and speakers' names",
        drops="all of indirect and inner quotes but their words, cues, sources, addressees, scores, evidence, `meta`, "
        "surrogates in pairs",
    ),
    DocumentFormat(
        suffix=".cast.csv",
        title="CSV, one row a character",
        write=write_cast_csv,
        encode=lambda documents: [cast_csv(documents).encode()],
        keeps="names, aliases and gender of who speaks or is spoken to; their lines, words, quotes and chapters as "
        "numbers",
        drops="the text, quotes, other entities, all else",
    ),
    DocumentFormat(
        suffix=".addressees.csv",
        title="CSV, one row a speaker, an addressee and a chapter",
        write=write_addressees_csv,
        encode=lambda documents: [addressees_csv(documents).encode()],
        keeps="names of speakers and addressees, titles of chapters, numbers of quotes and words",
        drops="quotes without an addressee, the text, all else",
    ),
)
GRAPH_FORMATS = (
    GraphFormat(
        suffix=".graphml",
        title="GraphML",
        write=write_graphml,
        read=read_graphml,
        keeps="all",
        drops="characters that XML forbids",
    ),
    GraphFormat(
        suffix=".gexf",
        title="GEXF 1.2",
        write=write_gexf,
        read=read_gexf,
        keeps="all",
        drops="characters that XML forbids",
    ),
    GraphFormat(
        suffix=".json",
        title="node-link JSON of networkx",
        write=write_node_link,
        read=read_node_link,
        keeps="all",
        drops="surrogates in pairs",
    ),
)
