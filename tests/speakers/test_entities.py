import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

import quotesmith.speakers
from quotesmith.coreference import EntityNumber
from quotesmith.records import EntityKind, Gender, MentionForm, QuoteDocument, TextSpan
from quotesmith.speakers.entities import EntityDraft, EntityTable, MentionNumber, name_forms

ROOM = Path(quotesmith.speakers.__file__).parent
NAME, PRONOUN = MentionForm.NAME, MentionForm.PRONOUN
WRITERS = {"document_context.py", "phrase_resolver.py", "resolver.py"}
"""The modules that may change the table, in the order in which they do."""
TABLE_WRITERS = {
    *("add_group", "add_proposed", "rename", "set_kind", "set_stands_for", "learn_gender", "merge", "split"),
    *("place_mention", "move_mention", "revise_mention", "withdraw_mention"),
}


def span(start: int) -> tuple[TextSpan, ...]:
    return (TextSpan(start, start + 1),)


def table_of(*names: str, max_members: int = 50) -> tuple[EntityTable, list[EntityNumber]]:
    """A table with people of these names."""
    table = EntityTable(max_members)
    return table, [table.add(EntityDraft(name, EntityKind.PERSON)) for name in names]


# Ids


def test_ids_follow_the_text() -> None:
    table, (late, early) = table_of("late", "early")
    table.place_mention(span(5), NAME, late)
    table.place_mention(span(1), NAME, early)
    numbering = table.number([])
    assert [(entity.id, entity.name) for entity in numbering.entities] == [("e0", "early"), ("e1", "late")]
    assert [(m.id, m.entity) for m in numbering.mentions] == [("m0", "e0"), ("m1", "e1")]


def test_members_of_a_group_have_ids_too() -> None:
    table, people = table_of("Ann", "Bo")
    table.place_mention(span(0), PRONOUN, table.add_group(people))
    group, *members = table.number([]).entities
    assert group.name == "Ann and Bo"
    assert group.members == tuple(member.id for member in members)


def test_entity_that_nobody_mentions_has_no_id() -> None:
    table, [nobody] = table_of("nobody")
    assert table.number([]).entities == ()
    assert not table.number([]).has_id(nobody)


# Entities


def test_same_members_are_one_group() -> None:
    table, (one, other) = table_of("Ann", "Bo")
    assert table.add_group((one, other)) == table.add_group((other, one))
    assert table.members(table.add_group((one, other))) == (one, other)
    assert table.members(one) == (one,)


def test_a_long_list_speaks_as_one() -> None:
    table, people = table_of("a", "b", "c", "d", max_members=3)
    listed, several = table.add_group(people), table.add_group(people[1:])
    assert table.members(listed) == (listed,)
    assert table.members(several) == tuple(people[1:])


def test_first_gender_is_kept_and_bodies_have_none() -> None:
    table, [person] = table_of("Ann")
    body = table.add(EntityDraft("Acme", EntityKind.ORGANIZATION))
    for gender in (Gender.FEMININE, Gender.MASCULINE):
        table.learn_gender(person, gender)
        table.learn_gender(body, gender)
    assert (table[person].gender, table[body].gender) == (Gender.FEMININE, None)


def test_what_the_table_gives_out_is_frozen() -> None:
    table, [person] = table_of("Ann")
    draft = table[person]
    table.rename(person, "Anna")
    table.set_kind(person, EntityKind.GROUP)
    assert (table[person].name, table[person].kind, draft.name) == ("Anna", EntityKind.GROUP, "Ann")
    with pytest.raises(FrozenInstanceError):
        draft.name = "Bo"  # type: ignore[misc]


def test_proposed_entity_is_added_only_where_it_is_new() -> None:
    table, [person] = table_of("Ann")
    assert table.add_proposed(person) == person
    assert table[table.add_proposed(EntityDraft("Bo", EntityKind.PERSON))].name == "Bo"


def test_fullest_form_is_the_name() -> None:
    assert name_forms(["Holm", "KARL B HOLM", "Karl Holm", "Holm"]) == ("Karl Holm", ("Holm", "KARL B HOLM"))
    assert name_forms(["Jose Holm", "Jose Holm", "José Holm"])[0] == "José Holm"
    assert name_forms(["Zentro", "Baltic Rail"], former={"Baltic Rail"})[0] == "Zentro"
    assert name_forms(["Ken Holm", "Ken Holm", "Kenneth Holm"])[0] == "Kenneth Holm"
    assert name_forms(["Ann Holm", "Ann Holm", "Ida Holm"])[0] == "Ann Holm"


# Mentions


