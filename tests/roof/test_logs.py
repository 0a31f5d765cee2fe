"""What a refusal leaves in the log: a line, and a traceback only for a fault."""

import io
import logging

import pytest
from django.conf import settings
from django.utils.log import configure_logging


@pytest.fixture
def written(monkeypatch):
    """The log of the portal as it is set up, into memory."""
    text = io.StringIO()
    configure_logging("logging.config.dictConfig", settings.LOGGING)
    handler = next(one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler)
    monkeypatch.setattr(handler, "stream", text)
    return text


def test_a_refused_request_leaves_one_line(cast, written):
    assert cast.guru.get("/anggota/undang/").status_code == 403
    assert written.getvalue().strip().count("\n") == 0
    assert "/anggota/undang/" in written.getvalue()


def test_a_fault_leaves_its_traceback(written):
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("django.request").exception("fault")
    assert "Traceback" in written.getvalue()
