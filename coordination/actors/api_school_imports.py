"""School imports by API: upload, preview, confirm, progress, refused rows, undo; the pages' services and doors."""

from uuid import uuid4

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import SchoolImport, SchoolImportRow
from .policies import SchoolImportPolicy
from .schools.table import MAX_BYTES
from .selectors.schools import imports
from .services import school_imports as services

OUTCOME = OpenApiParameter("outcome", str, enum=[one for one in SchoolImportRow.Outcome.values if one])


class SchoolImportSerializer(serializers.ModelSerializer):
    """An import with its state and counts; `done` of `total` rows is the progress of a running step.

    `outside` are those of the refused rows for which another office answers.
    """

    office = serializers.CharField(source="organisation.code", allow_null=True, default=None)
    running = serializers.BooleanField(source="is_running")
    can_confirm = serializers.SerializerMethodField()
    can_undo = serializers.SerializerMethodField()

    class Meta:
        model = SchoolImport
        fields = [
            "id", "filename", "form", "office", "state", "running", "message", "total", "done", "new", "changed",
            "unchanged", "refused", "outside", "repeated", "kept", "ignored", "created_at", "imported_at",
            "can_confirm", "can_undo",
        ]  # fmt: skip

    def get_can_confirm(self, one: SchoolImport) -> bool:
        return one.state == SchoolImport.State.CHECKED and one.good > 0 and self._decides(one)

    def get_can_undo(self, one: SchoolImport) -> bool:
        return one.can_undo and self._decides(one)

    def _decides(self, one: SchoolImport) -> bool:
        return SchoolImportPolicy.may(self.context["request"]._request.actor, "change", one)


class UploadSerializer(serializers.Serializer):
    """A list to check; the same `token` twice makes one import."""

    file = serializers.FileField(max_length=120)
    token = serializers.UUIDField(required=False)

    def validate_file(self, file):
        if file.size > MAX_BYTES:
            raise serializers.ValidationError(_("Berkas ini terlalu besar. Bagi menjadi beberapa berkas."))
        return file


class ProblemSerializer(serializers.Serializer):
    """What is wrong with a cell, or was left out of it, and how to mend it."""

    column = serializers.CharField()
    content = serializers.CharField()
    why = serializers.CharField()
    mend = serializers.CharField()
    fatal = serializers.BooleanField()


class ImportRowSerializer(serializers.ModelSerializer):
    """A row of the list: what became of it, what it holds, and what it held before."""

    outcome = serializers.ChoiceField(choices=SchoolImportRow.Outcome.choices)
    values = serializers.DictField(source="data", allow_null=True)
    before = serializers.DictField(allow_null=True)
    problems = ProblemSerializer(many=True)

    class Meta:
        model = SchoolImportRow
        fields = ["number", "npsn", "outcome", "values", "before", "problems"]


class SchoolImportList(generics.ListAPIView):
    """The imports of the caller's area, newest first."""

    queryset = SchoolImport.objects.none()
    serializer_class = SchoolImportSerializer
    parser_classes = [MultiPartParser]

    def get_queryset(self):
        return imports(self.request._request.actor)

    @extend_schema(
        request={"multipart/form-data": UploadSerializer},
        responses={201: SchoolImportSerializer},
        summary="Unggah daftar sekolah untuk diperiksa",
    )
    def post(self, request):
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        started = services.start_import(
            actor=request._request.actor, file=data["file"], token=data.get("token") or uuid4()
        )
        return Response(_shown(request, started.pk), status=status.HTTP_201_CREATED)


class SchoolImportDetail(generics.RetrieveAPIView):
    """One import: its state, its progress and its counts."""

    queryset = SchoolImport.objects.none()
    serializer_class = SchoolImportSerializer

    def get_queryset(self):
        return imports(self.request._request.actor)


class SchoolImportRows(generics.ListAPIView):
    """The rows of an import as the check found them; kept for seven days."""

    queryset = SchoolImportRow.objects.none()
    serializer_class = ImportRowSerializer

    def get_queryset(self):
        rows = _door(self.request, self.kwargs["pk"]).rows.order_by("number")
        outcome = self.request.query_params.get("outcome", "")
        return rows.filter(outcome=outcome) if outcome in SchoolImportRow.Outcome.values and outcome else rows

    @extend_schema(parameters=[OUTCOME], summary="Baris sebuah impor")
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class SchoolImportRefused(APIView):
    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY}, summary="Baris yang tidak diimpor, sebagai CSV")
    def get(self, request, pk: int):
        found = _door(request, pk)
        if not found.wrong_rows or not default_storage.exists(found.wrong_rows):
            raise Http404
        file = default_storage.open(found.wrong_rows)
        return FileResponse(file, as_attachment=True, filename=f"baris-salah-{pk}.csv", content_type="text/csv")


class SchoolImportRun(APIView):
    @extend_schema(request=None, responses={202: SchoolImportSerializer}, summary="Impor baris yang benar")
    def post(self, request, pk: int):
        services.confirm_import(actor=request._request.actor, school_import=_door(request, pk))
        return Response(_shown(request, pk), status=status.HTTP_202_ACCEPTED)


class SchoolImportUndo(APIView):
    @extend_schema(request=None, responses={202: SchoolImportSerializer}, summary="Batalkan impor (24 jam)")
    def post(self, request, pk: int):
        services.undo_import(actor=request._request.actor, school_import=_door(request, pk))
        return Response(_shown(request, pk), status=status.HTTP_202_ACCEPTED)


def _door(request, pk: int) -> SchoolImport:
    return get_object_or_404(imports(request._request.actor), pk=pk)


def _shown(request, pk: int) -> dict:
    return SchoolImportSerializer(_door(request, pk), context={"request": request}).data
