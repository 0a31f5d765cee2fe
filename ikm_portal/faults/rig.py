"""PostgreSQL, Valkey, Celery workers and beat of one's own, to be killed in the middle of their work."""

import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from celery import Celery

from ikm_portal.embedded import commands, process
from ikm_portal.embedded.places import TEMP_PREFIX, Data
from ikm_portal.embedded.process import Service
from ikm_portal.embedded.services import Services

from .postbox import Postbox

# What the process that builds a rig was given itself must not reach the rig's servers.
INHERITED = ("DATABASE_URL", "BROKER_URL", "IKM_ASSUME_ROLE", "IKM_DATA", "IKM_TEST_DB", "CELERY_BROKER_URL")
DRAIN = "coordination.notices.tasks.drain"
PEOPLE = """
    INSERT INTO actors_user (username, name, email, password, is_active, is_staff, is_superuser, date_joined)
    SELECT 'orang' || n, 'Orang ' || n, 'orang' || n || '@contoh.id', '!', true, false, false, now()
    FROM generate_series(1, %s) n ON CONFLICT DO NOTHING
"""
TELL = """
    SELECT portal_notify('announcement', %s, jsonb_build_array(jsonb_build_object('users', (
        SELECT jsonb_agg(id) FROM (SELECT id FROM actors_user ORDER BY id LIMIT %s) u), 'roles', '[]'::jsonb)),
        'Pengingat contoh', '', '{}', '', now() - %s::interval, NULL, true, NULL)
"""


class Rig:
    """Servers over a temporary folder with an empty portal in them; see `rig`."""

    def __init__(self, services: Services, post: Postbox) -> None:
        self.services = services
        self.post = post
        self.workers: list[Service] = []

    @property
    def postgres(self) -> Service:
        return self._server("PostgreSQL")

    @property
    def valkey(self) -> Service:
        return self._server("Valkey")

    def prepare(self) -> None:
        """Make roles and tables."""
        log = self.services.data.log / "prepare.log"
        for command, env in (
            (("provision_roles",), self.services.superuser_env()),
            (("migrate", "--no-input", "-v", "0"), self.services.owner_env()),
        ):
            if process.run(commands.manage(*command), env=self._portal(env), log=log) != 0:
                raise RuntimeError(log.read_text(errors="replace"))

    def clean(self) -> None:
        """Empty ledger, broker and postbox between two tests."""
        self.sql("TRUNCATE notices_notice")
        self.flush_broker()
        self.post.accepted.clear()
        self.post.mode = "ok"

    def tell(self, count: int, *, ago: str = "0 seconds", period: str = "uji") -> None:
        """Write a notice for each of `count` people, due some time ago."""
        self.sql(PEOPLE, [count])
        self.sql("SET ROLE portal_own; " + TELL + "; RESET ROLE", [period, count, ago])

    def start_worker(self, *, concurrency: int = 1) -> Service:
        """Start a real worker as `portal_worker`, sending to the postbox over SMTP."""
        name = f"worker{len(self.workers) + 1}"
        command = [*commands.role("worker"), "--concurrency", str(concurrency), "--hostname", f"{name}@%h"]
        return self._start(name, command)

    def start_beat(self) -> Service:
        return self._start("beat", commands.role("beat"))

    def kill(self, service: Service) -> None:
        """kill -9, at once; the kernel ends what it had started."""
        found = service.process
        if found is not None:
            os.kill(found.pid, signal.SIGKILL)
            found.wait()
        if service in self.workers:
            self.workers.remove(service)

    def restart(self, server: Service) -> None:
        """Kill a server and start it again over what it had written."""
        self.kill(server)
        server.start()

    def hint(self, times: int = 1) -> None:
        """Ask for a drain, as the portal does after a commit."""
        with Celery(broker=self.services.broker_url.replace("unix://", "redis+socket://"), set_as_current=False) as app:
            for _turn in range(times):
                app.send_task(DRAIN)

    def flush_broker(self) -> None:
        import redis

        with redis.Redis.from_url(self.services.broker_url) as broker:
            broker.flushall()

    def pass_leases(self) -> None:
        """Let the time of every lease go by."""
        self.sql("UPDATE notices_notice SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL")

    def states(self) -> Counter:
        """How many e-mails stand in each state."""
        return Counter(dict(self.sql("SELECT state, count(*) FROM notices_notice WHERE channel='mail' GROUP BY 1")))

    def message_ids(self, state: str) -> set[str]:
        """The Message-IDs of the e-mails in a state, as the rows give them."""
        rows = self.sql(
            "SELECT '<' || to_char(created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || '.' || id || '@localhost>' "
            "FROM notices_notice WHERE channel = 'mail' AND state = %s",
            [state],
        )
        return {row[0] for row in rows}

    def wait(self, done: Callable[[], bool], patience: float = 30.0) -> None:
        """Wait until something has become so; raises TimeoutError with the state of the ledger."""
        end = time.monotonic() + patience
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(f"{self.states()} {len(self.post.accepted)} accepted")
            time.sleep(0.05)

    def settled(self) -> bool:
        """Whether nothing is on its way any more."""
        return not self.on_their_way()

    def on_their_way(self) -> int:
        found = self.states()
        return found["pending"] + found["claimed"] + found["sending"]

    def verdict(self) -> dict[str, int]:
        """What went wrong: e-mails lost (never sent, or sent on paper only), doubled, and flagged as doubtful."""
        copies = self.post.copies()
        sent, doubtful = self.message_ids("sent"), self.message_ids("doubtful")
        return {
            "lost": self.on_their_way() + sum(not copies[one] for one in sent),
            "doubled": sum(count > 1 for count in copies.values()),
            "doubtful": len(doubtful),
            "sent": len(sent),
        }

    def sql(self, statement: str, values: list | None = None) -> list[tuple]:
        connection = psycopg2.connect(self.services.database_url)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def stop(self) -> None:
        for service in list(self.workers):
            self.kill(service)

    def _server(self, name: str) -> Service:
        return next(service for service in self.services.running if service.name == name)

    def _start(self, name: str, command: list[str]) -> Service:
        service = Service(name=name, command=command, env=self._env(), log=self.services.data.log / f"{name}.log")
        service.start()
        self.workers.append(service)
        return service

    def _env(self) -> dict[str, str]:
        return self._portal(self.services.login_env("portal_worker")) | {
            "IKM_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "IKM_SMTP_HOST": "127.0.0.1",
            "IKM_SMTP_PORT": str(self.post.port),
            "IKM_SMTP_TIMEOUT": "1",
            "IKM_URL": "http://localhost",
        }

    @staticmethod
    def _portal(env: dict[str, str]) -> dict[str, str]:
        return env | {"DJANGO_SETTINGS_MODULE": "ikm_portal.settings.dev"}


@contextmanager
def rig(*, seconds_each: float = 0.0) -> Iterator[Rig]:
    """A rig with an empty portal, gone at the end; its database keeps what it has committed over a kill."""
    kept = {name: os.environ.pop(name) for name in INHERITED if name in os.environ}
    folder = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        with Postbox(seconds_each=seconds_each) as post, Services(Data(folder)) as services:
            built = Rig(services, post)
            try:
                built.prepare()
                yield built
            finally:
                built.stop()
    finally:
        os.environ.update(kept)
        shutil.rmtree(folder, ignore_errors=True)
