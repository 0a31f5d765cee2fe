"""PostgreSQL and Valkey for one data folder, and the environment the portal's processes get."""

import os
import shutil
from pathlib import Path

from . import addresses, commands, places
from .places import Data
from .postgres import Postgres
from .process import Service, started_at
from .terminal import Fault
from .valkey import Valkey

PASSWORDS = {"portal_login": "IKM_LOGIN_PASSWORD", "portal_worker": "IKM_WORKER_PASSWORD"}


class Services:
    """The servers behind the portal: started here, or those DATABASE_URL and BROKER_URL name.

    Use as a context: whatever it started is stopped at the end.
    """

    def __init__(self, data: Data, *, durable: bool = True) -> None:
        self.data = data
        self.durable = durable
        self.external_database = os.environ.get("DATABASE_URL", "")
        self.database_url = self.external_database
        self.broker_url = os.environ.get("BROKER_URL", "")
        self.running: list[Service] = []
        self.run: Path | None = None
        self._postgres: Postgres | None = None

    def __enter__(self) -> "Services":
        self.data.create()
        if not self.data.hold():
            raise Fault(
                f"Folder data {self.data.folder} sedang dipakai portal lain. "
                "Hentikan dulu portal itu, atau pilih folder lain dengan --data."
            )
        try:
            self.data.clear_leftovers()
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()

    def _start(self) -> None:
        if self.database_url and self.broker_url:
            return
        folder, log = self.data.folder, self.data.log
        user = places.service_user(folder)
        self.run = run = places.socket_folder(folder, user)
        self.note()
        if not self.database_url:
            if not (folder / "postgres").exists():
                # Steps done on an earlier database say nothing about a new one.
                self.data.prepared.unlink(missing_ok=True)
            self._postgres = Postgres(data=folder, run=run, log=log, user=user, durable=self.durable)
            self.add(self._postgres.service())
            self._postgres.create_database()
            self.database_url = self._postgres.url
        if not self.broker_url:
            broker = Valkey(data=folder, run=run, log=log, durable=self.durable)
            self.add(broker.service())
            self.broker_url = broker.url

    def add(self, service: Service) -> None:
        """Start one more service, to be stopped with the others."""
        service.start()
        self.running.append(service)
        self.note()

    def note(self) -> None:
        """Write down what runs, for `manage` beside it and for the launcher after a kill."""
        services = {}
        for service in self.running:
            if service.process is not None:
                pid = service.process.pid
                services[service.name] = [pid, started_at(pid)]
        self.data.write_note(
            {
                "run": str(self.run or ""),
                "copied": str(self._postgres.copied or "") if self._postgres else "",
                "database_url": "" if self.external_database else self.database_url,
                "broker_url": "" if os.environ.get("BROKER_URL") else self.broker_url,
                "services": services,
            }
        )

    def _stop(self) -> None:
        # The portal's processes end side by side, and the servers they use only after them.
        portal = [service for service in self.running if service.name in commands.ROLES]
        servers = [service for service in self.running if service.name not in commands.ROLES]
        for service in portal:
            service.ask_to_stop()
        for service in [*portal, *servers]:
            service.stop()
        self.running.clear()
        for folder in (self.run, self._postgres.copied if self._postgres else None):
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
        self.data.note.unlink(missing_ok=True)
        self.data.release()

    def join(self) -> None:
        """Use the servers of the launcher that holds this folder now."""
        note = self.data.read_note()
        self.database_url = self.database_url or note.get("database_url", "")
        self.broker_url = self.broker_url or note.get("broker_url", "")
        if not (self.database_url and self.broker_url):
            raise Fault("Portal di folder data ini baru mulai atau sedang berhenti; coba sebentar lagi.")

    def owner_env(self) -> dict[str, str]:
        """For Django's commands: the superuser's connection, acting as the owner of the tables."""
        return {**self.superuser_env(), "IKM_ASSUME_ROLE": "portal_own"}

    def superuser_env(self) -> dict[str, str]:
        return self._env(self.database_url)

    def login_env(self, login: str) -> dict[str, str]:
        """For the portal's processes, whose login has no right on a tenant table of its own."""
        password = os.environ.get(PASSWORDS[login], "") if self.external_database else ""
        return self._env(addresses.as_login(self.database_url, login, password))

    def _env(self, database_url: str) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if name != "IKM_ASSUME_ROLE"}
        env.setdefault("DJANGO_SETTINGS_MODULE", "ikm_portal.settings.dev")
        env.setdefault("IKM_SECRET_KEY", self.data.secret())
        env |= {"DATABASE_URL": database_url, "BROKER_URL": self.broker_url}
        env |= {"IKM_DATA": str(self.data.folder), "PYTHONUNBUFFERED": "1"}
        return env
