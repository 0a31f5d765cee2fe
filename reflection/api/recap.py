"""The API of the recap and of cycles: the same rows and the same services as the pages."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.models import Organisation, Wilayah

from ..models import Circular, Cycle, ReportedPriority
from ..selectors.recap import Standing, priorities, recap_rows
from ..services.cycles import extend_by_circular


class CycleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Cycle
        fields = ["code", "name", "starts", "ends", "opens_on", "due_on", "grace_days", "months", "units"]


class CircularSerializer(serializers.ModelSerializer):
    """A circular that moves a due day; name provinces or offices when its reach asks for them."""

    cycle = serializers.SlugRelatedField("code", queryset=Cycle.objects.all())
    provinces = serializers.PrimaryKeyRelatedField(
        queryset=Wilayah.objects.filter(level=Wilayah.Level.PROVINSI), many=True, required=False
    )
    offices = serializers.SlugRelatedField("code", queryset=Organisation.objects.all(), many=True, required=False)

    class Meta:
        model = Circular
        fields = ["number", "cycle", "issued_on", "new_due_on", "reason", "reach", "provinces", "offices"]


class RecapRowSerializer(serializers.Serializer):
    organisation = serializers.CharField(source="owed.organisation.code")
    province = serializers.CharField()
    due_on = serializers.DateField(source="owed.due_on")
    submitted_at = serializers.DateTimeField(source="owed.submitted_at", allow_null=True)
    standing = serializers.ChoiceField(choices=Standing.choices)


class ReportedSerializer(serializers.ModelSerializer):
    kind = serializers.CharField()
    organisation: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = ReportedPriority
        fields = ["report_id", "organisation", "kind", "rank", "text", "sources", "communities", "number"]


SIKLUS = OpenApiParameter("siklus", str, description="Kode siklus", required=True)


class _OfCycle(APIView):
    def cycle(self):
        actor = self.request._request.actor
        if not actor.is_pusat:
            raise Http404
        return get_object_or_404(Cycle.objects.visible_to(actor), code=self.request.query_params.get("siklus", ""))


class Recap(_OfCycle):
    @extend_schema(parameters=[SIKLUS], responses=RecapRowSerializer(many=True), summary="Rekap per UPT")
    def get(self, request):
        rows = recap_rows(request._request.actor, self.cycle(), timezone.now())
        return Response(RecapRowSerializer(rows, many=True).data)


@extend_schema(parameters=[SIKLUS, OpenApiParameter("komponen", str), OpenApiParameter("q", str)])
class RecapPriorities(_OfCycle, generics.ListAPIView):
    """All priorities that UPT sent in a cycle."""

    queryset = ReportedPriority.objects.none()
    serializer_class = ReportedSerializer

    def get_queryset(self):
        asked = self.request.query_params
        return priorities(
            self.request._request.actor,
            cycle=self.cycle(),
            kind=asked.get("komponen", ""),
            search=asked.get("q", "")[:100],
        )


class CycleList(generics.ListAPIView):
    """The calendar of cycles, the latest first."""

    queryset = Cycle.objects.none()
    serializer_class = CycleSerializer

    def get_queryset(self):
        return Cycle.objects.visible_to(self.request._request.actor)


class Circulars(APIView):
    @extend_schema(request=CircularSerializer, responses={201: CircularSerializer}, summary="Catat surat edaran")
    def post(self, request):
        given = CircularSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = extend_by_circular(actor=request._request.actor, **given.validated_data)
        return Response(CircularSerializer(made).data, status=status.HTTP_201_CREATED)
