"""The API of assessment: the same services and the same gates as the pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.actor import AT_SCHOOL, Actor
from coordination.actors.errors import NotAllowed, Refusal
from coordination.actors.posting import once

from ..models import Assessment, Level, Plan
from ..rules.rating import REASON_MOST
from ..selectors.assessments import assessment_for, marks_of, objection_until
from ..selectors.credits import own_plans
from ..selectors.simulation import simulate, simulation_start
from ..services.assessments import (
    WORDS_MOST,
    Given,
    answer_objection,
    finish_plan,
    object_to_rating,
    rate_plan,
    respond,
    save_rating_draft,
)
from ..views.common import door

BIGGEST = 2**31 - 1


class MarkSerializer(serializers.Serializer):
    """One rating: `subject` is praktik, rhk:<number> or nilai:<code>."""

    subject = serializers.CharField(max_length=40)
    level = serializers.ChoiceField(choices=Level.choices, allow_blank=True, default="")
    reason = serializers.CharField(max_length=REASON_MOST, allow_blank=True, default="")


class RatingSerializer(serializers.Serializer):
    """A whole rating or a draft of one; `version` is the one it was read in, 0 for the first."""

    ratings = MarkSerializer(many=True, default=list)
    hasil = serializers.ChoiceField(choices=Level.choices, allow_blank=True, default="")
    perilaku = serializers.ChoiceField(choices=Level.choices, allow_blank=True, default="")
    note = serializers.CharField(max_length=WORDS_MOST, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=0, max_value=BIGGEST, default=0)
    token = serializers.UUIDField(required=False)


class WordsSerializer(serializers.Serializer):
    """What the owner says."""

    words = serializers.CharField(max_length=WORDS_MOST)
    token = serializers.UUIDField(required=False)


class ObjectionAnswerSerializer(serializers.Serializer):
    """An answer to an objection; without `revised` the rating stands."""

    answer = serializers.CharField(max_length=WORDS_MOST)
    revised = RatingSerializer(required=False)
    token = serializers.UUIDField(required=False)


class AssessmentSerializer(serializers.ModelSerializer):
    """An assessment as its reader may see it; `before` is what an objection was made against."""

    state = serializers.SerializerMethodField()
    ratings = serializers.SerializerMethodField()
    objection_until = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = [
            "state", "hasil", "perilaku", "predicate", "note", "ratings", "rated_at", "objection_until", "response",
            "responded_at", "objection", "objected_at", "answer", "answered_at", "before", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_state(self, one: Assessment) -> str:
        return self.context["state"]

    @extend_schema_field(MarkSerializer(many=True))
    def get_ratings(self, one: Assessment) -> list[dict[str, str]]:
        return self.context["ratings"]

    def get_objection_until(self, one: Assessment) -> date | None:
        return self.context["objection_until"]


class AskSerializer(serializers.Serializer):
    """What if: ratings, jenjang jabatan and months; `rencana` names one of the own plans."""

    hasil = serializers.ChoiceField(choices=Level.choices)
    perilaku = serializers.ChoiceField(choices=Level.choices)
    jabatan = serializers.CharField(max_length=20)
    bulan = serializers.IntegerField(min_value=1, max_value=12)
    rencana = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class SimulatedSerializer(serializers.Serializer):
    """What it would bring; `so_far` is the year without it, `total` with it."""

    predicate = serializers.CharField(source="predicate.code")
    percent = serializers.IntegerField(source="credit.percent")
    coefficient = serializers.DecimalField(source="credit.coefficient", max_digits=8, decimal_places=2)
    months = serializers.IntegerField(source="credit.months")
    value = serializers.DecimalField(source="credit.value", max_digits=8, decimal_places=2)
    year = serializers.IntegerField(source="year.year")
    so_far = serializers.DecimalField(max_digits=9, decimal_places=2)
    total = serializers.DecimalField(max_digits=9, decimal_places=2)


def shown(actor: Actor, plan_id: int) -> dict[str, Any]:
    """The assessment of a plan as the actor may see it, or 404."""
    plan = get_object_or_404(Plan.objects.visible_to(actor).select_related("period"), pk=plan_id)
    found = assessment_for(actor, plan)
    if found is None:
        raise Http404
    marks = [{"subject": code, **mark} for code, mark in marks_of(found).items()]
    more = {"state": plan.state, "ratings": marks, "objection_until": objection_until(plan)}
    return dict(AssessmentSerializer(found, context=more).data)


class OfPlan(APIView):
    """A view behind the door of a plan."""

    def door(self, pk: int, right: str) -> Plan:
        return door(self.request._request, pk, right)

    @property
    def actor(self) -> Actor:
        """The actor that the middleware has found."""
        return self.request._request.actor  # type: ignore[attr-defined]

    def given(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)

    def done(self, pk: int, token: Any, act: Callable[[], Any]) -> Response:
        """Do it once for a token, and answer with the assessment as it is then."""

        def make() -> str:
            act()
            return str(pk)

        once(self.actor, token, make)
        return Response(shown(self.actor, pk), status=status.HTTP_200_OK)


def rating_of(data: dict[str, Any]) -> Given:
    marks = {one["subject"]: {"level": one["level"], "reason": one["reason"]} for one in data["ratings"]}
    return Given(marks, data["hasil"], data["perilaku"], data["note"])


class AssessmentOne(OfPlan):
    @extend_schema(responses=AssessmentSerializer, summary="Penilaian satu rencana")
    def get(self, request, pk: int):
        return Response(shown(self.actor, pk))

    @extend_schema(request=RatingSerializer, responses=AssessmentSerializer, summary="Simpan draf penilaian")
    def put(self, request, pk: int):
        plan, data = self.door(pk, "rate"), self.given(RatingSerializer)
        save_rating_draft(actor=self.actor, plan=plan, given=rating_of(data), version=data["version"])
        return Response(shown(self.actor, pk))


class Rate(OfPlan):
    @extend_schema(request=RatingSerializer, responses=AssessmentSerializer, summary="Simpan penilaian")
    def post(self, request, pk: int):
        plan, data = self.door(pk, "rate"), self.given(RatingSerializer)

        def act() -> None:
            rate_plan(actor=self.actor, plan=plan, given=rating_of(data), version=data["version"])

        return self.done(pk, data.get("token"), act)


class Respond(OfPlan):
    @extend_schema(request=WordsSerializer, responses=AssessmentSerializer, summary="Beri tanggapan")
    def post(self, request, pk: int):
        plan, data = self.door(pk, "write"), self.given(WordsSerializer)
        return self.done(pk, data.get("token"), lambda: respond(actor=self.actor, plan=plan, words=data["words"]))


class ObjectTo(OfPlan):
    @extend_schema(request=WordsSerializer, responses=AssessmentSerializer, summary="Ajukan keberatan")
    def post(self, request, pk: int):
        plan, data = self.door(pk, "write"), self.given(WordsSerializer)
        return self.done(
            pk, data.get("token"), lambda: object_to_rating(actor=self.actor, plan=plan, reason=data["words"])
        )


class Answer(OfPlan):
    @extend_schema(request=ObjectionAnswerSerializer, responses=AssessmentSerializer, summary="Jawab keberatan")
    def post(self, request, pk: int):
        plan, data = self.door(pk, "rate"), self.given(ObjectionAnswerSerializer)
        revised = rating_of(data["revised"]) if data.get("revised") else None

        def act() -> None:
            answer_objection(actor=self.actor, plan=plan, answer=data["answer"], given=revised)

        return self.done(pk, data.get("token"), act)


class Finish(OfPlan):
    @extend_schema(request=None, responses=AssessmentSerializer, summary="Terima penilaian")
    def post(self, request, pk: int):
        plan = self.door(pk, "write")
        return self.done(pk, None, lambda: finish_plan(actor=self.actor, plan=plan))


class Simulate(APIView):
    @extend_schema(parameters=[AskSerializer], responses=SimulatedSerializer, summary="Bagaimana jika?")
    def get(self, request):
        actor = request._request.actor
        if actor.role not in AT_SCHOOL:
            raise NotAllowed
        asked = AskSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        plans = list(own_plans(actor))
        start = simulation_start(actor, plans, str(data.get("rencana", "")))
        if "rencana" in data and start.plan is None:
            raise Http404
        if data["jabatan"] not in start.pack.positions:
            raise Refusal(_("Jenjang jabatan itu tidak ada di paket aturan."), mend=_("Pilih dari daftar."))
        found = simulate(
            actor,
            start,
            hasil=data["hasil"],
            perilaku=data["perilaku"],
            position=data["jabatan"],
            months=data["bulan"],
        )
        return Response(SimulatedSerializer(found).data)
