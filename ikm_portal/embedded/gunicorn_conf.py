"""Gunicorn's settings, the same under `portal.py up` and on a server."""

import os
import signal

from .process import die_with_parent

bind = os.environ.get("IKM_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("IKM_WEB_WORKERS", "2"))
threads = int(os.environ.get("IKM_WEB_THREADS", "4"))
# Code is loaded once and shared by the workers: half the memory, and the second start is quicker.
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
accesslog = "-"
errorlog = "-"
forwarded_allow_ips = os.environ.get("IKM_PROXIES", "127.0.0.1")


def pre_fork(server, worker):
    # A connection opened while the code was loaded must not be shared by the workers.
    from django.db import connections

    connections.close_all()


def post_fork(server, worker):
    die_with_parent(signal.SIGKILL, server.pid)
