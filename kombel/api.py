"""The API of kombel: list, one, register, meetings, reflections; the same services as the pages."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.models import School, Wilayah
from coordination.actors.services.once import claim_once, remember_outcome
from coordination.actors.tenancy import paths

from .models import Jenjang, Kombel, Meeting, MeetingReflection, Member
from .models.meetings import Mode
from .selectors.detail import kombel_detail
from .selectors.listing import DERIVED_STATES, Filters, kombel_rows
from .selectors.rules import rules_on
from .services import record_meeting, register_kombel, write_reflection
from .services.meetings import Minutes


class KombelSerializer(serializers.ModelSerializer):
    """A kombel as the list shows it; `quiet_days` counts from the last documented meeting."""

    npsn = serializers.CharField(source="school.npsn", default=None, allow_null=True)
    school_name = serializers.CharField(source="school.name", default=None, allow_null=True)
    provinsi = serializers.CharField()
    kabkota = serializers.CharField()
    kecamatan = serializers.CharField()
    quiet_days = serializers.SerializerMethodField()

    class Meta:
        model = Kombel
        fields = [
            "id", "name", "kind", "form", "jenjang", "state", "npsn", "school_name", "provinsi", "kabkota",
            "kecamatan", "registered_on", "last_meeting", "quiet_days", "members",
        ]  # fmt: skip

    def get_quiet_days(self, kombel) -> int:
        return kombel.quiet_days(self.context["actor"].today())


class FindingSerializer(serializers.Serializer):
    """A rule asked of the kombel: whether it is met, why, and what to do."""

    code = serializers.CharField()
    met = serializers.BooleanField()
    label = serializers.CharField()  # type: ignore[assignment]
    why = serializers.CharField()
    mend = serializers.CharField()


class KombelDetailSerializer(serializers.Serializer):
    """One kombel with what the rules say about it; `penggerak` is empty for those who may not read names."""

    kombel = KombelSerializer()
    region = serializers.CharField()
    silent = serializers.BooleanField(source="is_silent")
    penggerak = serializers.SerializerMethodField()
    schedule_rules = FindingSerializer(many=True)
    duties = FindingSerializer(many=True)

    def get_penggerak(self, detail) -> list[str]:
        return [leader.name for leader, _findings in detail.leaders]


class RegisterSerializer(serializers.Serializer):
    """A new kombel: `npsn` for one inside a school, `wilayah`, `level` and `jenjang` for all others."""

    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=Kombel.Kind.choices)
    npsn = serializers.CharField(max_length=8, required=False, default="")
    wilayah = serializers.CharField(max_length=8, required=False, default="")
    level = serializers.ChoiceField(choices=Kombel.Level.choices, required=False, default=paths.DASAR)
    form = serializers.ChoiceField(choices=Kombel.Form.choices, required=False, allow_blank=True, default="")
    jenjang = serializers.ChoiceField(choices=Jenjang.choices, required=False, default=Jenjang.LAIN)
    programme = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")

    def validate(self, data):
        if data["kind"] == Kombel.Kind.ANTAR and not data["form"]:
            raise serializers.ValidationError({"form": "Bentuknya perlu disebut."})
        return data


class MeetingReflectionSerializer(serializers.ModelSerializer):
    """The short reflection; `version` is the one it was read in, 0 for the first."""

    version = serializers.IntegerField(min_value=0, max_value=100_000, default=0)

    class Meta:
        model = MeetingReflection
        fields = ["went_well", "to_improve", "pupil_impact", "challenges", "next_step", "version"]


class MeetingSerializer(serializers.ModelSerializer):
    reflection = MeetingReflectionSerializer(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Meeting
        fields = [
            "id", "state", "topic", "held_on", "starts", "ends", "mode", "all_teachers", "present", "notes",
            "version", "reflection",
        ]  # fmt: skip


class RecordSerializer(serializers.Serializer):
    """A meeting that took place; a `token` sent twice makes one meeting."""

    topic = serializers.CharField(max_length=160)
    held_on = serializers.DateField()
    starts = serializers.TimeField(required=False, allow_null=True, default=None)
    ends = serializers.TimeField(required=False, allow_null=True, default=None)
    mode = serializers.ChoiceField(choices=Mode.choices, default=Mode.LURING)
    all_teachers = serializers.BooleanField(default=False)
    present = serializers.IntegerField(min_value=0, max_value=2000, required=False, default=0)
    members = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), default=list)
    notes = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    token = serializers.UUIDField(required=False)


FILTERS = [
    OpenApiParameter("q", str, description="Awal nama"),
    OpenApiParameter("jenis", str, enum=Kombel.Kind.values),
    OpenApiParameter("keadaan", str, enum=[*DERIVED_STATES, *Kombel.State.values]),
    OpenApiParameter("jenjang", str, enum=Jenjang.values),
    *(OpenApiParameter(name, str) for name in ("provinsi", "kabkota", "kecamatan")),
]


class KombelList(generics.ListAPIView):
    """The kombel of the caller's area, longest silence first."""

    queryset = Kombel.objects.none()
    serializer_class = KombelSerializer

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "actor": getattr(self.request._request, "actor", None)}

    def get_queryset(self):
        actor = self.request._request.actor
        filters = Filters.read(self.request.query_params)
        rows = kombel_rows(actor, filters, silent_days=rules_on(actor.today()).silent_days)
        return rows.select_related("school")

    @extend_schema(parameters=FILTERS, summary="Daftar komunitas")
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    @extend_schema(request=RegisterSerializer, responses={201: KombelSerializer}, summary="Daftarkan komunitas")
    def post(self, request):
        actor = request._request.actor
        given = RegisterSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        npsn, wilayah = data.pop("npsn"), data.pop("wilayah")
        if data["kind"] == Kombel.Kind.DALAM:
            data["school"] = get_object_or_404(School.objects.visible_to(actor), npsn=npsn)
        else:
            data["wilayah"] = get_object_or_404(Wilayah, pk=wilayah)
        kombel = register_kombel(actor=actor, **data)
        answer = KombelSerializer(kombel, context={"actor": actor})
        return Response(answer.data, status=status.HTTP_201_CREATED)


