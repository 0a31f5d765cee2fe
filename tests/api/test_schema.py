"""The OpenAPI schema is whole, and no request that it allows makes the portal fall over."""

import json
import re
from zlib import crc32

import schemathesis
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings

SCHEMA = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
CALLERS = ("admin", "upt_jabar", "penggerak")


def test_the_schema_is_valid_and_names_every_type(tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yml"), validate=True, fail_on_warn=True)


def test_the_page_of_the_api_has_no_script_inside_that_the_browser_would_refuse(cast):
    page = cast.guru.get("/api/v1/").content.decode()
    assert re.search(r"<script>", page) is None
    script = cast.guru.get("/api/v1/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "SwaggerUIBundle" in script.content.decode()


@SCHEMA.parametrize()
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
def test_no_request_the_schema_allows_ends_in_a_server_error(case, cast):
    asked = case.as_transport_kwargs(base_url="http://testserver")
    # The requests of an operation are shared out among the callers, the same ones to the same caller in every run.
    caller = CALLERS[crc32(repr(sorted(asked.items(), key=str)).encode()) % len(CALLERS)]
    client = cast.client(caller)
    client.raise_request_exception = False
    response = client.generic(
        asked["method"],
        case.formatted_path,
        data=_body(asked),
        content_type="application/json",
        query_params=asked.get("params") or {},
    )
    assert response.status_code < 500, f"{caller} {case.method} {case.path}: {response.status_code} {asked}"


def _body(asked: dict) -> bytes:
    if asked.get("json") is not None:
        return json.dumps(asked["json"]).encode()
    data = asked.get("data")
    return data if isinstance(data, bytes) else b""
