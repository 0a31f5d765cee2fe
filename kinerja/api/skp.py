"""The API of SKP and their sending: the same door and the same services as the pages."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _now
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.actor import AT_SCHOOL, DINAS

from ..gates import require_open
from ..models import SkpDelivery
from ..selectors.deliveries import deliveries_of
from ..selectors.skp import skp_of
from ..services.deliveries import send_skp
from ..views.common import door


class SkpSerializer(serializers.Serializer):
    """An SKP in the format `ikm-skp/1`; docs/kinerja/ikm-skp-1.schema.json says every field."""

    format = serializers.CharField()
    reference = serializers.CharField()
    state = serializers.CharField()
    final = serializers.BooleanField()
    employee = serializers.DictField()
    assessor = serializers.DictField()
    period = serializers.DictField()
    regulation = serializers.DictField()
    practice = serializers.DictField()
    works = serializers.ListField(child=serializers.DictField())
    behaviours = serializers.ListField(child=serializers.DictField())
    planned_points = serializers.IntegerField(allow_null=True)
    achieved_points = serializers.IntegerField(allow_null=True)
    under_reason = serializers.CharField()
    result = serializers.DictField(allow_null=True)
    credit = serializers.DictField(allow_null=True)
    version = serializers.IntegerField()
    approved_version = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    rated_at = serializers.DateTimeField(allow_null=True)
    final_at = serializers.DateTimeField(allow_null=True)
    printed_at = serializers.DateTimeField()


class DeliverySerializer(serializers.ModelSerializer):
    """One sending; `mend` says who mends a failed one."""

    plan = serializers.IntegerField(source="plan_id", read_only=True)
    mend = serializers.SerializerMethodField()

    class Meta:
        model = SkpDelivery
        fields = ["plan", "key", "state", "attempts", "next_at", "asked_at", "sent_at", "receipt", "problem", "mend"]

    def get_mend(self, one: SkpDelivery) -> str:
        return _now(one.mend) if one.mend else ""


class SkpOne(APIView):
    @extend_schema(responses=SkpSerializer, summary="SKP sebuah rencana")
    def get(self, request, pk: int):
        plan = door(request._request, pk)
        require_open("export", plan, request._request.actor)
        return Response(skp_of(plan, printed_at=timezone.now()).as_json())


class SkpSend(APIView):
    @extend_schema(request=None, responses={202: DeliverySerializer}, summary="Kirim SKP ke e-Kinerja")
    def post(self, request, pk: int):
        plan = door(request._request, pk)
        delivery = send_skp(actor=request._request.actor, plan=plan)
        return Response(DeliverySerializer(delivery).data, status=status.HTTP_202_ACCEPTED)


class DeliveryList(generics.ListAPIView):
    """The newest sending of each plan the caller sees."""

    queryset = SkpDelivery.objects.none()
    serializer_class = DeliverySerializer

    def get_queryset(self):
        actor = self.request._request.actor
        if actor.role not in (*AT_SCHOOL, *DINAS):
            raise Http404
        return deliveries_of(actor)
