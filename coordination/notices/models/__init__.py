"""The ledger of what the portal says to people, how they want to hear it, and the days off."""

from .holidays import Holiday
from .notices import Channel, Notice, State
from .preferences import Preference
from .reminders import Reminder

__all__ = ["Channel", "Holiday", "Notice", "Preference", "Reminder", "State"]
