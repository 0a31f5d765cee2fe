"""The API of sessions and their notes: the same doors and the same services as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response

from kombel.models import Kombel

from ..models import Cycle, Note, Session, Undangan
from ..policies import SessionPolicy
from ..selectors.sessions import sessions, with_counts
from ..services import sessions as service
from ..services.invitations import invite_kombel, mark_attendance
from ..services.notes import change_note, remove_note, write_note
from .base import ActorView, IdField


class SessionSerializer(serializers.ModelSerializer):
    """A session with what its line says in numbers; dates and times are local to the UPT (`time_zone`)."""

    upt: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    cycle: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    mode = serializers.CharField()
    state = serializers.CharField()
    invited = serializers.IntegerField()
    present = serializers.IntegerField()
    written = serializers.IntegerField()
    rtl_missing = serializers.IntegerField()

    class Meta:
        model = Session
        fields = [
            "id", "upt", "cycle", "title", "held_on", "starts", "ends", "time_zone", "mode", "place", "rtl_due_on",
            "state", "state_reason", "version", "invited", "present", "written", "rtl_missing",
        ]  # fmt: skip


class SessionPlanSerializer(serializers.Serializer):
    """When, where and what; without `rtl_due_on` the usual day is taken."""

    title = serializers.CharField(max_length=160)
    cycle = serializers.SlugRelatedField("code", queryset=Cycle.objects.all())
    held_on = serializers.DateField()
    starts = serializers.TimeField()
    ends = serializers.TimeField()
    mode = serializers.ChoiceField(choices=Session.Mode.choices)
    place = serializers.CharField(max_length=300)
    rtl_due_on = serializers.DateField(required=False, allow_null=True, default=None)
    token = serializers.UUIDField(required=False)


class SessionChangeSerializer(serializers.Serializer):
    """What is to change, based on a version; everything else stays."""

    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=160, required=False)
    held_on = serializers.DateField(required=False)
    starts = serializers.TimeField(required=False)
    ends = serializers.TimeField(required=False)
    mode = serializers.ChoiceField(choices=Session.Mode.choices, required=False)
    place = serializers.CharField(max_length=300, required=False)
    rtl_due_on = serializers.DateField(required=False)


class MoveSerializer(serializers.Serializer):
    """A step of the session's life; cancel and resume need a reason."""

    change = serializers.ChoiceField(choices=[(name, step.label) for name, step in Session.TRANSITIONS.items()])
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class LettersSerializer(serializers.Serializer):
    kombel = serializers.ListField(child=IdField(), max_length=2000)


class SentSerializer(serializers.Serializer):
    sent = serializers.IntegerField()


class AttendanceSerializer(serializers.Serializer):
    """Of the letters `shown`, those that were `present`."""

    shown = serializers.ListField(child=IdField(), max_length=2000)
    present = serializers.ListField(child=IdField(), max_length=2000)


class NoteSerializer(serializers.ModelSerializer):
    prompt = serializers.CharField()
    source_kind = serializers.CharField()

    class Meta:
        model = Note
        fields = [
            "id", "session", "prompt", "text", "solution", "risk", "kombel", "kombel_name", "source_kind", "source_id",
            "source_part", "version", "created_at", "updated_at",
        ]  # fmt: skip


class NoteChangeSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    text = serializers.CharField(max_length=2000)
    solution = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    undangan = IdField(required=False, allow_null=True, default=None)
    risk = IdField(required=False, allow_null=True, default=None)


class NoteWriteSerializer(serializers.Serializer):
    """A note; `undangan` names the community that said it, `risk` the note a mitigation answers."""

    prompt = serializers.ChoiceField(choices=Note.Prompt.choices)
    text = serializers.CharField(max_length=2000)
    solution = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    undangan = IdField(required=False, allow_null=True, default=None)
    risk = IdField(required=False, allow_null=True, default=None)
    token = serializers.UUIDField(required=False)


class SessionList(ActorView, generics.ListAPIView):
    """The sessions the caller sees, newest first."""

    queryset = Session.objects.none()
    serializer_class = SessionSerializer

    def get_queryset(self):
        return sessions(self.actor)

    @extend_schema(request=SessionPlanSerializer, responses={201: SessionSerializer}, summary="Buat sesi")
    def post(self, request):
        SessionPolicy.require(self.actor, "create")
        data = self.given(SessionPlanSerializer)
        token = data.pop("token", None)
        rows = Session.objects.visible_to(self.actor)
        made = self.once(token, rows, lambda: service.plan_session(actor=self.actor, **data))
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    def shown(self, session: Session) -> dict:
        return SessionSerializer(with_counts(Session.objects.filter(pk=session.pk)).get()).data


