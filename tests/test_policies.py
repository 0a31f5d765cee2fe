"""`may("view")` and `visible_to` say the same, for every model, every row of the test world and the whole cast."""

from django.db import connection

from coordination.actors.policies import all_policies
from tests.cast import PEOPLE


def rows_of(model) -> list:
    """All rows as the owner sees them, with what a rule may ask of them loaded before the scope begins."""
    parents = [field.name for field in model._meta.fields if field.is_relation and not field.null]
    return list(model._base_manager.select_related(*parents))


def disagreements(name: str, cast, policies: dict, everything: dict) -> list[str]:
    """Rows of which one answer says yes and the other no, as one person of the cast."""
    actor = cast.actor(name)
    wrong = []
    with actor.entered():
        for model, policy in policies.items():
            shown = set()
            if actor.acting is not None:
                shown = set(policy.visible_to(actor, model._default_manager.all()).values_list("pk", flat=True))
            for row in everything[model]:
                may = policy.may(actor, "view", row)
                if may != (row.pk in shown):
                    wrong.append(f"{name}: {model._meta.label} {row.pk} at {getattr(row, 'path', '')}, may={may}")
    return wrong


def test_may_view_agrees_with_visible_to(made, cast):
    policies = {model: policy for model, policy in all_policies().items() if "view" in policy.rules}
    everything = {model: rows_of(model) for model in policies}
    wrong = [line for name in PEOPLE for line in disagreements(name, cast, policies, everything)]
    assert not wrong, "\n".join(wrong[:30])


def test_every_policy_says_who_views():
    assert not [policy.__name__ for policy in all_policies().values() if "view" not in policy.rules]


def test_a_person_without_a_role_may_nothing(cast):
    outsider = cast.actor("outsider")
    for model, policy in all_policies().items():
        for action in policy.rules:
            assert not policy.may(outsider, action, model())


def test_the_wall_is_up_while_policies_are_compared(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity")
        assert cursor.fetchone()[0] > 5
