from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan
from quotesmith.speakers.entities import MOST_MEMBERS, EntityDraft, EntityTable, name_forms


def span(start: int) -> tuple[TextSpan, ...]:
    return (TextSpan(start, start + 1),)


def test_ids_follow_the_text() -> None:
    roster = EntityTable()
    late, early = (roster.add(EntityDraft(name, EntityKind.PERSON)) for name in ("late", "early"))
    roster.mention(span(5), MentionForm.NAME, late)
    roster.mention(span(1), MentionForm.NAME, early)
    numbering = roster.number([])
    assert [(entity.id, entity.name) for entity in numbering.entities] == [("e0", "early"), ("e1", "late")]
    assert [(m.id, m.entity) for m in numbering.mentions] == [("m0", "e0"), ("m1", "e1")]


def test_members_of_a_group_have_ids_too() -> None:
    roster = EntityTable()
    one, other = (roster.add(EntityDraft(name, EntityKind.PERSON)) for name in ("Ann", "Bo"))
    roster.mention(span(0), MentionForm.PRONOUN, roster.add_group((one, other)))
    group, *members = roster.number([]).entities
    assert group.name == "Ann and Bo"
    assert group.members == tuple(member.id for member in members)


def test_entity_that_nobody_mentions_has_no_id() -> None:
    roster = EntityTable()
    roster.add(EntityDraft("nobody", EntityKind.PERSON))
    assert roster.number([]).entities == ()


def test_same_members_are_one_group() -> None:
    roster = EntityTable()
    one, other = (roster.add(EntityDraft(name, EntityKind.PERSON)) for name in ("Ann", "Bo"))
    assert roster.add_group((one, other)) == roster.add_group((other, one))
    assert roster.members(roster.add_group((one, other))) == (one, other)
    assert roster.members(one) == (one,)


def test_one_place_has_one_mention() -> None:
    roster = EntityTable()
    one, other = (roster.add(EntityDraft(name, EntityKind.PERSON)) for name in ("Ann", "Bo"))
    assert roster.mention(span(0), MentionForm.NAME, one) == roster.mention(span(0), MentionForm.NAME, other)
    assert [mention.entity for mention in roster.mentions] == [other]


def test_first_gender_is_kept_and_bodies_have_none() -> None:
    roster = EntityTable()
    person, body = (
        roster.add(EntityDraft("Ann", EntityKind.PERSON)),
        roster.add(EntityDraft("Acme", EntityKind.ORGANIZATION)),
    )
    for gender in (Gender.FEMININE, Gender.MASCULINE):
        roster.learn_gender(person, gender)
        roster.learn_gender(body, gender)
    assert [draft.gender for draft in roster.drafts] == [Gender.FEMININE, None]


def test_fullest_form_is_the_name() -> None:
    assert name_forms(["Holm", "KARL B HOLM", "Karl Holm", "Holm"]) == ("Karl Holm", ("Holm", "KARL B HOLM"))


def test_a_long_list_speaks_as_one() -> None:
    roster = EntityTable()
    people = [roster.add(EntityDraft(f"p{number}", EntityKind.PERSON)) for number in range(MOST_MEMBERS + 1)]
    listed, several = roster.add_group(people), roster.add_group(people[1:])
    assert roster.members(listed) == (listed,)
    assert roster.members(several) == tuple(people[1:])