def test_mention_is_never_replaced_silently() -> None:
    table, (one, other) = table_of("Ann", "Bo")
    number = table.place_mention(span(0), PRONOUN, one)
    assert table.place_mention(span(0), PRONOUN, one) == number
    with pytest.raises(ValueError, match="move it, or leave it"):
        table.place_mention(span(0), PRONOUN, other)
    table.move_mention(number, PRONOUN, other)
    assert table.entity_at(span(0)) == other


@pytest.mark.parametrize(("form", "moves"), [(PRONOUN, True), (MentionForm.NOMINAL, True), (NAME, False)])
def test_revising_moves_a_guess_but_no_name(form: MentionForm, *, moves: bool) -> None:
    table, (one, other) = table_of("Ann", "Bo")
    number = table.revise_mention(span(0), form, one)
    assert table.revise_mention(span(0), PRONOUN, other) == number
    assert table.entity_at(span(0)) == (other if moves else one)


# Taking back what was guessed


def test_group_follows_merges() -> None:
    table, (bo, robert, ann) = table_of("Bo", "Robert", "Ann")
    pair = table.add(EntityDraft("the couple", EntityKind.GROUP, members=(bo, ann)))
    table.merge(bo, robert)
    assert table.add_group((robert, ann)) == table.add_group((ann, bo, robert)) == pair
    assert table.add_group((robert, bo)) == bo
    with pytest.raises(ValueError, match="needs members"):
        table.add_group(())


def test_refused_merge_changes_nothing() -> None:
    table, (bo, robert, ann, eva) = table_of("Bo", "Robert", "Ann", "Eva")
    first, second = table.add_group((bo, ann)), table.add_group((robert, ann))
    table.add_group((eva, table.add_group((first, second))))
    with pytest.raises(ValueError, match="so they are two"):
        table.merge(bo, robert)
    assert table.current(robert) == robert != bo
    assert table[second].members == (robert, ann)


def test_what_stands_for_another_is_numbered_to_the_end_and_in_no_circle() -> None:
    table, (house, town, state) = table_of("house", "town", "state")
    for one, other in ((house, town), (town, state)):
        table.set_stands_for(one, other)
    assert [entity.name for entity in table.number([house]).entities] == ["house", "town", "state"]
    for one, other in ((state, house), (town, town)):
        with pytest.raises(ValueError, match="nothing stands for itself"):
            table.set_stands_for(one, other)
    with pytest.raises(ValueError, match="so they are two"):
        table.merge(state, house)


def test_unknown_mention_or_entity_changes_nothing() -> None:
    table, [ann] = table_of("Ann")
    with pytest.raises(KeyError):
        table.split([table.place_mention(span(0), NAME, ann), MentionNumber(7)], EntityDraft("Bo", EntityKind.PERSON))
    with pytest.raises(IndexError, match="none is number 9"):
        table.place_mention(span(1), NAME, EntityNumber(9))
    assert (len(table), [mention.entity for mention in table.mentions()]) == (1, [ann])


def test_merged_entities_are_one_under_both_numbers() -> None:
    table, (bo, robert, ann) = table_of("Bo Roe", "Robert Roe", "Ann")
    table.place_mention(span(0), NAME, robert)
    table.place_mention(span(1), NAME, bo)
    first, second = table.add_group((bo, ann)), table.add_group((robert, ann))
    table.learn_gender(robert, Gender.MASCULINE)
    table.merge(bo, robert)
    assert table[robert] is table[bo]
    assert (table[bo].name, table[bo].aliases, table[bo].gender) == ("Bo Roe", ("Robert Roe",), Gender.MASCULINE)
    assert [mention.entity for mention in table.mentions()] == [bo, bo]
    assert table.current(second) == first == table.add_group((ann, bo))
    numbering = table.number([robert, second])
    assert numbering.entity_id(robert) == numbering.entity_id(bo) == "e0"
    assert [entity.name for entity in numbering.entities] == ["Bo Roe", "Bo Roe and Ann", "Ann"]


def test_words_for_somebody_unnamed_are_no_alias() -> None:
    table, [ann] = table_of("Ann")
    mayor = table.add(EntityDraft("the mayor", EntityKind.PERSON, named=False))
    table.merge(ann, mayor)
    assert table[mayor] == EntityDraft("Ann", EntityKind.PERSON)


def test_members_of_one_group_are_two() -> None:
    table, (one, other) = table_of("Ann", "Bo")
    group = table.add_group((one, other))
    for pair in ((one, other), (group, one), (one, group)):
        with pytest.raises(ValueError, match="so they are two"):
            table.merge(*pair)


def test_place_is_not_the_body_for_which_it_stands() -> None:
    table, (beijing, government) = table_of("Beijing", "the government of China")
    table.set_stands_for(beijing, government)
    with pytest.raises(ValueError, match="so they are two"):
        table.merge(government, beijing)


