"""One file with everything a portal knows: the database and the uploads."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from . import commands, process, venv
from .manage import services_of
from .places import Data
from .postgres import tool
from .services import Services
from .terminal import Fault, say

FORMAT = 1
NOTE, DUMP, MEDIA = "cadangan.json", "portal.dump", "media"


def backup(folder: Path, file: Path) -> int:
    """Write database and uploads to `file`, while the portal runs or not.

    The database is dumped as of one moment; uploads are read after it, so every row finds its file.
    Raises Fault when a part cannot be read; a file that was there before is replaced only at the end.
    """
    venv.ensure("portal.lock")
    data = Data(folder)
    if not data.folder.exists() and not os.environ.get("DATABASE_URL"):
        raise Fault(f"Folder data {data.folder} tidak ada.")
    part = file.with_name(file.name + ".part")
    with services_of(data) as services, _workplace(data) as place:
        _postgres_tool("pg_dump", "--format=custom", "--file", str(place / DUMP), services.database_url)
        note = {"format": FORMAT, "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        (place / NOTE).write_text(json.dumps(note))
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w") as archive:
                archive.add(place / NOTE, NOTE)
                archive.add(place / DUMP, DUMP)
                archive.add(data.media, MEDIA)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    say(f"Cadangan ditulis ke {file} ({file.stat().st_size / 1_000_000:.1f} MB).")
    return 0


def restore(folder: Path, file: Path, *, replace: bool) -> int:
    """Put database and uploads of a backup in place, in a folder whose portal does not run.

    The database is restored beside the present one and takes its name only when it is complete. Raises
    Fault for a damaged file, and for a database that holds something already unless `replace`.
    """
    venv.ensure("portal.lock")
    data = Data(folder)
    with Services(data) as services, _workplace(data) as place:
        _unpack(file, place)
        if not replace and _count_tables(services) > 0:
            raise Fault("Basis data sudah berisi; pakai --replace kalau isinya memang boleh diganti.")
        _restore_database(services, place / DUMP)
        old = data.folder / "media.old"
        shutil.rmtree(old, ignore_errors=True)
        if data.media.exists():
            data.media.rename(old)
        shutil.move(place / MEDIA, data.media)
        shutil.rmtree(old, ignore_errors=True)
        # The next start brings the tables to this version of the portal, with the demo data as restored.
        data.prepared.unlink(missing_ok=True)
    say(f"Dipulihkan dari {file}. Jalankan portal seperti biasa.")
    return 0


@contextlib.contextmanager
def _workplace(data: Data) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="cadangan-", dir=data.folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _unpack(file: Path, place: Path) -> None:
    """Unpack a backup, taking only the names one has. Raises Fault when it is not one."""
    (place / MEDIA).mkdir()
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                parts = Path(member.name).parts
                known = parts in {(NOTE,), (DUMP,)} or (parts[0] == MEDIA and ".." not in parts)
                if member.isdir() and known:
                    (place / member.name).mkdir(parents=True, exist_ok=True)
                elif member.isfile() and known:
                    content = archive.extractfile(member)
                    with (place / member.name).open("wb") as out:
                        shutil.copyfileobj(content or io.BytesIO(), out)
                else:
                    raise Fault(f"{file} bukan cadangan portal: {member.name} tidak dikenal.")
        note = json.loads((place / NOTE).read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise Fault(f"{file} tidak bisa dibaca sebagai cadangan portal: {error}") from error
    if note.get("format") != FORMAT or not (place / DUMP).exists():
        raise Fault(f"{file} dibuat oleh versi portal yang tidak dikenal.")


def _restore_database(services: Services, dump: Path) -> None:
    name = urlsplit(services.database_url).path.lstrip("/")
    new, old = f"{name}_pulih", f"{name}_lama"
    _sql(services, f'DROP DATABASE IF EXISTS "{new}"', f'CREATE DATABASE "{new}"')
    # Owners, grants and policies in the dump name the roles.
    env = services.superuser_env() | {"DATABASE_URL": _with_database(services.database_url, new)}
    if process.run(commands.manage("provision_roles"), env=env) != 0:
        raise Fault("Peran basis data tidak bisa dibuat; basis data yang ada tidak diubah.")
    target = _with_database(services.database_url, new)
    _postgres_tool("pg_restore", "--exit-on-error", "--single-transaction", "--dbname", target, str(dump))
    _sql(
        services,
        f'DROP DATABASE IF EXISTS "{old}"',
        f'ALTER DATABASE "{name}" RENAME TO "{old}"',
        f'ALTER DATABASE "{new}" RENAME TO "{name}"',
        f'DROP DATABASE "{old}"',
    )


def _count_tables(services: Services) -> int:
    return int(_sql(services, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=None))


def _sql(services: Services, *statements: str, database: str | None = "postgres") -> str:
    url = _with_database(services.database_url, database) if database else services.database_url
    asked = [part for statement in statements for part in ("-c", statement)]
    return _postgres_tool("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", url, *asked)


def _postgres_tool(name: str, *arguments: str) -> str:
    done = subprocess.run([tool(name), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Fault(f"{name} gagal:\n{done.stderr.strip()}")
    return done.stdout


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/" + name))
