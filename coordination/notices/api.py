"""The notices' API: one's own inbox, and taking notices off the unread ones."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Channel, Notice
from .selectors import inbox
from .services import mark_all_read, mark_read


class NoticeSerializer(serializers.ModelSerializer):
    """A notice in the caller's language; `url` is an address of the portal."""

    title = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)

    class Meta:
        model = Notice
        fields = ["id", "kind", "title", "text", "url", "created_at", "read_at"]


class CountSerializer(serializers.Serializer):
    count = serializers.IntegerField()


class NoticeList(generics.ListAPIView):
    """The caller's notices, newest first; `?unread=true` for those not read yet."""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer

    def get_queryset(self):
        rows = inbox(actor=self.request._request.actor)
        return rows.filter(read_at=None) if self.request.query_params.get("unread") == "true" else rows


class NoticeRead(APIView):
    @extend_schema(request=None, responses=NoticeSerializer, summary="Tandai sudah dibaca")
    def post(self, request, pk: int):
        actor = request._request.actor
        rows = Notice.objects.visible_to(actor).filter(channel=Channel.APP, user=actor.user)
        return Response(NoticeSerializer(mark_read(actor=actor, notice=get_object_or_404(rows, pk=pk))).data)


class NoticeReadAll(APIView):
    @extend_schema(
        request=None,
        responses=CountSerializer,
        summary="Tandai semua sudah dibaca",
        operation_id="pemberitahuan_dibaca_semua",
    )
    def post(self, request):
        return Response({"count": mark_all_read(actor=request._request.actor)})
