"""The launcher's command line."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from . import backup, manage, places, throwaway, up
from .terminal import Fault, complain

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand and return the exit status."""
    if sys.platform != "linux":
        complain("Portal ini berjalan di Linux; di sistem lain pakai docker-compose.yml.")
        return 1
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        # What follows `test` belongs to pytest, options too.
        if arguments and arguments[0] == "test" and arguments[1:2] not in (["-h"], ["--help"]):
            return throwaway.test(list(arguments[1:]))
        chosen = _parser().parse_args(arguments)
        return chosen.run(chosen)
    except Fault as fault:
        complain(str(fault))
        return 1
    except KeyboardInterrupt:
        return 130


def _interrupt(number: int, frame: object) -> None:
    # Once is enough: a second signal must not break into the orderly stop.
    for again in SIGNALS:
        signal.signal(again, signal.SIG_IGN)
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="portal.py", description="Portal koordinasi IKM.")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")

    def add(name: str, run: object, about: str, *, data: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(run=run)
        if data:
            command.add_argument("--data", type=Path, metavar="DIR", help="folder data (bawaan: .portal)")
        return command

    command = add("up", _up, "jalankan portal di mesin ini sampai Ctrl-C")
    command.add_argument("--port", type=int, default=8000, metavar="N", help="bawaan: 8000")
    command.add_argument("--no-demo", action="store_true", help="tanpa akun dan data contoh")

    command = commands.add_parser("test", help="jalankan semua tes: test [argumen pytest]")
    command.set_defaults(run=lambda chosen: throwaway.test([]))

    command = add("manage", _manage, "jalankan satu perintah Django: manage [--data DIR] PERINTAH …")
    command.add_argument("arguments", nargs=argparse.REMAINDER, metavar="PERINTAH …")

    command = add("bench", _bench, "jalankan satu pengukuran: bench NAMA [--rows N]", data=False)
    command.add_argument("name", metavar="NAMA")
    command.add_argument("--rows", type=int, metavar="N", help="ukuran data; bawaan menurut pengukurannya")

    command = add("backup", _backup, "simpan basis data dan unggahan ke satu berkas")
    command.add_argument("file", type=Path, metavar="BERKAS")

    command = add("restore", _restore, "pulihkan basis data dan unggahan dari berkas cadangan")
    command.add_argument("file", type=Path, metavar="BERKAS")
    command.add_argument("--replace", action="store_true", help="ganti isi basis data yang sudah ada")

    add("prepare", _prepare, "untuk server: peran, tabel, wilayah, berkas statis; lalu selesai")
    command = add("run", _run, "untuk server: satu proses portal", data=False)
    command.add_argument("role", choices=["web", "worker", "beat"])
    add("install", _install, "untuk server: siapkan .venv saja", data=False)
    return parser


def _folder(chosen: argparse.Namespace) -> Path:
    return chosen.data or places.default_data()


def _up(chosen: argparse.Namespace) -> int:
    return up.up(folder=_folder(chosen), port=chosen.port, wants_demo=not chosen.no_demo)


def _manage(chosen: argparse.Namespace) -> int:
    return manage.manage(_folder(chosen), chosen.arguments)


def _bench(chosen: argparse.Namespace) -> int:
    return throwaway.bench(chosen.name, chosen.rows)


def _backup(chosen: argparse.Namespace) -> int:
    return backup.backup(_folder(chosen), chosen.file)


def _restore(chosen: argparse.Namespace) -> int:
    return backup.restore(_folder(chosen), chosen.file, replace=chosen.replace)


def _prepare(chosen: argparse.Namespace) -> int:
    return manage.prepare_server(_folder(chosen))


def _run(chosen: argparse.Namespace) -> int:
    return manage.run_role(chosen.role)


def _install(chosen: argparse.Namespace) -> int:
    return manage.install()
