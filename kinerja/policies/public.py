from coordination.actors.actor import DINAS, PUSAT, UPT
from coordination.actors.models import Role
from coordination.actors.policies.base import Policy

from ..models import Period, RaporColour, RulePack, Tally, TallyChange, TallyRun

READERS = (*PUSAT, *UPT, *DINAS, Role.PENGAWAS, Role.KEPSEK)
"""Who reads counts: offices over their area, a pengawas and a principal over their schools (PK-12)."""


class _Public:
    """National data: everybody reads, Pusat's admins change."""

    rules = {
        "view": lambda actor, row: True,
        "change": lambda actor, row: actor.role == Role.PUSAT_ADMIN,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows


class RulePackPolicy(_Public, Policy):
    model = RulePack


class PeriodPolicy(_Public, Policy):
    model = Period


class TallyRunPolicy(_Public, Policy):
    model = TallyRun


class RaporColourPolicy(Policy):
    """Written by the school (an operator prepares too), read by whoever sees the school."""

    model = RaporColour
    rules = {
        "view": lambda actor, row: actor.covers(row.path) and actor.role != Role.MITRA_STAFF,
        "write": lambda actor, row: actor.role in {Role.KEPSEK, Role.OPERATOR} and actor.acting.path == row.path,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.none() if actor.role == Role.MITRA_STAFF else rows


class TallyPolicy(Policy):
    model = Tally
    rules = {"view": lambda actor, row: actor.role in READERS and _reads(actor, row)}

    @classmethod
    def visible_to(cls, actor, rows):
        if actor.role not in READERS:
            return rows.none()
        return rows.filter(jenjang="smk") if actor.is_vocational else rows


def _reads(actor, row) -> bool:
    return actor.covers(row.path) and (not actor.is_vocational or row.jenjang == "smk")


class TallyChangePolicy(Policy):
    """Between two countings; shown to nobody."""

    model = TallyChange
    rules = {"view": lambda actor, row: False}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.none()
