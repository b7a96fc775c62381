import pytest
from spacy.tokens import Doc

from quotesmith.extraction import Attribution
from quotesmith.records import EntityKind, Gender, MentionForm
from quotesmith.speakers.dialogue.addressees import find_addressees, told_addressees
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.nominals import Nominals
from tests.speakers.scenes import context_of_doc, doc_of, entity_names, place, quote, resolve

TOLD = """
    Holm      NNP  nsubj told - PERSON
    told      VBD  ROOT  -    tell
    {object}
    he        PRP  nsubj left
    left      VBD  ccomp told leave
"""


def found(doc: Doc, said: Attribution) -> list[str]:
    context = context_of_doc(doc)
    return entity_names(context, find_addressees(context, said, Nominals(context)))


def addressees(*rows: str) -> list[str]:
    doc = doc_of(TOLD.format(object="\n".join(rows)))
    return found(doc, quote(doc, "he left", "Holm", cue="told"))


def test_object_of_told_is_spoken_to() -> None:
    assert addressees("Amsel NNP dobj told - PERSON") == ["Amsel"]


def test_unnamed_listeners_are_named_by_their_words() -> None:
    assert addressees("some DT det reporters", "reporters NNS dobj told reporter") == ["some reporters"]


def test_to_the_press() -> None:
    assert addressees("to IN prep told", "the DT det press", "press NN pobj to") == ["the press"]


def test_nobody_is_spoken_to_without_words() -> None:
    assert addressees("yesterday NN npadvmod told") == []


def test_several_are_spoken_to() -> None:
    rows = "Amsel NNP dobj told - PERSON", "and CC cc Amsel", "Ida NNP conj Amsel - PERSON"
    assert addressees(*rows) == ["Amsel", "Ida"]


@pytest.mark.parametrize("thing", ["lies NNS dobj told lie", "the DT det truth\ntruth NN dobj told"])
def test_things_told_are_nobody(thing: str) -> None:
    assert addressees(thing) == []


@pytest.mark.parametrize(
    ("cue", "lemma", "preposition", "names"),
    [
        pytest.param("spoke", "speak", "with", ["Amsel"], id="spoke-with"),
        pytest.param("shouted", "shout", "at", ["Amsel"], id="shouted-at"),
        pytest.param("said", "say", "to", ["Amsel"], id="said-to"),
        pytest.param("said", "say", "with", [], id="said-with"),
        pytest.param("objected", "object", "to", [], id="objected-to"),
    ],
)
def test_preposition_goes_with_its_verb(cue: str, lemma: str, preposition: str, names: list[str]) -> None:
    doc = doc_of(f"""
        Holm           NNP  nsubj  {cue}  -  PERSON
        {cue}          VBD  ROOT   -      {lemma}
        {preposition}  IN   prep   {cue}
        Amsel          NNP  pobj   {preposition}  -  PERSON
        he             PRP  nsubj  left
        left           VBD  ccomp  {cue}  leave
    """)
    assert found(doc, quote(doc, "he left", "Holm", cue=cue)) == names


@pytest.mark.parametrize(
    ("noun", "names"),
    [pytest.param("interview", ["Amsel"], id="interview"), pytest.param("house", [], id="no-exchange")],
)
def test_party_of_an_exchange_is_spoken_to(noun: str, names: list[str]) -> None:
    doc = doc_of(f"""
        Holm    NNP  nsubj  said    -  PERSON
        said    VBD  ROOT   -       say
        in      IN   prep   said
        a       DT   det    {noun}
        {noun}  NN   pobj   in
        with    IN   prep   {noun}
        Amsel   NNP  pobj   with    -  PERSON
        he      PRP  nsubj  left
        left    VBD  ccomp  said    leave
    """)
    assert found(doc, quote(doc, "he left", "Holm", cue="said")) == names


def test_subject_of_the_passive_is_spoken_to() -> None:
    doc = doc_of("""
        Amsel  NNP  nsubjpass  told  -  PERSON
        was    VBD  auxpass    told  be
        told   VBN  ROOT       -     tell
        he     PRP  nsubj      left
        left   VBD  ccomp      told  leave
    """)
    assert found(doc, quote(doc, "he left", cue="told")) == ["Amsel"]


WHEN_ASKED = """
    Amsel    NNP  nsubj   said  -  PERSON
    said     VBD  ROOT    -     say
    no       UH   dobj    said
    when     WRB  advmod  asked
    asked    VBN  advcl   said  ask
    by       IN   agent   asked
    Holm     NNP  pobj    by    -  PERSON
    whether  IN   mark    left
    he       PRP  nsubj   left
    left     VBD  ccomp   asked leave
"""


def test_who_says_something_when_asked_was_asked() -> None:
    doc = doc_of(WHEN_ASKED)
    assert found(doc, quote(doc, "whether he left", "Holm", cue="asked")) == ["Amsel"]


def test_who_asks_is_answered() -> None:
    doc = doc_of(WHEN_ASKED)
    assert found(doc, quote(doc, "no", "Amsel", cue="said")) == ["Holm"]


@pytest.mark.parametrize("content", ["Ida to leave", "to leave"])
def test_object_of_urge_may_stand_in_the_content(content: str) -> None:
    doc = doc_of("""
        Holm   NNP  nsubj  urged  -  PERSON
        urged  VBD  ROOT   -      urge
        Ida    NNP  dobj   urged  -  PERSON
        to     TO   aux    leave
        leave  VB   xcomp  urged
    """)
    assert found(doc, quote(doc, content, "Holm", cue="urged")) == ["Ida"]


def test_call_by_name_comes_before_the_cue() -> None:
    doc = doc_of("""
        “      ``   punct     Go
        Go     VB   ccomp     told
        ,      ,    punct     Go
        Ida    NNP  npadvmod  Go    -  PERSON
        ”      ''   punct     Go
        Holm   NNP  nsubj     told  -  PERSON
        told   VBD  ROOT      -     tell
        Amsel  NNP  dobj      told  -  PERSON
    """)
    assert found(doc, quote(doc, "Go, Ida", "Holm", cue="told", kind="direct")) == ["Ida"]


HER = TOLD.format(object="her PRP dobj told she")


def test_pronoun_is_whom_the_roster_has_for_it() -> None:
    doc = doc_of(HER)
    context = context_of_doc(doc)
    ida = context.roster.add(EntityDraft("Ida", EntityKind.PERSON, gender=Gender.FEMININE))
    context.roster.mention((place(doc, "her"),), MentionForm.PRONOUN, ida)
    assert find_addressees(context, quote(doc, "he left", "Holm", cue="told"), Nominals(context)) == (ida,)


@pytest.mark.parametrize(("pronoun", "told"), [("her", None), ("himself", ())])
def test_one_who_speaks_to_oneself_is_told_from_one_who_speaks_to_somebody(
    pronoun: str, told: tuple[int, ...] | None
) -> None:
    doc = doc_of(TOLD.format(object=f"{pronoun} PRP dobj told"))
    context = context_of_doc(doc)
    assert told_addressees(context, quote(doc, "he left", "Holm", cue="told"), Nominals(context)) == told


def test_speaker_is_never_spoken_to() -> None:
    doc = doc_of(TOLD.format(object="Holm NNP dobj told - PERSON"))
    said = quote(doc, "he left", "Holm", cue="told")
    [decision] = resolve(doc, said).decisions
    assert decision.speakers
    assert decision.addressees == ()
