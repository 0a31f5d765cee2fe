from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from .services.moves import settle_moves

DAYS = 2 * 86400


@shared_task(time_limit=600, soft_time_limit=580)
def settle_moves_daily() -> None:
    """Settle plans of people who have moved, once a day; a day whose run failed is tried again at the next tick."""
    key, done = f"kinerja:moves:{timezone.localdate()}", False
    if not cache.add(key, True, DAYS):
        return
    try:
        settle_moves()
        done = True
    finally:
        if not done:
            cache.delete(key)
