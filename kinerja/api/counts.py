"""The API of progress in aggregate: the same numbers as the pages, and what each is made of."""

from django.http import Http404
from django.utils.translation import gettext as _
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

EXPLAINED = [*CUT, OpenApiParameter("angka", str, required=True, description="Misalnya disetujui")]


class NumbersSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    teachers = serializers.IntegerField(help_text="Guru menurut Dapodik")
    schools = serializers.IntegerField()
    plans = serializers.IntegerField()
    submitted = serializers.IntegerField()
    approved = serializers.IntegerField()
    stages = serializers.DictField(child=serializers.IntegerField(), help_text="Rencana menurut tahap")


class ProgressSerializer(serializers.Serializer):
    period = serializers.CharField(source="cut.period.code")
    as_of = serializers.DateTimeField(source="cut.as_of", allow_null=True)
    total = NumbersSerializer()
    parts = NumbersSerializer(many=True)
    states = serializers.DictField(
        child=serializers.IntegerField(allow_null=True), help_text="null: terlalu sedikit untuk ditampilkan"
    )
    indicators = serializers.DictField(child=serializers.IntegerField())
    predicates = serializers.DictField(child=serializers.IntegerField())
    unshown = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="Rencana yang terlalu sedikit untuk dirinci menurut state, indicator dan predicate",
    )


class ExplainedRowSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    number = serializers.IntegerField()


class ExplainedSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    formula = serializers.CharField()
    number = serializers.IntegerField(allow_null=True, help_text="null: tidak ditampilkan, lihat reason")
    reason = serializers.CharField(allow_blank=True, help_text="Mengapa angka, atau sebagiannya, tidak ditampilkan")
    unshown = serializers.IntegerField(help_text="Rencana yang terlalu sedikit untuk dirinci")
    as_of = serializers.DateTimeField(allow_null=True)
    rule_source = serializers.CharField()
    rows = ExplainedRowSerializer(many=True)


def _asked(request, known):
    """The cut somebody asks for; raises Http404, or a 400 for parameters that would be overlooked."""
    asked = asked_for(request._request.actor, request.query_params)
    if asked is None:
        raise Http404
    names = [one.name for one in known]
    if unknown := sorted(request.query_params.keys() - set(names)):
        message = _("Parameter ini tidak dikenal. Yang dikenal: %(names)s.") % {"names": ", ".join(names)}
        raise serializers.ValidationError({name: [message] for name in unknown})
    return asked


def _few(unshown: int) -> str:
    if not unshown:
        return ""
    return _("%(n)s rencana tidak dirinci, agar seseorang tidak bisa ditebak.") % {"n": unshown}


class ProgressView(APIView):
    @extend_schema(parameters=CUT, responses=ProgressSerializer, summary="Capaian kinerja suatu wilayah")
    def get(self, request):
        asked = _asked(request, CUT)
        return Response(ProgressSerializer(progress(asked.actor, asked.area, asked.cut)).data)


class ExplainView(APIView):
    @extend_schema(
        parameters=EXPLAINED,
        responses=ExplainedSerializer,
        summary="Penjelasan satu angka capaian",
    )
    def get(self, request):
        asked = _asked(request, EXPLAINED)
        measure = measures(pack_of(asked.cut.period.pack_id)).get(request.query_params.get("angka", ""))
        if measure is None:
            raise Http404
        found = explained(asked.actor, asked.area, asked.cut, measure)
        rows = [{"code": code, "name": name, "number": number} for code, name, number in found.rows]
        answer = {"key": measure.key, "name": str(measure.label), "formula": str(measure.formula), "rows": rows}
        answer |= {"unshown": found.unshown, "reason": _few(found.unshown)}
        answer |= {"number": found.number, "as_of": asked.cut.as_of, "rule_source": asked.cut.period.pack.source}
        return Response(ExplainedSerializer(answer).data)
