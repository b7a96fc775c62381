from quotesmith.lexicon.people import load_people
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.names.clustering import cluster_names, settle_bearers
from quotesmith.speakers.names.recognition import Name
from tests.docs import make_doc, parsed_text
from tests.speakers.scenes import context_of_doc, doc_of

EMPTY = parsed_text(make_doc("x NN ROOT -"))
ANN = "Ann NNP compound Amsel - PERSON\nAmsel NNP nsubj spoke - PERSON\nspoke VBD ROOT -\n. . punct spoke"
KARL = "Karl NNP compound Amsel - PERSON\nAmsel NNP nsubj spoke - PERSON\nspoke VBD ROOT -\n. . punct spoke"


def clusters(*written: str) -> list[list[str]]:
    names = [Name(0, 1, tuple(text.split()), (), EntityKind.PERSON) for text in written]
    parsed = ParsedText(EMPTY.doc, "x" * len(names), (), [0], [1], [0], (TextSpan(0, 1),), [0])
    entities = cluster_names(names, parsed, load_people())
    return [[" ".join(names[place].words) for place in entity.names] for entity in entities]


def test_bare_name_goes_to_the_one_whom_the_text_means_most() -> None:
    named = ["Karl Amsel", "Karl Amsel", "Amsel", "Amsel", "Amsel", "Ann Amsel", "Amsel"]
    assert clusters(*named) == [[*named[:5], "Amsel"], ["Ann Amsel"]]


def test_pronoun_behind_a_bare_name_tells_whose_it_is() -> None:
    bare = "Amsel NNP nsubj said - PERSON\nsaid VBD ROOT -\n{} PRP nsubj came\ncame VBD ccomp said"
    for pronoun, name in (("he", "Karl Amsel"), ("she", "Ann Amsel")):
        context = context_of_doc(doc_of(KARL, ANN, bare.format(pronoun)))
        assert context.roster.drafts[context.owners[-1]].name == name


def test_family_name_of_two_words() -> None:
    assert clusters("Chandler Van Holm", "Van Holm") == [["Chandler Van Holm", "Van Holm"]]
    assert clusters("Inez Duarte Vidal", "Duarte Vidal") == [["Inez Duarte Vidal", "Duarte Vidal"]]


def test_misspelt_family_name_is_the_only_one_like_it() -> None:
    assert clusters("Erik Lindqvistson", "Lindqvistsen", "Lindvistson") == [
        ["Erik Lindqvistson", "Lindqvistsen", "Lindvistson"]
    ]
    assert len(clusters("Erik Lindqvist", "Dindqvist")) == 2
    assert len(clusters("Erik Lindqvist", "Anna Lindqvost", "Lindqvest")) == 3


RELATIVE = (
    "Holm NNP nsubj is - PERSON\nis VBZ ROOT -\nthe DT det {noun}\n{noun} NN attr is\nof IN prep {noun}\n"
    "Ann NNP pobj of - PERSON\nand CC cc Ann\nBo NNP compound Holm - PERSON\nHolm NNP conj Ann - PERSON"
)


def test_bare_name_before_a_relative_named_in_full_is_not_the_relatives() -> None:
    relative, other = (context_of_doc(doc_of(RELATIVE.format(noun=noun))) for noun in ("daughter", "friend"))
    assert [relative.roster.drafts[owner].name for owner in relative.owners] == ["Holm", "Ann", "Bo Holm"]
    assert [other.roster.drafts[owner].name for owner in other.owners] == ["Bo Holm", "Ann", "Bo Holm"]


def test_bare_name_behind_a_relative_named_in_full_may_be_the_relatives() -> None:
    named = RELATIVE.format(noun="son").replace("Holm NNP nsubj is - PERSON", "He PRP nsubj is")
    context = context_of_doc(doc_of(f"{named}\n. . punct is", "Holm NNP nsubj spoke - PERSON\nspoke VBD ROOT -"))
    assert [context.roster.drafts[owner].name for owner in context.owners] == ["Ann", "Bo Holm", "Bo Holm"]


class CountedNames(list[Name]):
    """Names that count how often one is looked at."""

    looks = 0

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        CountedNames.looks += 1
        return super().__getitem__(index)


def test_names_of_a_hundred_bearers_are_looked_at_a_few_times_each() -> None:
    looks = []
    for size in (1_000, 2_000):
        names = CountedNames(Name(0, 1, ("Holm",), (), EntityKind.PERSON) for _ in range(size + 100))
        CountedNames.looks = 0
        owned = [[number] for number in range(100)]
        contested = {place: range(100) for place in range(100, size + 100)}
        parsed = ParsedText(EMPTY.doc, "x" * len(names), (), [0], [1], [0], (TextSpan(0, 1),), [0])
        assert len(settle_bearers(contested, names, owned, parsed, load_people())) == size
        looks.append(CountedNames.looks)
    assert looks[1] < 2.2 * looks[0]
