"""The launcher's parts that need no running portal."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from ikm_portal.embedded import addresses, cli, places, throwaway, venv
from ikm_portal.embedded.process import ROOT, Service, follow_parent, started_at
from ikm_portal.embedded.terminal import Fault
from tests.launcher.conftest import gone


def test_the_launcher_needs_nothing_but_the_standard_library():
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import ikm_portal.embedded.cli"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_an_old_python_is_told_what_is_missing(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    monkeypatch.setattr(sys, "version", "3.10.2 (main)")
    monkeypatch.syspath_prepend(str(ROOT))
    import portal

    with pytest.raises(SystemExit, match=r"Python 3\.11 atau lebih baru, bukan 3\.10\.2"):
        portal.start()


@pytest.fixture
def locks(tmp_path, monkeypatch):
    """A made-up project with two locks; the list tells what was installed."""
    (tmp_path / "requirements").mkdir()
    for name in ("portal.lock", "test.lock"):
        (tmp_path / "requirements" / name).write_text(name)
    installed = []

    def pretend(command, **kwargs):
        installed.append(Path(command[-1]).name)
        return 0

    def make():
        (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".venv" / "bin" / "python").touch()

    monkeypatch.setattr(venv, "ROOT", tmp_path)
    monkeypatch.setattr(venv, "LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(venv, "_make", make)
    monkeypatch.setattr(venv.process, "run", pretend)
    return tmp_path, installed


def test_packages_are_installed_once_and_again_when_their_lock_changed(locks):
    root, installed = locks
    venv.ensure("portal.lock")
    venv.ensure("portal.lock")
    assert installed == ["portal.lock"]
    (root / "requirements" / "portal.lock").write_text("changed")
    venv.ensure("portal.lock")
    assert installed == ["portal.lock", "portal.lock"]


def test_the_packages_of_the_tests_are_enough_for_the_portal(locks):
    _, installed = locks
    venv.ensure("test.lock")
    venv.ensure("portal.lock")
    assert installed == ["test.lock"]


def test_packages_that_cannot_be_installed_leave_no_mark(locks, monkeypatch):
    root, _ = locks
    monkeypatch.setattr(venv.process, "run", lambda command, log: 1)
    with pytest.raises(Fault, match="Paket tidak bisa dipasang"):
        venv.ensure("portal.lock")
    assert not (root / ".venv" / venv.STAMP).exists()


def test_the_locks_pin_every_package_by_hash_and_name_no_server():
    for name in ("portal.lock", "test.lock"):
        text = (ROOT / "requirements" / name).read_text()
        assert text.count("==") <= text.count("--hash=sha256:")
        assert "http" not in text


def test_the_lock_of_the_tests_contains_the_lock_of_the_portal():
    def pins(name):
        text = (ROOT / "requirements" / name).read_text()
        return {line.split()[0] for line in text.splitlines() if "==" in line and not line.startswith(" ")}

    assert pins("portal.lock") <= pins("test.lock")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://postgres@/portal?host=/a/pg", "postgresql://portal_login@/portal?host=/a/pg"),
        ("postgresql://root:old@db:5432/portal", "postgresql://portal_login:p%40ss@db:5432/portal"),
    ],
)
def test_a_database_address_is_turned_to_another_login(url, expected):
    assert addresses.as_login(url, "portal_login", "p@ss" if "db" in url else "") == expected


def test_an_address_is_shown_without_its_password():
    assert addresses.without_password("postgresql://a:b@db/portal") == "postgresql://a@db/portal"


def test_sockets_lie_in_the_data_folder_unless_its_path_is_long_or_not_plain(tmp_path):
    short = Path(places.temporary_folder(None))
    spaced = short / "dengan spasi"
    long = short / ("x" * 90)
    made = []
    try:
        for folder in (short, spaced, long):
            folder.mkdir(exist_ok=True)
            made.append(places.socket_folder(folder, None))
        assert made[0] == short / "run"
        for folder in made[1:]:
            assert folder.name.startswith(places.TEMP_PREFIX)
        for folder in made:
            assert folder.stat().st_mode & 0o777 == 0o700
            assert len(os.fsencode(folder)) + places.LONGEST_SOCKET <= places.SOCKET_LIMIT
    finally:
        for folder in [*made[1:], short]:
            places.remove_own_folder(folder)


def test_a_folder_is_held_by_one_launcher_at_a_time(tmp_path):
    first, second = places.Data(tmp_path), places.Data(tmp_path)
    assert first.hold()
    assert not second.hold()
    first.release()
    assert second.hold()
    second.release()


def test_a_link_in_the_place_of_a_temporary_folder_is_not_followed(tmp_path):
    (tmp_path / "milik orang").mkdir()
    (tmp_path / "ikm-x").symlink_to(tmp_path / "milik orang")
    places.remove_own_folder(tmp_path / "ikm-x")
    assert (tmp_path / "milik orang").exists()


def test_a_service_that_ignores_the_polite_signal_is_killed_with_its_children(tmp_path):
    script = "trap '' TERM; sleep 60 & echo $! > child; while :; do sleep 60; done"
    stubborn = Service(
        name="keras",
        command=["sh", "-c", f"cd '{tmp_path}'; {script}"],
        log=tmp_path / "log",
        ready=lambda pid: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip() != "",
        stop_with=((signal.SIGTERM, 0.2),),
    )
    stubborn.start()
    child = int((tmp_path / "child").read_text())
    born = started_at(child)
    stubborn.stop()
    assert not stubborn.alive()
    assert gone([(child, born)], patience=5) == []


def test_a_service_that_cannot_start_shows_the_end_of_its_log(tmp_path):
    broken = Service(
        name="Rusak",
        command=["sh", "-c", "echo alasannya; exit 3"],
        log=tmp_path / "log",
        ready=lambda pid: False,
    )
    with pytest.raises(Fault, match="Rusak tidak bisa dijalankan.*\nalasannya"):
        broken.start()


def test_a_child_whose_launcher_is_gone_already_does_not_begin():
    follow = follow_parent(signal.SIGKILL)
    child = os.fork()
    if child == 0:
        # The launcher the function remembers is this child's parent; its own child has another one.
        inner = os.fork()
        if inner == 0:
            follow()
            os._exit(0)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


@pytest.mark.parametrize(
    ("arguments", "added"),
    [
        ([], ["-n", "2"]),
        (["-k", "nama"], ["-n", "2"]),
        (["-n0"], []),
        (["-n", "4"], []),
        (["--pdb"], []),
    ],
)
def test_tests_run_on_two_workers_unless_the_arguments_say_otherwise(arguments, added):
    assert throwaway._workers(arguments) == added


def test_an_unknown_subcommand_is_refused(capsys):
    with pytest.raises(SystemExit):
        cli._parser().parse_args(["terbang"])
    assert "terbang" in capsys.readouterr().err


def test_the_table_of_demo_logins_names_the_people_the_demo_makes():
    from ikm_portal.demo.people import people
    from ikm_portal.embedded import demo

    made = [person.login for person in people(defaultdict(str))]
    assert [name for name, _ in demo.LOGINS] == made
