"""The API of reports, recap and cycles: the same doors and the same services as the pages."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from coordination.actors.services.once import claim_once, remember_outcome

from ..models import Decision, Kind, Obligation, Report, ReportVersion
from ..models.reports import RANKS
from ..selectors.drafts import Part, draft_of, gaps_of
from ..selectors.reports import opened, own_obligations, version_of
from ..services.decisions import accept_report, reopen_report, return_report
from ..services.grants import add_collaborator
from ..services.reports import save_component, start_report
from ..services.submission import fingerprint, submit_report


class ObligationSerializer(serializers.ModelSerializer):
    """What a UPT owes; `state` is null until its report has been begun, for Pusat until it has been sent."""

    cycle: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    state = serializers.SerializerMethodField()

    class Meta:
        model = Obligation
        fields = ["id", "cycle", "due_on", "closes_at", "submitted_at", "state"]

    def get_state(self, owed) -> str | None:
        report = getattr(owed, "report", None)
        # Whether a draft has been begun is the UPT's own business.
        if report is None or (report.version == 0 and self.context["request"]._request.actor.is_pusat):
            return None
        return report.state


class PrioritySerializer(serializers.Serializer):
    rank = serializers.IntegerField()
    text = serializers.CharField()
    sources = serializers.IntegerField()


class PartSerializer(serializers.Serializer):
    kind = serializers.CharField()
    version = serializers.IntegerField(source="component.version")
    reason_fewer = serializers.CharField(source="component.reason_fewer")
    is_open = serializers.BooleanField()
    priorities = serializers.SerializerMethodField()

    @extend_schema(responses=PrioritySerializer(many=True))
    def get_priorities(self, part: Part) -> list[dict]:
        return [
            {"rank": one.rank, "text": one.text, "sources": len(one.sources.all())} for one in part.places if one.text
        ]


class ReportSerializer(serializers.ModelSerializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    cycle: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    organisation: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    pj: serializers.StringRelatedField = serializers.StringRelatedField()
    open_kinds = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Report
        fields = ["id", "cycle", "organisation", "pj", "state", "open_kinds", "version", "started_at"]


class DraftSerializer(serializers.Serializer):
    """A report with its draft; `seen` goes back with the submission."""

    report = ReportSerializer()
    components = PartSerializer(many=True)
    gaps = serializers.ListField(child=serializers.CharField())
    seen = serializers.IntegerField()


class ComponentWriteSerializer(serializers.Serializer):
    """The five places of a component, by rank, based on a version."""

    version = serializers.IntegerField(min_value=1)
    texts = serializers.DictField(child=serializers.CharField(max_length=1000, allow_blank=True))
    reason_fewer = serializers.CharField(max_length=300, allow_blank=True, default="")

    def validate_texts(self, value):
        if not set(value) <= {str(rank) for rank in RANKS}:
            raise serializers.ValidationError("Urutan hanya 1 sampai 5.")
        return {int(rank): text for rank, text in value.items()}


class SubmitSerializer(serializers.Serializer):
    token = serializers.UUIDField()
    seen = serializers.IntegerField()


class VersionSerializer(serializers.ModelSerializer):
    submitted_by: serializers.StringRelatedField = serializers.StringRelatedField()
    content = serializers.JSONField(read_only=True)

    class Meta:
        model = ReportVersion
        fields = ["number", "submitted_at", "submitted_by", "content"]


class CollaboratorSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=180)
    outside = serializers.BooleanField(read_only=True)
    has_account = serializers.BooleanField(source="user_id", read_only=True)


class DecideSerializer(serializers.Serializer):
    """A decision of Pusat; `comments` by component open what they note."""

    version = serializers.IntegerField(min_value=1)
    verb = serializers.ChoiceField(choices=Decision.Verb.choices)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")
    comments = serializers.DictField(child=serializers.CharField(max_length=1000, allow_blank=True), default=dict)

    def validate_comments(self, value):
        if not set(value) <= set(Kind.values):
            raise serializers.ValidationError(_("Komponen tidak dikenal."))
        return value


class DecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Decision
        fields = ["number", "verb", "reason", "comments", "decided_at"]


class Door(APIView):
    """A view of one report, inside the same door as the pages."""

    def through(self, pk, work):
        """Answer with what `work(actor, report)` gives, as long as the door is open."""
        try:
            with opened(self.request._request.actor, pk) as report:
                return work(self.request._request.actor, report)
        except (Report.DoesNotExist, ReportVersion.DoesNotExist) as error:
            raise Http404 from error

    def given(self, serializer: type[serializers.Serializer]) -> dict:
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        return found.validated_data


class ObligationList(generics.ListAPIView):
    """What the caller's UPT owes; for Pusat everything."""

    queryset = Obligation.objects.none()
    serializer_class = ObligationSerializer

    def get_queryset(self):
        return own_obligations(self.request._request.actor)


