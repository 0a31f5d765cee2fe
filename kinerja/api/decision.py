"""The API of deciding about plans: the same door, selectors and services as the pages."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.actor import Actor
from coordination.actors.posting import once

from ..models import Plan, SectionCode
from ..selectors.queue import STATES, queue_rows, require_decider, waiting_since
from ..selectors.reading import Reading, reading_of
from ..services.decisions import approve_plan, return_plan
from ..views.common import door


class PlanRowSerializer(serializers.Serializer):
    """A plan as the queue shows it; `days` since it was sent."""

    id = serializers.IntegerField(source="plan.pk")
    owner = serializers.CharField(source="plan.owner.name")
    school = serializers.CharField(source="plan.school_name")
    period = serializers.CharField(source="plan.period.code")
    state = serializers.CharField(source="plan.state")
    version = serializers.IntegerField(source="plan.version")
    approved = serializers.IntegerField(source="plan.approved")
    points = serializers.IntegerField(source="plan.points")
    submitted_at = serializers.DateTimeField(source="plan.submitted_at", allow_null=True)
    days = serializers.IntegerField()
    late = serializers.BooleanField(source="is_late")


class LineSerializer(serializers.Serializer):
    """One line of a section; `name` is its heading."""

    name = serializers.CharField(source="label")
    words = serializers.ListField(child=serializers.CharField(allow_blank=True))
    points = serializers.IntegerField(allow_null=True)
    mark = serializers.CharField(allow_blank=True, help_text="ditambahkan, dihapus, diubah atau kosong")
    before = serializers.ListField(child=serializers.CharField(allow_blank=True))


class SentPartSerializer(serializers.Serializer):
    code = serializers.CharField()
    lines = LineSerializer(many=True)


class ReadingSerializer(serializers.Serializer):
    """The sent version in words; `since` is the version the marks compare with."""

    row = PlanRowSerializer()
    under_reason = serializers.CharField(allow_blank=True)
    change_reason = serializers.CharField(allow_blank=True)
    since = serializers.IntegerField()
    parts = SentPartSerializer(many=True)


class ApproveSerializer(serializers.Serializer):
    """`version` is the one that was read; `accept_under` accepts a total under the least with its reason."""

    token = serializers.UUIDField(required=False, allow_null=True, default=None)
    version = serializers.IntegerField(min_value=1, max_value=32767)
    accept_under = serializers.BooleanField(default=False)


class ReturnSerializer(serializers.Serializer):
    """`notes` by section; only the noted ones open again."""

    token = serializers.UUIDField(required=False, allow_null=True, default=None)
    version = serializers.IntegerField(min_value=1, max_value=32767)
    notes = serializers.DictField(child=serializers.CharField(max_length=1000, allow_blank=True))

    def validate_notes(self, notes: dict[str, str]) -> dict[str, str]:
        if unknown := set(notes) - set(SectionCode.values):
            raise serializers.ValidationError(f"{', '.join(sorted(unknown))}?")
        return notes


def _actor(request) -> Actor:
    return request._request.actor


class Queue(generics.ListAPIView):
    """Plans the caller decides about, oldest first."""

    queryset = Plan.objects.none()
    serializer_class = PlanRowSerializer

    @extend_schema(
        operation_id="kinerja_queue",
        summary="Rencana yang menunggu putusan",
        parameters=[OpenApiParameter("keadaan", enum=list(STATES), description="Bawaan: menunggu")],
    )
    def get(self, request, *args, **kwargs):
        require_decider(_actor(request))
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        state = self.request.query_params.get("keadaan", "menunggu")
        return queue_rows(_actor(self.request), state=state if state in STATES else "menunggu", period=None)

    def get_serializer(self, *args, **kwargs):
        if args:
            today = timezone.localdate()
            args = ([waiting_since(plan, today) for plan in args[0]], *args[1:])
        return super().get_serializer(*args, **kwargs)


class DecidedView(APIView):
    """A view of one plan that the caller sees and decides about."""

    def opened(self, pk: int) -> Plan:
        return door(self.request._request, pk, "decide")

    def given(self, serializer: type[serializers.Serializer]) -> dict:
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)

    def read(self, plan: Plan) -> Response:
        plan.refresh_from_db()
        reading: Reading = reading_of(plan)
        answer = {
            "row": waiting_since(plan, timezone.localdate()),
            "under_reason": plan.under_reason,
            "change_reason": plan.change_reason,
            "since": reading.since,
            "parts": reading.parts,
        }
        return Response(ReadingSerializer(answer).data)


class PlanOne(DecidedView):
    @extend_schema(responses=ReadingSerializer, summary="Rencana untuk diputuskan")
    def get(self, request, pk: int):
        return self.read(self.opened(pk))


class Approve(DecidedView):
    @extend_schema(request=ApproveSerializer, responses=ReadingSerializer, summary="Setujui")
    def post(self, request, pk: int):
        plan, data, actor = self.opened(pk), self.given(ApproveSerializer), _actor(request)
        wish = {"number": data["version"], "accept_under": data["accept_under"]}
        once(actor, data["token"], lambda: str(approve_plan(actor=actor, plan=plan, **wish).pk))
        return self.read(plan)


class Return(DecidedView):
    @extend_schema(request=ReturnSerializer, responses=ReadingSerializer, summary="Kembalikan dengan catatan")
    def post(self, request, pk: int):
        plan, data, actor = self.opened(pk), self.given(ReturnSerializer), _actor(request)
        wish = {"number": data["version"], "notes": data["notes"]}
        once(actor, data["token"], lambda: str(return_plan(actor=actor, plan=plan, **wish).pk))
        return self.read(plan)
