"""Working days: weekends, the country's holidays, one province's own, and what an admin has changed."""

from datetime import date

import pytest

from coordination.notices.calendar import WorkCalendar
from coordination.notices.models import Holiday
from coordination.notices.services.holidays import seed_holidays

CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def days(db):
    seed_holidays(years=[2026, 2027])


def test_shipped_days_hold_national_holidays_and_joint_leave_with_estimates_marked(days):
    assert Holiday.objects.get(date=CHRISTMAS).name == "Hari Raya Natal"
    assert Holiday.objects.filter(date=date(2026, 12, 24), name__startswith="Cuti Bersama").exists()
    eid = Holiday.objects.get(date=date(2027, 3, 10))
    assert (eid.name, eid.estimated) == ("Hari Raya Idul Fitri", True)


def test_seeding_again_leaves_an_admins_changes_alone(days):
    Holiday.objects.filter(date=CHRISTMAS).update(observed=False)
    before = Holiday.objects.count()
    assert seed_holidays(years=[2026, 2027]) == 0
    assert (Holiday.objects.count(), Holiday.objects.get(date=CHRISTMAS).observed) == (before, False)


def test_the_last_working_day_before_a_long_holiday_is_found(days):
    calendar = WorkCalendar.load(date(2026, 12, 1), date(2027, 1, 31))
    assert calendar.last_until(date(2026, 12, 27)) == date(2026, 12, 23)
    assert calendar.first_from(date(2026, 12, 24)) == date(2026, 12, 28)


def test_a_day_that_is_no_holiday_after_all_is_a_working_day(days):
    Holiday.objects.filter(date=CHRISTMAS).update(observed=False)
    assert WorkCalendar.load(CHRISTMAS, CHRISTMAS).is_working(CHRISTMAS)


def test_a_provinces_own_holiday_counts_there_alone(cast):
    Holiday.objects.create(date=date(2026, 11, 12), name="Hari libur daerah", wilayah_id="32")
    calendar = WorkCalendar.load(date(2026, 11, 1), date(2026, 11, 30))
    assert not calendar.is_working(date(2026, 11, 12), "32")
    assert calendar.is_working(date(2026, 11, 12), "64")
    assert calendar.is_working(date(2026, 11, 12))
