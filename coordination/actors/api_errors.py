"""The API's answers to refusals, in the same words as the pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_handler

from .errors import Conflict, NotAllowed, Refusal


def exception_handler(error, context):
    """Turn the portal's refusals into JSON with the same words as the pages."""
    if isinstance(error, Conflict):
        body = {"detail": error.message, "mend": error.mend, "mine": error.mine, "theirs": error.theirs}
        return Response(body, status=409)
    if isinstance(error, Refusal):
        return Response({"detail": error.message, "mend": error.mend, "code": error.code}, status=error.status)
    if isinstance(error, NotAllowed):
        error = exceptions.PermissionDenied(error.message or None)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, Http404):
        # Django's own words name the model, in English.
        error = exceptions.NotFound()
    return rest_handler(error, context)
