"""The API of planning: a teacher's own plans, through the same doors and services as the pages."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.errors import NotAllowed
from coordination.actors.posting import once

from ..models import Period, Plan, SectionCode
from ..rules.content import QUANTITY_MOST, TEXT_MOST
from ..selectors.drafts import draft_of
from ..selectors.planning import gaps_in, notes_of, own_plans, planner
from ..services.decisions import amend_plan, keep_plan
from ..services.drafting import copy_plan
from ..services.plans import begin_plan, describe_employee, submit_plan, withdraw_plan, write_section

VERSION_MOST = 2**31 - 1


class OwnPlanSerializer(serializers.ModelSerializer):
    """One of the caller's plans; `version` is the last one sent, `approved` the last one approved."""

    period: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    open_sections = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Plan
        fields = [
            "id", "period", "school_name", "npsn", "jenjang", "of_principal", "state", "open_sections", "version",
            "approved", "points", "nip", "position", "submitted_at", "decided_at", "predicate",
        ]  # fmt: skip


class OwnSectionSerializer(serializers.Serializer):
    """One part of the draft; `version` goes back with the next change."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    content = serializers.JSONField()


class GapSerializer(serializers.Serializer):
    section = serializers.CharField()
    part = serializers.CharField()
    text = serializers.CharField()


class DraftPlanSerializer(serializers.Serializer):
    """A plan with its draft, what is missing, the notes of a return; `seen` goes back with the submission."""

    plan = OwnPlanSerializer()
    sections = OwnSectionSerializer(many=True)
    gaps = GapSerializer(many=True)
    notes = serializers.DictField(child=serializers.CharField())
    seen = serializers.IntegerField()


class BeginSerializer(serializers.Serializer):
    """`copy` fills the new plan from the latest one that was sent."""

    period = serializers.CharField(max_length=10)
    copy = serializers.BooleanField(default=False)


class EmployeeSerializer(serializers.Serializer):
    nip = serializers.CharField(max_length=18, allow_blank=True, required=False)
    position = serializers.CharField(max_length=20, allow_blank=True, required=False)


class SectionWriteSerializer(serializers.Serializer):
    """`content` by code: {"indicator"} · {"items": {"1": 2}, "under_reason"} · {"items": {"31": {"sk_number",
    "sk_date", "report"}}} · {"values": {"loyal": {"behaviours": [], "how"}}}."""

    version = serializers.IntegerField(min_value=0, max_value=VERSION_MOST)
    content = serializers.DictField()


class PlanSubmitSerializer(serializers.Serializer):
    token = serializers.UUIDField()
    seen = serializers.IntegerField(min_value=0, max_value=VERSION_MOST)


class AmendSerializer(serializers.Serializer):
    """What was approved holds until the change is."""

    token = serializers.UUIDField()
    reason = serializers.CharField(max_length=500)


class _Praktik(serializers.Serializer):
    indicator = serializers.CharField(max_length=40, allow_blank=True, default="")


class _Kompetensi(serializers.Serializer):
    items = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=QUANTITY_MOST), default=dict)
    under_reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class _Duty(serializers.Serializer):
    sk_number = serializers.CharField(max_length=80, allow_blank=True, default="")
    sk_date = serializers.RegexField(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", allow_blank=True, default="")
    report = serializers.CharField(max_length=20, allow_blank=True, default="")


class _Tambahan(serializers.Serializer):
    items = serializers.DictField(child=_Duty(), default=dict)


class _Value(serializers.Serializer):
    behaviours = serializers.ListField(child=serializers.CharField(max_length=500), max_length=20, default=list)
    how = serializers.CharField(max_length=TEXT_MOST, allow_blank=True, default="")


class _Perilaku(serializers.Serializer):
    values = serializers.DictField(child=_Value(), default=dict)


SHAPES: dict[str, type[serializers.Serializer]] = {
    SectionCode.PRAKTIK: _Praktik,
    SectionCode.KOMPETENSI: _Kompetensi,
    SectionCode.TAMBAHAN: _Tambahan,
    SectionCode.PERILAKU: _Perilaku,
}


def content_of(code: str, given: dict[str, Any]) -> dict[str, Any]:
    """A section's content in its checked shape; raises ValidationError."""
    found = SHAPES[code](data=given)
    found.is_valid(raise_exception=True)
    content = dict(found.validated_data)
    if wrong := [key for key in content.get("items", {}) if not (key.isascii() and key.isdecimal() and len(key) < 4)]:
        raise serializers.ValidationError({"items": _("Nomor RHK %(key)s tidak dikenal.") % {"key": wrong[0][:20]}})
    return content


