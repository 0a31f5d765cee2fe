from django.db import migrations

from coordination.actors.tenancy import history, invitation, lookup
from coordination.actors.tenancy.enclose import OFFICE, TERRITORY, Enclose
from coordination.actors.tenancy.paths import GRAMMAR

PLACES = {"school_id": "actors_school", "organisation_id": "actors_organisation"}

FUNCTIONS = (
    "portal_memberships(bigint)",
    "portal_invitation(bigint)",
    "portal_accept_invitation(bigint, bigint, date)",
)


def only_the_portal(function: str) -> migrations.RunSQL:
    """Let the portal's own roles run a function of the owner, and nobody else."""
    return migrations.RunSQL(
        f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC; "
        f"GRANT EXECUTE ON FUNCTION {function} TO portal_login, portal_worker, portal_shared",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE actors_organisation ADD CONSTRAINT actors_organisation_id_path UNIQUE (id, path)",
            "ALTER TABLE actors_organisation DROP CONSTRAINT actors_organisation_id_path",
        ),
        migrations.RunSQL(history.CREATE, history.DROP),
        Enclose("Change", kind=OFFICE, read_only=True),
        Enclose("School", kind=TERRITORY, history=True),
        Enclose("Membership", kind=OFFICE, parents=PLACES, history=True),
        Enclose("Reach", kind=OFFICE, parents={"membership_id": "actors_membership"}, history=True),
        # A school that moves takes along whoever was given it.
        migrations.RunSQL(
            "ALTER TABLE actors_reach ADD CONSTRAINT actors_reach_target_wall FOREIGN KEY (school_id, target) "
            "REFERENCES actors_school (id, path) ON UPDATE CASCADE",
            "ALTER TABLE actors_reach DROP CONSTRAINT actors_reach_target_wall",
        ),
        # These two columns become settings of somebody's scope, so they follow the grammar as `path` does.
        migrations.RunSQL(
            f"ALTER TABLE actors_reach ADD CONSTRAINT actors_reach_target CHECK (target ~ '{GRAMMAR}'); "
            f"ALTER TABLE actors_organisation ADD CONSTRAINT actors_organisation_path CHECK (path ~ '{GRAMMAR}')",
            "ALTER TABLE actors_reach DROP CONSTRAINT actors_reach_target; "
            "ALTER TABLE actors_organisation DROP CONSTRAINT actors_organisation_path",
        ),
        Enclose("Invitation", kind=OFFICE, parents=PLACES, history=True),
        migrations.RunSQL(lookup.CREATE, lookup.DROP),
        migrations.RunSQL(invitation.CREATE, invitation.DROP),
        *[only_the_portal(function) for function in FUNCTIONS],
    ]
