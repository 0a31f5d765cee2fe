"""The API of letters, feedback and follow-up plans: the same doors and the same services as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response

from ..models import Feedback, Rtl, RtlItem, Undangan
from ..policies import RtlPolicy, UndanganPolicy
from ..selectors.follow_up import letters, plans
from ..services.feedback import change_feedback, record_feedback, remove_feedback
from ..services.invitations import answer_invitation, withdraw_invitation
from ..services.rtl import add_rtl_item, change_rtl_item, record_progress, remove_rtl_item, reopen_rtl, send_rtl
from .base import ActorView


class UndanganSerializer(serializers.ModelSerializer):
    """A letter with the community's own copy of what the session is."""

    kombel_name = serializers.CharField(source="kombel.name")
    mode = serializers.CharField()
    state = serializers.CharField()
    session_state = serializers.CharField()

    class Meta:
        model = Undangan
        fields = [
            "id", "kombel", "kombel_name", "upt_name", "title", "held_on", "starts", "ends", "time_zone", "mode",
            "place", "rtl_due_on", "session_state", "session_reason", "moved_at", "state", "answer_note",
            "answered_at", "sent_at",
        ]  # fmt: skip


class AnswerSerializer(serializers.Serializer):
    """Whether the community comes; a "no" needs its reason in `note`."""

    coming = serializers.BooleanField()
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class FeedbackSerializer(serializers.ModelSerializer):
    giver = serializers.CharField()

    class Meta:
        model = Feedback
        fields = [
            "id", "undangan", "giver", "people", "impact_pupils", "impact_teachers", "proposals", "version",
            "created_at", "updated_at",
        ]  # fmt: skip


class FeedbackFields(serializers.Serializer):
    giver = serializers.ChoiceField(choices=Feedback.Giver.choices)
    people = serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True, default=None)
    impact_pupils = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    impact_teachers = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    proposals = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class FeedbackWriteSerializer(FeedbackFields):
    """What one group said on the three topics (RF-1); at least one is filled."""

    token = serializers.UUIDField(required=False)


class FeedbackChangeSerializer(FeedbackFields):
    version = serializers.IntegerField(min_value=1)


class RtlItemSerializer(serializers.ModelSerializer):
    progress = serializers.CharField()

    class Meta:
        model = RtlItem
        fields = [
            "id", "activity", "aim", "responsible", "due_on", "indicator", "support", "progress", "progress_note",
            "version", "updated_at",
        ]  # fmt: skip


class RtlSerializer(serializers.ModelSerializer):
    """A follow-up plan with its activities in numbers."""

    kombel = serializers.IntegerField(source="undangan.kombel_id")
    kombel_name = serializers.CharField(source="undangan.kombel.name")
    title = serializers.CharField(source="undangan.title")
    upt_name = serializers.CharField(source="undangan.upt_name")
    state = serializers.CharField()
    items_all = serializers.IntegerField()
    items_done = serializers.IntegerField()
    items_late = serializers.IntegerField()

    class Meta:
        model = Rtl
        fields = [
            "id", "undangan", "kombel", "kombel_name", "title", "upt_name", "due_on", "state", "sent_at", "on_behalf",
            "items_all", "items_done", "items_late",
        ]  # fmt: skip


class RtlDetailSerializer(RtlSerializer):
    items = RtlItemSerializer(many=True)

    class Meta(RtlSerializer.Meta):
        fields = [*RtlSerializer.Meta.fields, "items"]


class RtlItemFields(serializers.Serializer):
    activity = serializers.CharField(max_length=300)
    aim = serializers.CharField(max_length=500)
    responsible = serializers.CharField(max_length=160)
    due_on = serializers.DateField()
    indicator = serializers.CharField(max_length=500)
    support = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class RtlItemWriteSerializer(RtlItemFields):
    """An activity in the set format (RF-5)."""

    token = serializers.UUIDField(required=False)


class RtlItemChangeSerializer(RtlItemFields):
    version = serializers.IntegerField(min_value=1)


class ProgressSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    progress = serializers.ChoiceField(choices=RtlItem.Progress.choices)
    progress_note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ReopenSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class UndanganList(ActorView, generics.ListAPIView):
    """The letters the caller sees: a penggerak's, a Dinas' area, a UPT's own sessions."""

    queryset = Undangan.objects.none()
    serializer_class = UndanganSerializer

    def get_queryset(self):
        return letters(self.actor)


class OfLetter(ActorView):
    def letter(self, pk: int) -> Undangan:
        return self.door(Undangan.objects.visible_to(self.actor).select_related("kombel"), pk)