def test_split_takes_mentions_away() -> None:
    table, [roe] = table_of("Roe")
    mentions = [table.place_mention(span(start), NAME, roe) for start in range(3)]
    other = table.split(mentions[1:], EntityDraft("Roe", EntityKind.PERSON))
    assert [mention.entity for mention in table.mentions()] == [roe, other, other]


def test_withdrawn_mention_leaves_its_place() -> None:
    table, (one, other) = table_of("Ann", "Bo")
    first = table.place_mention(span(0), NAME, one)
    table.withdraw_mention(first)
    assert table.mention_at(span(0)) is None
    assert table.place_mention(span(0), NAME, other) != first
    assert [mention.entity for mention in table.number([]).mentions] == ["e0"]


WRITES = ("add", "group", "place", "revise", "move", "withdraw", "merge", "split", "kind", "stands", "draft")


def test_each_method_that_writes_is_known() -> None:
    readers = {"current", "mention", "mentions", "mention_at", "entity_at", "members", "number", "max_members"}
    public = {name for name in vars(EntityTable) if not name.startswith("_")}
    assert public - readers == {"add", *TABLE_WRITERS}


@given(st.lists(st.tuples(st.sampled_from(WRITES), st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_whatever_is_written_the_records_hold_together(writes: list[tuple[str, int, int]]) -> None:
    table, _ = table_of("a", "b", "c")
    placed: list[MentionNumber] = []
    for name, first, second in writes:
        write(table, placed, name, first, second)
    spans = [mention.spans for mention in table.mentions()]
    assert len(spans) == len(set(spans)) == len(placed)
    assert [table.mention_at(table.mention(number).spans) for number in placed] == placed
    everyone = [EntityNumber(number) for number in range(len(table))]
    numbering = table.number(everyone)
    # The records refuse ids that nothing has, mentions out of order, and groups of themselves.
    document = QuoteDocument("d", "x" * 11, "en", entities=numbering.entities, mentions=numbering.mentions)
    assert {numbering.entity_id(number) for number in everyone} == {entity.id for entity in document.entities}
    assert {numbering.mention_id(number) for number in placed} == {mention.id for mention in document.mentions}


def write(table: EntityTable, placed: list[MentionNumber], name: str, first: int, second: int) -> None:
    """One change of the table, of what the two numbers choose; one that it refuses changes nothing."""
    one, other = (EntityNumber(number % len(table)) for number in (first, second))
    mention = placed[first % len(placed)] if placed else None
    if name == "add":
        table.add(EntityDraft(f"p{first}", EntityKind.PERSON))
    elif name == "kind":
        table.set_kind(one, EntityKind.PLACE)
    elif name == "group":
        assert (table.add_group((one, other)) == table.current(one)) == (table.current(one) == table.current(other))
    elif name == "draft":
        table.add(EntityDraft(f"g{first}", EntityKind.GROUP, members=(one, other)))
    elif name in {"merge", "stands"}:
        change_or_refuse(table, table.merge if name == "merge" else table.set_stands_for, one, other)
    elif name in {"place", "revise"} and (name == "revise" or table.mention_at(span(first)) is None):
        number = (table.place_mention if name == "place" else table.revise_mention)(span(first), PRONOUN, other)
        placed.extend([number] if number not in placed else [])
    elif mention is not None and name == "move":
        table.move_mention(mention, PRONOUN, other)
    elif mention is not None and name == "split":
        table.split([mention], EntityDraft("new", EntityKind.PERSON))
    elif mention is not None and name == "withdraw":
        table.withdraw_mention(mention)
        placed.remove(mention)


def change_or_refuse(
    table: EntityTable, change: Callable[[EntityNumber, EntityNumber], None], one: EntityNumber, other: EntityNumber
) -> None:
    everyone = [EntityNumber(number) for number in range(len(table))]
    before = [(table[number], table.current(number)) for number in everyone], list(table.mentions())
    try:
        change(one, other)
    except ValueError:
        assert ([(table[number], table.current(number)) for number in everyone], list(table.mentions())) == before


# The source


def assigned_attributes(tree: ast.AST) -> list[str]:
    """The attributes that the module assigns or deletes, but those of `self`."""
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    found = (ast.unparse(node) for node in attributes if isinstance(node.ctx, ast.Store | ast.Del))
    return [name for name in found if not name.startswith("self.")]


def calls_writer(tree: ast.AST) -> bool:
    """Whether the module calls a method by which the table changes."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    of_table = {node.attr for node in attributes if ast.unparse(node.value).endswith("entities")}
    # A string has `split`, a set `add`.
    distinct = {node.attr for node in attributes} - {"split"}
    return bool(of_table & {"add", *TABLE_WRITERS} or distinct & TABLE_WRITERS)


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_only_the_table_changes_drafts_and_only_three_modules_tell_it_to(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert assigned_attributes(tree) == []
    if path.name != "entities.py":
        assert calls_writer(tree) == (path.name in WRITERS)
