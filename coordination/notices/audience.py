"""Who a notice goes to, said without reading anybody's row."""

from dataclasses import dataclass

from coordination.actors.actor import PUSAT
from coordination.actors.tenancy import paths


@dataclass(frozen=True, slots=True)
class Audience:
    """One group of recipients; pass several to `notify` to reach their union, each person once.

    users            these people, by id
    roles            present memberships with one of these roles, and exactly one place beside it:
      organisation   an office, by id
      path           exactly this path: a school, a kombel's school, an office
      over           the offices that answer for this path: its Dinas, the UPT of its province, Pusat
      reaching       memberships that reach this path (`Reach`): a kombel's penggerak, a school's pengawas
    Roles of Pusat need no place.
    """

    users: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    organisation: int | None = None
    path: str = ""
    over: str = ""
    reaching: str = ""

    def __post_init__(self) -> None:
        places = [place for place in (self.organisation, self.path, self.over, self.reaching) if place]
        if self.roles and not places and not set(self.roles) <= set(PUSAT):
            raise ValueError("roles outside Pusat need a place")
        if len(places) > 1 or (places and not self.roles):
            raise ValueError("a place needs roles, and an audience has one place")
        if not self.roles and not self.users:
            raise ValueError("an audience needs users or roles")
        for path in (self.path, self.over, self.reaching):
            if path:
                paths.check(path)

    def as_json(self) -> dict:
        """The form in which `portal_notify` reads it."""
        return {
            "users": list(self.users),
            "roles": [str(role) for role in self.roles],
            "organisation": self.organisation,
            "path": self.path,
            "over": self.over,
            "reaching": self.reaching,
        }