class UndanganOne(OfLetter):
    @extend_schema(responses=UndanganSerializer, summary="Satu undangan")
    def get(self, request, pk: int):
        return Response(UndanganSerializer(self.letter(pk)).data)

    @extend_schema(responses={204: None}, summary="Tarik undangan")
    def delete(self, request, pk: int):
        withdraw_invitation(actor=self.actor, undangan=self.letter(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class UndanganAnswer(OfLetter):
    @extend_schema(request=AnswerSerializer, responses=UndanganSerializer, summary="Jawab undangan")
    def post(self, request, pk: int):
        undangan = self.letter(pk)
        UndanganPolicy.require(self.actor, "answer", undangan)
        answer_invitation(actor=self.actor, undangan=undangan, **self.given(AnswerSerializer))
        return Response(UndanganSerializer(self.letter(pk)).data)


class FeedbackList(OfLetter, generics.ListAPIView):
    """The feedback collected for one letter; read by the penggerak and the UPT."""

    queryset = Feedback.objects.none()
    serializer_class = FeedbackSerializer

    def get_queryset(self):
        undangan = self.letter(self.kwargs["pk"])
        return Feedback.objects.visible_to(self.actor).filter(undangan=undangan).order_by("id")

    @extend_schema(request=FeedbackWriteSerializer, responses={201: FeedbackSerializer}, summary="Tulis umpan balik")
    def post(self, request, pk: int):
        undangan = self.letter(pk)
        UndanganPolicy.require(self.actor, "answer", undangan)
        data = self.given(FeedbackWriteSerializer)
        token = data.pop("token", None)
        rows = Feedback.objects.filter(undangan=undangan)
        made = self.once(token, rows, lambda: record_feedback(actor=self.actor, undangan=undangan, **data))
        return Response(FeedbackSerializer(made).data, status=status.HTTP_201_CREATED)


class FeedbackOne(ActorView):
    @extend_schema(request=FeedbackChangeSerializer, responses=FeedbackSerializer, summary="Ubah umpan balik")
    def put(self, request, pk: int):
        feedback = self.feedback(pk)
        UndanganPolicy.require(self.actor, "answer", feedback.undangan)
        changed = change_feedback(actor=self.actor, feedback=feedback, **self.given(FeedbackChangeSerializer))
        return Response(FeedbackSerializer(changed).data)

    @extend_schema(responses={204: None}, summary="Hapus umpan balik")
    def delete(self, request, pk: int):
        remove_feedback(actor=self.actor, feedback=self.feedback(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def feedback(self, pk: int) -> Feedback:
        return self.door(Feedback.objects.visible_to(self.actor).select_related("undangan__kombel"), pk)


class RtlList(ActorView, generics.ListAPIView):
    """The follow-up plans the caller sees, the earliest due first."""

    queryset = Rtl.objects.none()
    serializer_class = RtlSerializer

    def get_queryset(self):
        return plans(self.actor)


class OfPlan(ActorView):
    def plan(self, pk: int) -> Rtl:
        return self.door(plans(self.actor).select_related("undangan__upt"), pk)

    def own(self, pk: int) -> Rtl:
        plan = self.plan(pk)
        RtlPolicy.require(self.actor, "write", plan)
        return plan

    def shown(self, pk: int) -> Response:
        return Response(RtlDetailSerializer(self.plan(pk)).data)


class RtlOne(OfPlan):
    @extend_schema(responses=RtlDetailSerializer, summary="Satu RTL dengan kegiatannya")
    def get(self, request, pk: int):
        return self.shown(pk)


class RtlItems(OfPlan):
    @extend_schema(request=RtlItemWriteSerializer, responses={201: RtlItemSerializer}, summary="Tambah kegiatan")
    def post(self, request, pk: int):
        plan, data = self.own(pk), self.given(RtlItemWriteSerializer)
        token = data.pop("token", None)
        rows = RtlItem.objects.filter(rtl=plan)
        made = self.once(token, rows, lambda: add_rtl_item(actor=self.actor, rtl=plan, **data))
        return Response(RtlItemSerializer(made).data, status=status.HTTP_201_CREATED)


class RtlSend(OfPlan):
    @extend_schema(request=None, responses=RtlDetailSerializer, summary="Kirim RTL")
    def post(self, request, pk: int):
        send_rtl(actor=self.actor, rtl=self.own(pk))
        return self.shown(pk)


class RtlReopen(OfPlan):
    @extend_schema(request=ReopenSerializer, responses=RtlDetailSerializer, summary="Buka lagi RTL")
    def post(self, request, pk: int):
        reopen_rtl(actor=self.actor, rtl=self.own(pk), **self.given(ReopenSerializer))
        return self.shown(pk)


class OfItem(ActorView):
    def item(self, pk: int) -> RtlItem:
        item = self.door(RtlItem.objects.visible_to(self.actor).select_related("rtl__undangan__kombel"), pk)
        RtlPolicy.require(self.actor, "write", item.rtl)
        return item


class RtlItemOne(OfItem):
    @extend_schema(request=RtlItemChangeSerializer, responses=RtlItemSerializer, summary="Ubah kegiatan")
    def put(self, request, pk: int):
        item = self.item(pk)
        changed = change_rtl_item(actor=self.actor, item=item, **self.given(RtlItemChangeSerializer))
        return Response(RtlItemSerializer(changed).data)

    @extend_schema(responses={204: None}, summary="Hapus kegiatan")
    def delete(self, request, pk: int):
        remove_rtl_item(actor=self.actor, item=self.item(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RtlItemProgress(OfItem):
    @extend_schema(request=ProgressSerializer, responses=RtlItemSerializer, summary="Catat kemajuan")
    def post(self, request, pk: int):
        item = self.item(pk)
        done = record_progress(actor=self.actor, item=item, **self.given(ProgressSerializer))
        return Response(RtlItemSerializer(done).data)
