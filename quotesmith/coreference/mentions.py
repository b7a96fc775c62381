"""The words of a text that may refer to somebody or something, with what is known of each."""

from collections.abc import Sequence
from typing import NewType

from attrs import frozen

from quotesmith.coreference.pronouns import PronounClass
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan

EntityNumber = NewType("EntityNumber", int)
"""An entity of the text, by the number that whoever knows the entities gives it.

Defined here, below the room of the speakers, whose table gives the numbers: mentions refer to entities by them.
"""


@frozen
class MentionContext:
    """Where a mention stands.

    Attributes:
        is_subject: Whether it is the subject of a verb.
        verb: Index of the verb of which it is subject or object; None without one.
        sentence: Number of its sentence.
        paragraph: Number of its paragraph.
        passage: Position of the quoted passage around it; None outside.
    """

    is_subject: bool = False
    verb: int | None = None
    sentence: int = 0
    paragraph: int = 0
    passage: int | None = None


@frozen(kw_only=True)
class MentionCandidate:
    """A name, a noun phrase up to its head, or a pronoun of the third person.

    Attributes:
        span: Its characters.
        start: Index of its first token.
        end: Index after its last token.
        head: Index of the token on which its others hang.
        form: How it refers.
        pronoun: The class of a pronoun; None of others.
        kind: What it seems to be; of a pronoun PERSON for "he" and "she", else OTHER.
        gender: What its title, its given name, its noun or the pronoun shows.
        is_plural: Whether it is several.
        is_definite: Whether it is a phrase with "the", "this", "his" or the like, which may take up what was said.
        may_be_person: Whether "he" or "she" may take up the noun.
        context: Where it stands.
        owner: The entity that a name names; None of others.
        noun: The head noun as the lexicon has it, or a name's last word.
        described: The entities that are described by the noun, best first, with how well it fits (above 0).
    """

    span: TextSpan
    start: int
    end: int
    head: int
    form: MentionForm
    pronoun: PronounClass | None = None
    kind: EntityKind
    gender: Gender | None = None
    is_plural: bool = False
    is_definite: bool = False
    may_be_person: bool = False
    context: MentionContext = MentionContext()
    owner: EntityNumber | None = None
    noun: str = ""
    described: tuple[tuple[EntityNumber, float], ...] = ()

    @property
    def is_anaphor(self) -> bool:
        """Whether it may need an antecedent: a pronoun, or a definite noun phrase that may speak."""
        may_speak = self.kind is not EntityKind.OTHER or self.context.is_subject
        return self.pronoun is not None or (self.is_definite and may_speak)


MentionCandidates = Sequence[MentionCandidate]
"""In text order."""
