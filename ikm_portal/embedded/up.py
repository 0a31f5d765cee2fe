"""`portal.py up`: the whole portal on one machine, until Ctrl-C."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import commands, demo, venv
from .places import Data
from .prepare import prepare
from .process import Service
from .services import Services
from .terminal import Fault, complain, say, seconds, tail

FIRST_PAGE_PATIENCE = 60.0


def up(*, folder: Path, port: int, wants_demo: bool) -> int:
    """Start everything, say where it is, and keep it running until somebody stops it.

    Raises Fault when a part cannot start or keeps ending.
    """
    begun = time.monotonic()
    check_port(port)
    venv.ensure("portal.lock")
    installed = time.monotonic()
    data = Data(folder)
    fresh = not data.prepared.exists()
    with Services(data) as services:
        # Somebody's own server gets demo accounts only when asked for by name.
        usual = "0" if services.external_database else "1"
        with_demo = wants_demo and os.environ.get("IKM_DEMO", usual) == "1"
        prepare(services, demo=with_demo)
        address = f"http://127.0.0.1:{port}/"
        settings = {"IKM_BIND": f"127.0.0.1:{port}", "IKM_DEMO": "1" if with_demo else "0"}
        settings["IKM_URL"] = os.environ.get("IKM_URL", address.rstrip("/"))
        web = portal_service("web", services, settings)
        services.add(web)
        wait_for_page(address, web)
        ready = time.monotonic()
        try:
            for name in ("worker", "beat"):
                services.add(portal_service(name, services, settings))
            announce(address, data, with_demo)
            kind = "mulai pertama" if fresh else "mulai lagi"
            apart = f", di luar pemasangan paket {seconds(installed - begun)}" if installed - begun > 1 else ""
            say(f"Siap dalam {seconds(ready - installed)} ({kind}{apart}). Ctrl-C menghentikan portal.")
            watch(services)
        except KeyboardInterrupt:
            say("Menghentikan portal …")
    return 0


def check_port(port: int) -> None:
    """Refuse a port that is taken before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Fault(f"Port {port} tidak bisa dipakai: {error.strerror}. Pilih --port lain.") from error


def portal_service(name: str, services: Services, settings: dict[str, str]) -> Service:
    """The web server, the worker or beat, not yet started."""
    quick = name != "worker"
    return Service(
        name=name,
        command=commands.role(name),
        log=services.data.log / f"{name}.log",
        env=services.login_env(commands.LOGINS[name]) | settings,
        # A task in hand may end; one that takes longer comes back to the next worker.
        stop_with=((signal.SIGTERM, 10.0),) if quick else ((signal.SIGTERM, 10.0), (signal.SIGQUIT, 3.0)),
    )


def wait_for_page(address: str, web: Service) -> None:
    """Wait until the portal answers its first page. Raises Fault when it ends or stays silent."""
    end = time.monotonic() + FIRST_PAGE_PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20):
                return
        except urllib.error.HTTPError as answer:
            if answer.code >= 500:
                complain(f"Halaman pertama menjawab {answer.code}. Akhir {web.log}:\n{tail(web.log)}")
            return
        except OSError:
            if not web.alive() or time.monotonic() > end:
                raise Fault(f"Portal tidak menjawab. Akhir {web.log}:\n{tail(web.log)}") from None
        time.sleep(0.05)


def announce(address: str, data: Data, with_demo: bool) -> None:
    say()
    say(f"Portal: {address}")
    say(f"Data dan catatan: {data.folder}")
    if with_demo:
        say(f"Akun contoh, semua dengan kata sandi {demo.password()}")
        say(demo.table())
    say()


def watch(services: Services) -> None:
    """Start again what ended by itself; give up when one keeps ending."""
    while True:
        time.sleep(0.3)
        for service in services.running:
            if service.alive():
                continue
            if service.often_restarted():
                raise Fault(f"{service.name} terus berhenti. Akhir {service.log}:\n{tail(service.log)}")
            complain(f"{service.name} berhenti sendiri dan dijalankan lagi; lihat {service.log}.")
            service.stop()
            service.start()
            services.note()
