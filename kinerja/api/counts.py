"""The API of progress in aggregate: the same numbers as the pages, and what each is made of."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from ..selectors.explaining import explained, measures
from ..selectors.packs import pack_of
from ..selectors.progress import progress
from ..views.counts_asked import asked_for

CUT = [
    OpenApiParameter("periode", str, description="Kode periode; tanpa ini yang sedang berjalan"),
    OpenApiParameter("wilayah", str, description="Kode wilayah Kemendagri"),
    OpenApiParameter("sekolah", str, description="NPSN"),
    OpenApiParameter("jenjang", str, enum=["paud", "sd", "smp", "sma", "smk", "slb", "lain"]),
    OpenApiParameter("jenis", str, enum=["guru", "ks"]),
]


class NumbersSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    teachers = serializers.IntegerField(help_text="Guru menurut Dapodik")
    schools = serializers.IntegerField()
    plans = serializers.IntegerField()
    submitted = serializers.IntegerField()
    approved = serializers.IntegerField()
    states = serializers.DictField(child=serializers.IntegerField())


class ProgressSerializer(serializers.Serializer):
    period = serializers.CharField(source="cut.period.code")
    as_of = serializers.DateTimeField(source="cut.as_of", allow_null=True)
    total = NumbersSerializer()
    parts = NumbersSerializer(many=True)
    indicators = serializers.DictField(child=serializers.IntegerField())
    predicates = serializers.DictField(child=serializers.IntegerField())
    unshown = serializers.IntegerField(help_text="Rencana yang dinilai tetapi terlalu sedikit untuk dirinci")


class ExplainedRowSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    number = serializers.IntegerField()


class ExplainedSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    formula = serializers.CharField()
    number = serializers.IntegerField()
    as_of = serializers.DateTimeField(allow_null=True)
    rule_source = serializers.CharField()
    rows = ExplainedRowSerializer(many=True)


def _asked(request):
    asked = asked_for(request._request.actor, request.query_params)
    if asked is None:
        raise Http404
    return asked


class ProgressView(APIView):
    @extend_schema(parameters=CUT, responses=ProgressSerializer, summary="Capaian kinerja suatu wilayah")
    def get(self, request):
        asked = _asked(request)
        return Response(ProgressSerializer(progress(asked.actor, asked.area, asked.cut)).data)


class ExplainView(APIView):
    @extend_schema(
        parameters=[*CUT, OpenApiParameter("angka", str, required=True, description="Misalnya disetujui")],
        responses=ExplainedSerializer,
        summary="Penjelasan satu angka capaian",
    )
    def get(self, request):
        asked = _asked(request)
        measure = measures(pack_of(asked.cut.period.pack_id)).get(request.query_params.get("angka", ""))
        if measure is None:
            raise Http404
        found = explained(asked.actor, asked.area, asked.cut, measure)
        rows = [{"code": code, "name": name, "number": number} for code, name, number in found.rows]
        answer = {"key": measure.key, "name": str(measure.label), "formula": str(measure.formula), "rows": rows}
        answer |= {"number": found.number, "as_of": asked.cut.as_of, "rule_source": asked.cut.period.pack.source}
        return Response(ExplainedSerializer(answer).data)
