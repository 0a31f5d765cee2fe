"""`/healthz`: whether database, broker, worker and beat do their part, for a monitor and for nginx."""

import time
from datetime import UTC, datetime

import redis
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import pulse

# Seconds without a sign of life before a part counts as down: the worker gives one every two seconds,
# beat every minute; a task may hold the worker's only hand for a quarter of an hour.
LIMITS = {"worker": 30, "beat": 150, "tick": 20 * 60}
KEEP_SECONDS = 1.0

_kept: tuple[float, dict] | None = None


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Say how each part is: 200 when all work, else 503. Public, and without any tenant's data."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEEP_SECONDS:
        _kept = (time.monotonic(), examine())
    report = _kept[1]
    return JsonResponse(report, status=200 if report["ok"] else 503)


def examine() -> dict:
    """Ask every part now; answers within a few seconds also when all of them are down."""
    parts = {"database": _database()} | _queue()
    return {"ok": all(part["ok"] for part in parts.values())} | parts


def _database() -> dict:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        # A connection that broke is opened anew at the next question.
        connection.close()
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True}


def _queue() -> dict:
    try:
        seen = pulse.last(LIMITS)
    except redis.RedisError as error:
        unknown = {"ok": False, "last": None, "age_seconds": None}
        return {
            "broker": {"ok": False, "error": type(error).__name__},
            "worker": unknown,
            "beat": unknown,
        }
    signs = {name: _sign(seen[name], LIMITS[name]) for name in LIMITS}
    # Beat is well when it sends ticks; a worker that is alive but handles none of them is not.
    worker = signs["worker"] | {"ok": signs["worker"]["ok"] and signs["tick"]["ok"]}
    worker["last_tick_handled"] = signs["tick"]["last"]
    return {"broker": {"ok": True}, "worker": worker, "beat": signs["beat"]}


def _sign(moment: float | None, limit: float) -> dict:
    if moment is None:
        return {"ok": False, "last": None, "age_seconds": None}
    age = max(0.0, time.time() - moment)
    when = datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
    return {"ok": age <= limit, "last": when, "age_seconds": round(age, 1)}


urlpatterns = [path("healthz", healthz, name="healthz")]