class ReportOne(Door):
    @extend_schema(responses=DraftSerializer, summary="Draf laporan")
    def get(self, request, pk: int):
        return self.through(pk, self._draft)

    @extend_schema(request=None, responses={201: ReportSerializer}, summary="Mulai laporan")
    def post(self, request, pk: int):
        actor = request._request.actor
        report = start_report(actor=actor, obligation=get_object_or_404(own_obligations(actor), pk=pk))
        return Response(ReportSerializer(report).data, status=status.HTTP_201_CREATED)

    def _draft(self, actor, report):
        if actor.is_pusat:
            # Pusat reads versions, never what is being written.
            raise Http404
        parts = draft_of(report)
        gaps = [f"{gap.kind.value}: {gap.message}" for gap in gaps_of(parts)]
        draft = {"report": report, "components": parts, "gaps": gaps, "seen": fingerprint(parts)}
        return Response(DraftSerializer(draft).data)


class ComponentOne(Door):
    @extend_schema(request=ComponentWriteSerializer, responses=PartSerializer, summary="Tulis satu komponen")
    def put(self, request, pk: int, kind: str):
        if kind not in Kind.values:
            raise Http404

        def write(actor, report):
            save_component(actor=actor, report=report, kind=kind, **self.given(ComponentWriteSerializer))
            return Response(PartSerializer(next(part for part in draft_of(report) if part.kind == kind)).data)

        return self.through(pk, write)


class Submission(Door):
    @extend_schema(request=SubmitSerializer, responses=VersionSerializer, summary="Kirim ke Pusat")
    def post(self, request, pk: int):
        return self.through(pk, self._submit)

    def _submit(self, actor, report):
        data = self.given(SubmitSerializer)
        number = claim_once(actor=actor, token=data["token"])
        if number is None:
            number = str(submit_report(actor=actor, report=report, seen=data["seen"]).number)
            remember_outcome(actor=actor, token=data["token"], outcome=number)
        if not number.isdecimal():
            raise Http404
        return Response(VersionSerializer(version_of(actor, report, int(number))).data)


class VersionOne(Door):
    @extend_schema(responses=VersionSerializer, summary="Satu versi terkirim")
    def get(self, request, pk: int, number: int):
        return self.through(pk, lambda actor, report: self._version(actor, report, number))

    def _version(self, actor, report, number):
        return Response(VersionSerializer(version_of(actor, report, number)).data)


class Collaborators(Door):
    @extend_schema(request=CollaboratorSerializer, responses={201: CollaboratorSerializer}, summary="Daftarkan")
    def post(self, request, pk: int):
        def register(actor, report):
            one = add_collaborator(actor=actor, report=report, email=self.given(CollaboratorSerializer)["email"])
            return Response(CollaboratorSerializer(one).data, status=status.HTTP_201_CREATED)

        return self.through(pk, register)


class Decisions(Door):
    @extend_schema(request=DecideSerializer, responses={201: DecisionSerializer}, summary="Putusan Pusat")
    def post(self, request, pk: int):
        return self.through(pk, self._decide)

    def _decide(self, actor, report):
        data = self.given(DecideSerializer)
        common = {"actor": actor, "report": report, "version": data["version"]}
        if data["verb"] == Decision.Verb.ACCEPT:
            made = accept_report(**common)
        else:
            work = return_report if data["verb"] == Decision.Verb.RETURN else reopen_report
            made = work(**common, reason=data["reason"], comments=data["comments"])
        return Response(DecisionSerializer(made).data, status=status.HTTP_201_CREATED)
