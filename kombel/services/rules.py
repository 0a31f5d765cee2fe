from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.keeping import forget

from ..models import PmmCheck, RulePack
from ..policies import RulePackPolicy
from ..selectors.rules import CACHE_KEY, read_rules


def save_rule_pack(*, actor: Actor, pack: RulePack) -> RulePack:
    """Save a pack that is complete; raises Refusal naming what is wrong, NotAllowed for all but Pusat."""
    RulePackPolicy.require(actor, "change", pack)
    check_rules(pack.rules)
    with transaction.atomic():
        pack.save()
        # The cache forgets by itself within minutes, so one that is away must not spoil the answer.
        transaction.on_commit(forget_rules, robust=True)
    return pack


def forget_rules() -> None:
    forget()
    cache.delete(CACHE_KEY)


def check_rules(data: dict) -> None:
    """Raise Refusal unless the JSON holds every rule of docs/kombel.md."""
    try:
        rules = read_rules(data)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Refusal(
            _("Paket aturan belum lengkap: %(problem)s.") % {"problem": problem},
            mend=_("Salin paket yang berlaku, lalu ubah angkanya."),
        ) from problem
    unknown = set(rules.pmm.of) - set(PmmCheck.Training.values)
    if unknown:
        raise Refusal(_("Pelatihan tidak dikenal: %(names)s.") % {"names": ", ".join(sorted(unknown))})