class OwnView(APIView):
    """A view of the caller's own plans."""

    @property
    def actor(self):
        """The actor that the middleware has found."""
        return self.request._request.actor

    def own(self, pk: int) -> Plan:
        return get_object_or_404(own_plans(self.actor), pk=pk)

    def given(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)

    def draft(self, plan: Plan, code: int = status.HTTP_200_OK) -> Response:
        draft = draft_of(plan)
        found = {
            "plan": plan,
            "sections": draft.values(),
            "gaps": gaps_in(plan, draft),
            "notes": notes_of(plan),
            "seen": sum(one.version for one in draft.values()),
        }
        return Response(DraftPlanSerializer(found).data, status=code)


class PlanList(generics.ListAPIView):
    """The caller's plans, newest first; POST begins the plan of a period, asked twice it is the same plan."""

    queryset = Plan.objects.none()
    serializer_class = OwnPlanSerializer

    def get_queryset(self):
        return own_plans(self.request._request.actor)

    @extend_schema(request=BeginSerializer, responses={201: OwnPlanSerializer}, summary="Mulai rencana")
    def post(self, request: Request) -> Response:
        found = BeginSerializer(data=request.data)
        found.is_valid(raise_exception=True)
        actor = planner(request._request.actor)  # type: ignore[attr-defined]
        if actor is None:
            raise NotAllowed(_("Rencana kinerja dibuat oleh guru dan kepala sekolah."))
        plan = begin_plan(actor=actor, period=get_object_or_404(Period, code=found.validated_data["period"]))
        if found.validated_data["copy"]:
            copy_plan(actor=actor, plan=plan)
        return Response(OwnPlanSerializer(plan).data, status=status.HTTP_201_CREATED)


class PlanOne(OwnView):
    @extend_schema(responses=DraftPlanSerializer, summary="Draf rencana")
    def get(self, request: Request, pk: int) -> Response:
        return self.draft(self.own(pk))

    @extend_schema(request=EmployeeSerializer, responses=DraftPlanSerializer, summary="Data pegawai")
    def patch(self, request: Request, pk: int) -> Response:
        plan = self.own(pk)
        known = {"nip": plan.nip, "position": plan.position}
        wish = {**known, **self.given(EmployeeSerializer)}
        return self.draft(describe_employee(actor=self.actor, plan=plan, **wish))


class SectionOne(OwnView):
    @extend_schema(request=SectionWriteSerializer, responses=OwnSectionSerializer, summary="Tulis satu bagian")
    def patch(self, request: Request, pk: int, code: str) -> Response:
        plan = self.own(pk)
        if code not in SHAPES:
            raise Http404
        data = self.given(SectionWriteSerializer)
        content = content_of(code, data["content"])
        saved = write_section(actor=self.actor, plan=plan, code=code, content=content, version=data["version"])
        return Response(OwnSectionSerializer(saved).data)


class Submission(OwnView):
    @extend_schema(request=PlanSubmitSerializer, responses=DraftPlanSerializer, summary="Ajukan rencana")
    def post(self, request: Request, pk: int) -> Response:
        plan, data = self.own(pk), self.given(PlanSubmitSerializer)

        def make() -> str:
            return str(submit_plan(actor=self.actor, plan=plan, seen=data["seen"]).number)

        once(self.actor, data["token"], make)
        return self.draft(self.own(pk))


class Amendment(OwnView):
    @extend_schema(request=AmendSerializer, responses=DraftPlanSerializer, summary="Ubah rencana yang disetujui")
    def post(self, request: Request, pk: int) -> Response:
        plan, data = self.own(pk), self.given(AmendSerializer)

        def make() -> str:
            return str(amend_plan(actor=self.actor, plan=plan, reason=data["reason"]).pk)

        once(self.actor, data["token"], make)
        return self.draft(self.own(pk))


class Keeping(OwnView):
    @extend_schema(request=None, responses=DraftPlanSerializer, summary="Batalkan perubahan")
    def post(self, request: Request, pk: int) -> Response:
        keep_plan(actor=self.actor, plan=self.own(pk))
        return self.draft(self.own(pk))


class Withdrawal(OwnView):
    @extend_schema(request=None, responses=DraftPlanSerializer, summary="Tarik rencana kembali")
    def post(self, request: Request, pk: int) -> Response:
        withdraw_plan(actor=self.actor, plan=self.own(pk))
        return self.draft(self.own(pk))
