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
from coordination.actors.tenancy.carried import as_statement
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
QUESTION = "SELECT npsn, pg_backend_pid() FROM actors_school"
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


def ask_many(folder: Path, way: str) -> tuple[int, int, set[int]]:
    """Ask in changing scopes at the same time; returns (asked, wrong, server processes used).

    The `way`: "transaction" as what changes something, "alone" as what is only read, each statement with its scope,
    "session" as a portal would that knows no settings local to a transaction: set once, ask later.
    """
    seen = [(as_statement(*scope.settings()), expected) for scope, expected in SEEN]
    wrong, asked, servers = [], [], set()

    def client(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - any order will do, the same each time
        link = psycopg2.connect(dbname=connection.settings_dict["NAME"], host=str(folder), port=PORT, user="anybody")
        link.autocommit = way != "transaction"
        cursor = link.cursor()
        for _ in range(TRANSACTIONS // CLIENTS):
            settings, expected = chance.choice(seen)
            try:
                if way == "alone":
                    cursor.execute(f"{settings}; {QUESTION}")
                else:
                    cursor.execute(settings if way == "transaction" else settings.replace("true", "false"))
                    cursor.execute(QUESTION)
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


@pytest.mark.parametrize("way", ["transaction", "alone"])
def test_two_thousand_interleaved_scopes_over_three_connections_are_never_mixed(bouncer, way):
    asked, wrong, servers = ask_many(bouncer, way)
    assert asked == TRANSACTIONS
    assert wrong == 0
    assert len(servers) <= SERVERS


def test_settings_of_a_session_would_be_mixed(bouncer):
    """The same with session-level settings goes wrong: proof that the test above can fail."""
    _asked, wrong, _servers = ask_many(bouncer, "session")
    assert wrong > TRANSACTIONS / 20


@pytest.mark.parametrize("way", ["transaction", "alone"])
def test_no_scope_is_left_on_a_connection_that_is_handed_on(bouncer, way):
    ask_many(bouncer, way)
    link = psycopg2.connect(dbname=connection.settings_dict["NAME"], host=str(bouncer), port=PORT, user="anybody")
    cursor = link.cursor()
    for _ in range(20):
        cursor.execute("SELECT current_user, current_setting('app.lo0', true)")
        assert cursor.fetchone() in {("portal_login", ""), ("portal_login", None)}
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SELECT count(*) FROM actors_school")
        link.rollback()
    link.close()
