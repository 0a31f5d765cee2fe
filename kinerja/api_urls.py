"""The API of Kinerja under /api/v1/kinerja/, a list for each stage."""

app_name = "kinerja_api"
urlpatterns: list = []
