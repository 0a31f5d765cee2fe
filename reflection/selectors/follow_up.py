"""Letters and follow-up plans, as their lists show them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from coordination.actors.actor import Actor

from ..models import Rtl, RtlItem, Undangan


def letters(actor: Actor) -> QuerySet[Undangan]:
    """The letters of the communities the actor may see, newest session first, with `entries` of feedback."""
    rows = Undangan.objects.visible_to(actor).exclude(state=Undangan.State.DITARIK)
    return rows.select_related("kombel", "rtl").annotate(entries=Count("feedback")).order_by("-held_on", "-id")


def plans(
    actor: Actor, *, state: str = "", session: int | None = None, late: bool = False, search: str = ""
) -> QuerySet[Rtl]:
    """Follow-up plans the actor may see, the earliest due first, with `items_all`, `items_done` and `items_late`."""
    today = actor.today()
    rows = Rtl.objects.visible_to(actor).select_related("undangan__kombel")
    if state:
        rows = rows.filter(state=state)
    if session:
        rows = rows.filter(undangan__session_id=session)
    if search:
        rows = rows.filter(undangan__kombel__name_key__contains=search.lower())
    overdue = RtlItem.objects.filter(rtl=OuterRef("pk"), due_on__lt=today).exclude(progress=RtlItem.Progress.SELESAI)
    if late:
        rows = rows.filter(Q(state=Rtl.State.DRAF, due_on__lt=today) | Q(Exists(overdue), state=Rtl.State.DIKIRIM))
    done = Q(items__progress=RtlItem.Progress.SELESAI)
    return rows.annotate(
        items_all=Count("items"),
        items_done=Count("items", filter=done),
        items_late=Count("items", filter=Q(items__due_on__lt=today) & ~done),
    ).order_by("due_on", "id")
