from guardian.models import UserObjectPermission

from coordination.actors.models import User


def granted_report_ids(user: User) -> list[int]:
    """The reports a person was registered for as PJ or collaborator (RF-7), from django-guardian's rows."""
    rows = _grants(user).values_list("object_pk", flat=True)
    return [int(key) for key in rows]


def may_write(user: User, report_id: int) -> bool:
    """Whether a person holds the grant for one report."""
    return _grants(user).filter(object_pk=str(report_id)).exists()


def _grants(user: User):
    return UserObjectPermission.objects.filter(
        user=user, permission__codename="edit_report", content_type__app_label="reflection"
    )
