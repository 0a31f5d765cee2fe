"""The API of SKP and their sending: the same door and the same services as the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from ..gates import require_open
from ..selectors.skp import skp_of
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


class SkpOne(APIView):
    @extend_schema(responses=SkpSerializer, summary="SKP sebuah rencana")
    def get(self, request, pk: int):
        plan = door(request._request, pk)
        require_open("export", plan, request._request.actor)
        return Response(skp_of(plan, printed_at=timezone.now()).as_json())
