"""The API of observation and evidence: the same door and the same services as the pages."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.errors import Refusal
from coordination.actors.posting import once

from ..models import Evidence, Observation, PlanItem
from ..selectors.achievement import Achievement, achievement_of
from ..selectors.observations import observation_of, rubric_of
from ..services.evidence import MOST_UNITS, add_evidence, remove_evidence
from ..services.observations import take_step
from ..views.common import door
from ..views.execution_evidence import evidence_door, file_response

TOKEN_USED = "evidence:"


class RubricSerializer(serializers.Serializer):
    """A focus behaviour with what was seen; `score` is the index in the pack's scale, null before."""

    number = serializers.CharField()
    focus = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    level = serializers.CharField()
    note = serializers.CharField()


class ObservationSerializer(serializers.ModelSerializer):
    """The observation of a plan; `version` 0 says that no day was proposed yet."""

    class Meta:
        model = Observation
        fields = [
            "state", "held_on", "starts", "place", "proposed_by", "preparation", "observer_note", "observed_on",
            "observed_by", "follow_up", "improvement", "reflection", "version",
        ]  # fmt: skip


class ObservationPageSerializer(serializers.Serializer):
    observation = ObservationSerializer()
    rubric = RubricSerializer(many=True)


class ScoreSerializer(serializers.Serializer):
    score = serializers.IntegerField(min_value=0, max_value=20)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class StepSerializer(serializers.Serializer):
    """The fields of a step: `propose` a day; `observe` a rubric by number of the behaviour; the others one text."""

    version = serializers.IntegerField(min_value=0, max_value=100_000)
    held_on = serializers.DateField(required=False)
    starts = serializers.TimeField(required=False, allow_null=True)
    place = serializers.CharField(max_length=120, required=False, allow_blank=True)
    preparation = serializers.CharField(max_length=2000, required=False)
    rubric = serializers.DictField(child=ScoreSerializer(), required=False)
    observed_on = serializers.DateField(required=False)
    observer_note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    follow_up = serializers.CharField(max_length=2000, required=False)
    improvement = serializers.CharField(max_length=2000, required=False)
    reflection = serializers.CharField(max_length=2000, required=False)


class EvidenceSerializer(serializers.ModelSerializer):
    """A piece of evidence; `units` counts single activities or works. A withdrawn one has no file any more."""

    rhk = serializers.IntegerField(source="item.number")
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = [
            "id", "rhk", "kind", "title", "units", "done_on", "has_file", "size", "link", "note", "added_at",
            "removed_at", "removed_because",
        ]  # fmt: skip

    def get_has_file(self, evidence) -> bool:
        return bool(evidence.file) and evidence.removed_at is None


class AchievementSerializer(serializers.Serializer):
    """An RHK with units, full packages and points achieved against the plan."""

    rhk = serializers.IntegerField(source="item.number")
    short = serializers.CharField()
    unit = serializers.CharField()
    per = serializers.IntegerField()
    planned_units = serializers.IntegerField()
    planned_points = serializers.IntegerField()
    achieved_units = serializers.IntegerField()
    achieved_packages = serializers.IntegerField()
    achieved_points = serializers.IntegerField()
    evidence = serializers.IntegerField()


class EvidencePageSerializer(serializers.Serializer):
    planned_points = serializers.IntegerField()
    achieved_points = serializers.IntegerField()
    items = AchievementSerializer(many=True)
    evidence = EvidenceSerializer(many=True)


class NewEvidenceSerializer(serializers.Serializer):
    """New evidence; `file` for foto and pdf, `link` for tautan, `note` for catatan. A `token` sent twice makes one."""

    rhk = serializers.IntegerField(min_value=1, max_value=999)
    kind = serializers.ChoiceField(choices=Evidence.Kind.choices)
    title = serializers.CharField(max_length=160)
    done_on = serializers.DateField()
    units = serializers.IntegerField(min_value=1, max_value=MOST_UNITS, default=1)
    file = serializers.FileField(required=False)
    link = serializers.CharField(max_length=400, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    token = serializers.UUIDField(required=False)


class WithdrawSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


class ObservationOne(APIView):
    @extend_schema(responses=ObservationPageSerializer, summary="Observasi sebuah rencana")
    def get(self, request, pk: int):
        plan = door(request._request, pk)
        return Response(_observation(plan, observation_of(plan)))


class ObservationStep(APIView):
    @extend_schema(request=StepSerializer, responses=ObservationPageSerializer, summary="Ambil satu langkah observasi")
    def post(self, request, pk: int, step: str):
        plan = door(request._request, pk)
        given = StepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        version = data.pop("version")
        found = take_step(actor=request._request.actor, plan=plan, step=step, version=version, given=data)
        return Response(_observation(plan, found))


def _observation(plan, observation: Observation) -> dict[str, Any]:
    return dict(ObservationPageSerializer({"observation": observation, "rubric": rubric_of(plan, observation)}).data)


class EvidenceList(APIView):
    @extend_schema(responses=EvidencePageSerializer, summary="Bukti dukung sebuah rencana")
    def get(self, request, pk: int):
        plan = door(request._request, pk)
        achieved = achievement_of(plan)
        items: list[Achievement] = [*achieved.rows, *achieved.dropped]
        rows = Evidence.objects.visible_to(request._request.actor).filter(plan=plan).select_related("item")
        values = {
            "planned_points": achieved.planned_points,
            "achieved_points": achieved.achieved_points,
            "items": items,
            "evidence": rows,
        }
        return Response(EvidencePageSerializer(values).data)

    @extend_schema(request=NewEvidenceSerializer, responses={201: EvidenceSerializer}, summary="Tambah bukti dukung")
    def post(self, request, pk: int):
        actor = request._request.actor
        plan = door(request._request, pk, "write")
        given = NewEvidenceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        token, number, upload = data.pop("token", None), data.pop("rhk"), data.pop("file", None)
        item = PlanItem.objects.visible_to(actor).filter(plan=plan, number=number).first()
        if item is None:
            raise serializers.ValidationError({"rhk": _("RHK ini tidak ada di rencana yang disetujui.")})

        def add() -> str:
            made = add_evidence(actor=actor, plan=plan, item=item, upload=upload, **data)
            return f"{TOKEN_USED}{made.pk}"

        found = evidence_door(request._request, _made(once(actor, token, add)))
        return Response(EvidenceSerializer(found).data, status=status.HTTP_201_CREATED)


def _made(outcome: str) -> int:
    """The evidence a token led to; a token that something else has used names none."""
    if not outcome.startswith(TOKEN_USED):
        raise Refusal(_("Token ini sudah dipakai untuk isian lain."), mend=_("Kirim dengan token yang baru."))
    return int(outcome.removeprefix(TOKEN_USED))


class EvidenceFile(APIView):
    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, summary="Unduh berkas bukti")
    def get(self, request, pk: int):
        return file_response(evidence_door(request._request, pk))


class EvidenceWithdrawal(APIView):
    @extend_schema(request=WithdrawSerializer, responses=EvidenceSerializer, summary="Tarik bukti dukung")
    def post(self, request, pk: int):
        found = evidence_door(request._request, pk)
        given = WithdrawSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        remove_evidence(actor=request._request.actor, evidence=found, reason=given.validated_data["reason"])
        return Response(EvidenceSerializer(evidence_door(request._request, pk)).data)
