from django.db import migrations

from coordination.actors.tenancy.enclose import EMPLOYEE, TERRITORY, Enclose
from coordination.actors.tenancy.scope import ROLES
from kinerja.counting import COUNT, COUNT_NO_MORE, FOLD, FOLD_NO_MORE, FREEZE, FREEZE_NO_MORE

PLAN = {"plan_id": "kinerja_plan"}
PART = {"kind": EMPLOYEE, "parents": PLAN}
ABOVE = tuple(role for role in ROLES if role != "portal_system")
WRITTEN_ONCE = "kinerja_planversion, kinerja_planevent"


class Migration(migrations.Migration):
    dependencies = [("kinerja", "0001_initial")]

    operations = [
        Enclose("Plan", kind=EMPLOYEE, places={"school_id": "actors_school"}),
        Enclose("Section", **PART),
        Enclose("PlanVersion", **PART),
        Enclose("PlanEvent", **PART),
        Enclose("PlanItem", **PART),
        Enclose("Evidence", kind=EMPLOYEE, parents=PLAN | {"item_id": "kinerja_planitem"}),
        Enclose("Observation", **PART),
        Enclose("Assessment", **PART),
        Enclose("Rating", kind=EMPLOYEE, parents=PLAN | {"assessment_id": "kinerja_assessment"}),
        Enclose("SkpDelivery", **PART),
        Enclose("RaporColour", kind=TERRITORY, parents={"school_id": "actors_school"}, history=True),
        # Nobody writes a count: triggers and kinerja_fold do (kinerja.counting).
        Enclose("Tally", kind=TERRITORY, read_only=True),
        Enclose("TallyChange", kind=TERRITORY, read_only=True, closed_to=ABOVE),
        migrations.RunSQL(
            [f"REVOKE UPDATE, DELETE ON {WRITTEN_ONCE} FROM {', '.join(ROLES)}", COUNT, FOLD, FREEZE],
            [FREEZE_NO_MORE, FOLD_NO_MORE, COUNT_NO_MORE],
        ),
    ]
