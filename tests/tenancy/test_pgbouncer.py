"""Scopes through pgbouncer in transaction mode, where a server connection changes hands between transactions."""

import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from coordination.actors.tenancy import paths
from coordination.actors.tenancy.scope import Scope

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not shutil.which("pgbouncer"), reason="pgbouncer is not installed (apt-get install pgbouncer)"),
]

CLIENTS = 12
SERVERS = 3
TRANSACTIONS = 2400
PORT = 6543
SEEN = [
    (Scope("portal_one", ranges=(paths.area("32.d.76"),)), {"99000001", "99000002"}),
    (Scope("portal_one", ranges=(paths.area("32.m"),)), {"99000003"}),
    (Scope("portal_one", ranges=(paths.area("64.d.71"),)), {"99000005"}),
    (Scope("portal_many", ranges=(paths.area("64"), paths.area("91"))), {"99000005", "99000006", "99000007"}),
    (Scope("portal_list", listed=("32.d.76.01/99000001",)), {"99000001"}),
    (Scope("portal_one", ranges=(paths.EMPTY,)), set()),
]
CONFIG = """
[databases]
{name} = host={host} port={port} dbname={name} user=portal_login {password}
[pgbouncer]
pool_mode = transaction
auth_type = any
listen_addr =
listen_port = {listen}
unix_socket_dir = {folder}
max_client_conn = 100
default_pool_size = {servers}
logfile = {folder}/log
pidfile = {folder}/pid
"""


@pytest.fixture
def bouncer(db):
    """The folder of the socket of a pgbouncer in front of the test database."""
    found = connection.settings_dict
    folder = Path(tempfile.mkdtemp(prefix="ikm"))
    folder.chmod(0o777)
    password = os.environ.get("IKM_LOGIN_PASSWORD", "")
    config = folder / "pgbouncer.ini"
    config.write_text(
        CONFIG.format(
            name=found["NAME"],
            host=found["HOST"] or "/var/run/postgresql",
            port=found["PORT"] or 5432,
            password=f"password='{password}'" if password else "",
            listen=PORT,
            folder=folder,
            servers=SERVERS,
        )
    )
    # It refuses to run as root.
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(["pgbouncer", "-q", *user, str(config)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while not (folder / f".s.PGSQL.{PORT}").exists():
            assert process.poll() is None, "pgbouncer ended at once"
            assert time.monotonic() < until, "pgbouncer did not start"
            time.sleep(0.02)
        yield folder
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def ask_many(folder: Path, *, local: bool) -> tuple[int, int, set[int]]:
    """Run interleaved transactions of changing scopes; returns (asked, wrong, server processes used)."""
    wrong, asked, servers = [], [], set()

    def client(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - any order will do, the same each time
        link = psycopg2.connect(dbname=connection.settings_dict["NAME"], host=str(folder), port=PORT, user="anybody")
        cursor = link.cursor()
        for _ in range(TRANSACTIONS // CLIENTS):
            scope, expected = chance.choice(SEEN)
            values = scope.settings()
            calls = ", ".join([f"set_config(%s, %s, {str(local).lower()})"] * len(values))
            try:
                cursor.execute(f"SELECT {calls}", [part for pair in values for part in pair])
                if not local:
                    # What a portal without transaction-local settings would do: set once, ask later.
                    link.commit()
                cursor.execute("SELECT npsn, pg_backend_pid() FROM actors_school")
                found = cursor.fetchall()
                servers.update(row[1] for row in found)
                asked.append(number)
                if {row[0] for row in found} != expected:
                    wrong.append(number)
            except psycopg2.Error:
                wrong.append(number)
                link.rollback()
            link.commit()
        link.close()

    threads = [threading.Thread(target=client, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(asked), len(wrong), servers


def test_two_thousand_interleaved_scopes_over_three_connections_are_never_mixed(bouncer):
    asked, wrong, servers = ask_many(bouncer, local=True)
    assert asked == TRANSACTIONS
    assert wrong == 0
    assert len(servers) <= SERVERS


def test_settings_of_a_session_would_be_mixed(bouncer):
    """The same with session-level settings goes wrong: proof that the test above can fail."""
    _asked, wrong, _servers = ask_many(bouncer, local=False)
    assert wrong > TRANSACTIONS / 20


def test_no_scope_is_left_on_a_connection_that_is_handed_on(bouncer):
    ask_many(bouncer, local=True)
    link = psycopg2.connect(dbname=connection.settings_dict["NAME"], host=str(bouncer), port=PORT, user="anybody")
    cursor = link.cursor()
    for _ in range(20):
        cursor.execute("SELECT current_user, current_setting('app.lo0', true)")
        assert cursor.fetchone() in {("portal_login", ""), ("portal_login", None)}
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SELECT count(*) FROM actors_school")
        link.rollback()
    link.close()