class OfSession(ActorView):
    """A view of one session; `own` is the door of those who hold it."""

    def own(self, pk: int) -> Session:
        session = self.door(Session.objects.visible_to(self.actor).select_related("cycle", "upt"), pk)
        SessionPolicy.require(self.actor, "change", session)
        return session

    def shown(self, pk: int) -> Response:
        rows = with_counts(Session.objects.visible_to(self.actor).select_related("cycle", "upt"))
        return Response(SessionSerializer(self.door(rows, pk)).data)


class SessionOne(OfSession):
    @extend_schema(responses=SessionSerializer, summary="Satu sesi")
    def get(self, request, pk: int):
        return self.shown(pk)

    @extend_schema(request=SessionChangeSerializer, responses=SessionSerializer, summary="Ubah sesi")
    def patch(self, request, pk: int):
        session = self.own(pk)
        service.change_session(actor=self.actor, session=session, **self.given(SessionChangeSerializer))
        return self.shown(pk)


class SessionState(OfSession):
    @extend_schema(request=MoveSerializer, responses=SessionSerializer, summary="Ubah keadaan sesi")
    def post(self, request, pk: int):
        session, data = self.own(pk), self.given(MoveSerializer)
        reason = {"reason": data["reason"]} if Session.TRANSITIONS[data["change"]].needs_reason else {}
        getattr(service, f"{data['change']}_session")(actor=self.actor, session=session, **reason)
        return self.shown(pk)


class SessionInvite(OfSession):
    @extend_schema(request=LettersSerializer, responses={201: SentSerializer}, summary="Undang komunitas")
    def post(self, request, pk: int):
        session, data = self.own(pk), self.given(LettersSerializer)
        chosen = Kombel.objects.visible_to(self.actor).filter(pk__in=data["kombel"])
        sent = invite_kombel(actor=self.actor, session=session, kombel=chosen)
        return Response({"sent": sent}, status=status.HTTP_201_CREATED)


class SessionAttendance(OfSession):
    @extend_schema(request=AttendanceSerializer, responses=SessionSerializer, summary="Catat kehadiran")
    def post(self, request, pk: int):
        mark_attendance(actor=self.actor, session=self.own(pk), **self.given(AttendanceSerializer))
        return self.shown(pk)


class NoteParts(OfSession):
    """Turns the ids in a note into rows of its session."""

    def parts(self, session: Session, data: dict) -> dict:
        letter, risk = data.pop("undangan"), data.pop("risk")
        if letter is not None:
            data["undangan"] = self.door(Undangan.objects.filter(session=session).select_related("kombel"), letter)
        if risk is not None:
            data["risk"] = self.door(Note.objects.filter(session=session), risk)
        return data


class SessionNotes(NoteParts, generics.ListAPIView):
    """The notes of one session of the caller's UPT."""

    queryset = Note.objects.none()
    serializer_class = NoteSerializer

    def get_queryset(self):
        return Note.objects.filter(session=self.own(self.kwargs["pk"])).order_by("id")

    @extend_schema(request=NoteWriteSerializer, responses={201: NoteSerializer}, summary="Tulis catatan")
    def post(self, request, pk: int):
        session, data = self.own(pk), self.given(NoteWriteSerializer)
        token = data.pop("token", None)
        parts = self.parts(session, data)
        rows = Note.objects.filter(session=session)
        note = self.once(token, rows, lambda: write_note(actor=self.actor, session=session, **parts))
        return Response(NoteSerializer(note).data, status=status.HTTP_201_CREATED)


class NoteOne(NoteParts):
    @extend_schema(request=NoteChangeSerializer, responses=NoteSerializer, summary="Ubah catatan")
    def patch(self, request, pk: int):
        note = self.note(pk)
        data = self.parts(note.session, self.given(NoteChangeSerializer))
        return Response(NoteSerializer(change_note(actor=self.actor, note=note, **data)).data)

    @extend_schema(responses={204: None}, summary="Hapus catatan")
    def delete(self, request, pk: int):
        remove_note(actor=self.actor, note=self.note(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def note(self, pk: int) -> Note:
        return self.door(Note.objects.visible_to(self.actor).select_related("session__upt", "risk"), pk)