class KombelDetail(APIView):
    @extend_schema(responses=KombelDetailSerializer, summary="Satu komunitas")
    def get(self, request, pk: int):
        actor = request._request.actor
        kombel = get_object_or_404(Kombel.objects.visible_to(actor).select_related("school"), pk=pk)
        detail = kombel_detail(actor, kombel, rules_on(actor.today()))
        return Response(KombelDetailSerializer(detail, context={"actor": actor}).data)


class MeetingList(generics.ListAPIView):
    """The meetings of a kombel, newest first."""

    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer

    def get_queryset(self):
        actor = self.request._request.actor
        kombel = get_object_or_404(Kombel.objects.visible_to(actor), pk=self.kwargs["pk"])
        return Meeting.objects.visible_to(actor).filter(kombel=kombel).select_related("reflection")

    @extend_schema(request=RecordSerializer, responses={201: MeetingSerializer}, summary="Catat pertemuan")
    def post(self, request, pk: int):
        actor = request._request.actor
        kombel = get_object_or_404(Kombel.objects.visible_to(actor), pk=pk)
        given = RecordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        token, ids = data.pop("token", None), data.pop("members")
        members = list(Member.objects.visible_to(actor).filter(kombel=kombel, left_on=None, pk__in=ids))
        if len(members) != len(set(ids)):
            raise serializers.ValidationError({"members": _("Ada yang bukan anggota komunitas ini.")})
        with transaction.atomic():
            earlier = claim_once(actor=actor, token=token) if token else None
            if earlier is not None:
                if not earlier.isdecimal():  # a token that a page's form has used
                    raise Http404
                meeting = get_object_or_404(Meeting.objects.visible_to(actor), pk=earlier)
            else:
                meeting = record_meeting(actor=actor, kombel=kombel, minutes=Minutes(**data), members=members)
                if token:
                    remember_outcome(actor=actor, token=token, outcome=str(meeting.pk))
        return Response(MeetingSerializer(meeting).data, status=status.HTTP_201_CREATED)


class Reflection(APIView):
    @extend_schema(
        request=MeetingReflectionSerializer, responses=MeetingReflectionSerializer, summary="Tulis refleksi singkat"
    )
    def put(self, request, pk: int):
        actor = request._request.actor
        rows = Meeting.objects.visible_to(actor).select_related("kombel")
        meeting = get_object_or_404(rows, pk=pk)
        given = MeetingReflectionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        reflection = write_reflection(actor=actor, meeting=meeting, **given.validated_data)
        return Response(MeetingReflectionSerializer(reflection).data)
