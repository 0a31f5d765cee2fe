from django.db import migrations

from coordination.actors.tenancy.enclose import OFFICE, TERRITORY, Enclose

SESSION = {"session_id": "reflection_session"}


def held_by(table: str, columns: str, parent: str, parent_columns: str) -> migrations.RunSQL:
    """A key over more than the id: a plain one would accept a stranger's row."""
    name = f"{table}_{columns.split(',')[0]}_held"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {parent} ({parent_columns})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("reflection", "0006_sessions"), ("kombel", "0002_wall")]

    operations = [
        Enclose("Session", kind=OFFICE, parents={"upt_id": "actors_organisation"}, history=True),
        Enclose("Facilitator", kind=OFFICE, parents=SESSION, history=True),
        Enclose("ChecklistItem", kind=OFFICE, parents=SESSION, history=True),
        Enclose("Note", kind=OFFICE, parents=SESSION, history=True),
        Enclose("Undangan", kind=TERRITORY, parents={"kombel_id": "kombel_kombel"}, history=True),
        Enclose("Feedback", kind=TERRITORY, parents={"undangan_id": "reflection_undangan"}, history=True),
        Enclose("Rtl", kind=TERRITORY, parents={"undangan_id": "reflection_undangan"}, history=True),
        Enclose("RtlItem", kind=TERRITORY, parents={"rtl_id": "reflection_rtl"}, history=True),
        # A letter names the UPT that holds the session, and no other.
        held_by("reflection_undangan", "session_id, upt_path", "reflection_session", "id, path"),
        held_by("reflection_undangan", "upt_id, upt_path", "actors_organisation", "id, path"),
        # A note speaks only for a community that was invited to its session.
        held_by("reflection_note", "session_id, kombel_id", "reflection_undangan", "session_id, kombel_id"),
        # A mitigation answers a risk of its own session.
        held_by("reflection_note", "risk_id, session_id", "reflection_note", "id, session_id"),
    ]
