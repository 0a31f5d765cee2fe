from django.db import migrations

from coordination.actors.tenancy.enclose import TERRITORY, Enclose

KOMBEL = {"kombel_id": "kombel_kombel"}


class Migration(migrations.Migration):
    dependencies = [("kombel", "0001_initial")]

    operations = [
        # A kombel inside a school stands at the school's path, and moves when the school moves.
        Enclose("Kombel", kind=TERRITORY, parents={"school_id": "actors_school"}, history=True),
        Enclose("Cluster", kind=TERRITORY, parents=KOMBEL, history=True),
        Enclose("Member", kind=TERRITORY, parents={**KOMBEL, "cluster_id": "kombel_cluster"}, history=True),
        Enclose("Leader", kind=TERRITORY, parents=KOMBEL, history=True),
        Enclose("Schedule", kind=TERRITORY, parents=KOMBEL, history=True),
        Enclose("Meeting", kind=TERRITORY, parents={**KOMBEL, "cluster_id": "kombel_cluster"}, history=True),
        Enclose(
            "Attendance",
            kind=TERRITORY,
            parents={"meeting_id": "kombel_meeting", "member_id": "kombel_member"},
            history=True,
        ),
        Enclose("MeetingReflection", kind=TERRITORY, parents={"meeting_id": "kombel_meeting"}, history=True),
        Enclose("Photo", kind=TERRITORY, parents={"meeting_id": "kombel_meeting"}, history=True),
        Enclose("ContactLog", kind=TERRITORY, parents=KOMBEL, history=True),
        Enclose("DutyMark", kind=TERRITORY, parents=KOMBEL, history=True),
        Enclose("PmmCheck", kind=TERRITORY, parents=KOMBEL, history=True),
    ]
