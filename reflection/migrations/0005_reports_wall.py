from django.db import migrations

from coordination.actors.tenancy.enclose import OFFICE, Enclose
from coordination.actors.tenancy.scope import ROLES

REPORT = {"report_id": "reflection_report"}
COMPONENT = REPORT | {"component_id": "reflection_component"}
PRIORITY = REPORT | {"priority_id": "reflection_priority"}
# Pusat reads what was sent, never what is being written.
DRAFT = {"kind": OFFICE, "grant_column": "report_id", "closed_to": ("portal_nat",)}
SENT = {"kind": OFFICE, "grant_column": "report_id", "parents": REPORT, "history": True}


class Migration(migrations.Migration):
    dependencies = [("reflection", "0004_reports")]

    operations = [
        Enclose("Report", kind=OFFICE, parents={"id": "reflection_obligation"}, grant_column="id", history=True),
        # A report has the key of its duty, so whoever is granted the one reads the other.
        migrations.RunSQL(
            "CREATE POLICY portal_grant ON reflection_obligation TO portal_grant "
            "USING (id = ANY(current_setting('app.ids')::bigint[])); "
            "GRANT SELECT ON reflection_obligation TO portal_grant",
            "DROP POLICY portal_grant ON reflection_obligation; "
            "REVOKE SELECT ON reflection_obligation FROM portal_grant",
        ),
        Enclose("Collaborator", **SENT),
        Enclose("Component", parents=REPORT, **DRAFT),
        Enclose("Priority", parents=COMPONENT, **DRAFT),
        Enclose("Source", parents=PRIORITY, **DRAFT),
        Enclose("ReportVersion", **SENT),
        Enclose("ReportedPriority", kind=OFFICE, parents=REPORT, grant_column="report_id"),
        Enclose("Decision", **SENT),
        migrations.RunSQL(
            [
                f"REVOKE UPDATE, DELETE ON reflection_reportversion, reflection_decision FROM {', '.join(ROLES)}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
