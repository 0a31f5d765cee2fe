"""The roof's own addresses: homes, theme and language; and what third parties bring."""

from . import EVERYONE, Group, Row

ROWS = [
    Row("healthz", may=EVERYONE, public=True, changing=True, gives=503),
    Row("home", may=EVERYONE),
    Row("help", may=EVERYONE),
    Row("help_guide", url={"name": "penggerak"}, may=EVERYONE),
    Row("set_theme", "POST", body={"theme": "dark"}, may=EVERYONE, public=True),
    Row("set_language", "POST", body={"language": "id"}, may=EVERYONE, public=True),
    Row("api_schema", may=EVERYONE, changing=True),
    Row("api_docs", may=EVERYONE),
    Row("styleguide", may=EVERYONE),
    Row("styleguide_draft", "POST", body={"topic": "Asesmen", "version": "1"}, may=EVERYONE),
]
GROUPS = [
    Group("admin/", oracle="tests/test_admin_wall.py"),
    Group("akun/", oracle="tests/test_account_wall.py"),
]
