"""One policy per model answers both questions: may this actor do it, and which rows do they see?

What is missing raises, never permits.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from ..actor import Actor
from ..errors import NotAllowed

_policies: dict[type[Model], type["Policy"]] = {}


class Policy:
    """Base of all policies; a subclass names its `model` and a rule for each action.

    A rule takes (actor, obj) and says yes or no; for "create" the object is where it is to stand (or None).
    `visible_to` must agree with the rule "view" (tests/test_policies.py holds that over the whole cast).
    """

    model: type[Model]
    rules: dict[str, Callable[[Actor, Any], bool]] = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        _policies[cls.model] = cls

    @classmethod
    def visible_to(cls, actor: Actor, rows: QuerySet) -> QuerySet:
        """Rows the actor may see. The wall already holds the area, so its range is not repeated here."""
        raise LookupError(f"{cls.__name__} does not say who sees its rows")

    @classmethod
    def may(cls, actor: Actor, action: str, obj=None) -> bool:
        rule = cls.rules[action]
        return actor.acting is not None and bool(rule(actor, obj))

    @classmethod
    def require(cls, actor: Actor, action: str, obj=None) -> None:
        """Raise NotAllowed unless the actor may."""
        if not cls.may(actor, action, obj):
            raise NotAllowed(owner=cls.owner_of(obj))

    @classmethod
    def owner_of(cls, obj) -> str:
        """Name of the office or school that answers for an object, for the 403 page; may be empty."""
        return ""


def policy_for(model: type[Model]) -> type[Policy]:
    """The policy of a model; raises LookupError when it has none, so nothing is open by omission."""
    found = _policies.get(model._meta.concrete_model or model)
    if found is None:
        raise LookupError(f"{model._meta.label} has no policy")
    return found


def may(actor: Actor, action: str, obj) -> bool:
    return policy_for(type(obj)).may(actor, action, obj)


def require(actor: Actor, action: str, obj) -> None:
    policy_for(type(obj)).require(actor, action, obj)


def all_policies() -> dict[type[Model], type[Policy]]:
    return dict(_policies)
