"""Addresses of reflection; one list for each noun."""

from .cycles import urlpatterns as cycles
from .recap import urlpatterns as recap
from .reports import urlpatterns as reports
from .sessions import urlpatterns as sessions

app_name = "reflection"
urlpatterns = [*sessions, *reports, *recap, *cycles]
