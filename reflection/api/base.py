"""What the API of sessions and communities shares."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.views import APIView

from coordination.actors.services.once import claim_once, remember_outcome

BIGGEST_ID = 2**63 - 1


class IdField(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": BIGGEST_ID, **kwargs})


class ActorView(APIView):
    """A view that knows its actor, its door and what was sent."""

    @property
    def actor(self):
        """The actor that the middleware has found."""
        return self.request._request.actor

    def door(self, rows: QuerySet, pk: int | None) -> Any:
        """The row with this id among those the actor may see, or 404."""
        return get_object_or_404(rows, pk=pk)

    def given(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        """What was sent, in its checked shape."""
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)

    def once(self, token: UUID | None, rows: QuerySet, make: Callable[[], Model]) -> Any:
        """Make a row; a token that was sent before gives the row it made then."""
        if token is None:
            return make()
        with transaction.atomic():
            earlier = claim_once(actor=self.actor, token=token)
            if earlier is not None:
                if not earlier.isdecimal():
                    raise Http404
                return get_object_or_404(rows, pk=int(earlier))
            made = make()
            remember_outcome(actor=self.actor, token=token, outcome=str(made.pk))
        return made
