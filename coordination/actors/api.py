"""The ground floor's API: who am I, regions, offices, schools, members; the same services as the pages."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Invitation, Membership, Organisation, Role, School, Wilayah
from .selectors.members import members
from .selectors.schools import schools
from .services.invitations import invite
from .services.memberships import end_membership


class RoleSerializer(serializers.Serializer):
    """One of the caller's present roles."""

    id = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Role.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    place = serializers.CharField()
    plt = serializers.BooleanField()
    path = serializers.CharField()


class MeSerializer(serializers.Serializer):
    """Who the caller is and as what they act."""

    name = serializers.CharField()
    email = serializers.EmailField(source="user.email")
    acting = RoleSerializer(allow_null=True)
    memberships = RoleSerializer(many=True)


class WilayahSerializer(serializers.ModelSerializer):
    class Meta:
        model = Wilayah
        fields = ["code", "level", "name", "parent", "time_zone"]


class OrganisationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["id", "code", "kind", "unit", "name", "short_name", "wilayah", "serves", "active"]


class SchoolSerializer(serializers.ModelSerializer):
    class Meta:
        model = School
        fields = [
            "npsn", "name", "bentuk", "level", "status", "provinsi", "kabkota", "kecamatan", "desa", "alamat",
            "kode_pos", "akreditasi", "kurikulum", "guru", "tendik", "peserta_didik", "rombel", "active",
            "updated_at",
        ]  # fmt: skip


class MembershipSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    place: serializers.StringRelatedField = serializers.StringRelatedField()

    class Meta:
        model = Membership
        fields = ["id", "name", "email", "role", "place", "plt", "starts", "until"]


class InvitationSerializer(serializers.Serializer):
    """An invitation to a role: name an office by code or a school by NPSN, exactly one of them."""

    name = serializers.CharField(max_length=120)
    email = serializers.EmailField(max_length=180)
    role = serializers.ChoiceField(choices=Role.choices)
    office = serializers.SlugRelatedField("code", queryset=Organisation.objects.all(), required=False)
    npsn = serializers.CharField(max_length=8, required=False)
    plt = serializers.BooleanField(default=False)
    until = serializers.DateField(required=False, allow_null=True, default=None)

    def validate(self, data):
        if bool(data.get("office")) == bool(data.get("npsn")):
            raise serializers.ValidationError({"npsn": _("Sebutkan kantor atau NPSN, salah satu saja.")})
        return data


class InvitationStateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Invitation
        fields = ["id", "email", "role", "state", "expires_at"]


class EndSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


class Me(APIView):
    @extend_schema(responses=MeSerializer, summary="Saya dan peran saya")
    def get(self, request):
        return Response(MeSerializer(request._request.actor).data)


class WilayahList(generics.ListAPIView):
    """Regions; `induk` narrows to the regions inside one."""

    queryset = Wilayah.objects.all()
    serializer_class = WilayahSerializer
    filterset_fields = {"parent": ["exact"], "level": ["exact"]}


class OrganisationList(generics.ListAPIView):
    """The public list of offices."""

    queryset = Organisation.objects.filter(active=True).prefetch_related("serves").order_by("code")
    serializer_class = OrganisationSerializer
    filterset_fields = ["kind", "unit", "wilayah"]


@extend_schema(parameters=[OpenApiParameter("q", str, description="Awal NPSN, atau kata dalam nama")])
class SchoolList(generics.ListAPIView):
    """The schools of the caller's area; `q` searches as the page does."""

    queryset = School.objects.none()
    serializer_class = SchoolSerializer
    filterset_fields = ["bentuk", "level", "status", "kabkota", "kecamatan"]

    def get_queryset(self):
        asked = self.request.query_params.get("q", "")
        return schools(self.request._request.actor, search=asked).select_related(None).order_by("npsn")


class SchoolDetail(generics.RetrieveAPIView):
    """One school by its NPSN."""

    queryset = School.objects.none()
    serializer_class = SchoolSerializer
    lookup_field = "npsn"

    def get_queryset(self):
        return School.objects.visible_to(self.request._request.actor)


class MemberList(generics.ListAPIView):
    """The members in force of the caller's area."""

    queryset = Membership.objects.none()
    serializer_class = MembershipSerializer
    filterset_fields = ["role", "plt"]

    def get_queryset(self):
        return members(self.request._request.actor)


class MemberEnd(APIView):
    @extend_schema(request=EndSerializer, responses=MembershipSerializer, summary="Akhiri peran")
    def post(self, request, pk: int):
        actor = request._request.actor
        rows = Membership.objects.visible_to(actor).select_related("user", "organisation", "school")
        membership = get_object_or_404(rows, pk=pk)
        given = EndSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ended = end_membership(actor=actor, membership=membership, reason=given.validated_data["reason"])
        return Response(MembershipSerializer(ended).data)


class InvitationCreate(APIView):
    @extend_schema(request=InvitationSerializer, responses={201: InvitationStateSerializer}, summary="Undang seseorang")
    def post(self, request):
        actor = request._request.actor
        given = InvitationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        npsn = data.pop("npsn", None)
        place = data.pop("office", None) or get_object_or_404(School.objects.visible_to(actor), npsn=npsn)
        invitation = invite(actor=actor, place=place, **data)
        return Response(InvitationStateSerializer(invitation).data, status=status.HTTP_201_CREATED)
