"""`portal.py backup` and `restore`: dump, drop, restore, compare."""

import hashlib
import shutil
import tarfile

import pytest

from ikm_portal.embedded.places import Data
from ikm_portal.embedded.services import Services
from tests.launcher.conftest import INHERITED, ask, run_portal

pytestmark = pytest.mark.services

# PostgreSQL writes a condition it has read back with other casts and brackets; the words stay the same.
WORDS = r"regexp_replace(coalesce({}, ''), '::[a-z ]+(\[\])?|[() ]', '', 'g')"
POLICIES = f"""
    SELECT md5(string_agg(concat_ws(' ', tablename, policyname, permissive, roles, cmd,
                                    {WORDS.format("qual")}, {WORDS.format("with_check")}),
                          E'\\n' ORDER BY tablename, policyname))
    FROM pg_policies
"""
WALLS = """
    SELECT md5(string_agg(concat_ws(' ', c.relname, r.rolname, c.relrowsecurity, c.relacl), E'\n' ORDER BY c.relname))
    FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'S', 'v', 'm')
"""
TABLES = "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'"
CONTENT = "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {} t"


def picture(url: str) -> dict[str, str]:
    """What must be the same after a restore: policies, owners and rights, and every table's rows."""
    tables = ask(url, TABLES).split()
    contents = {table: ask(url, CONTENT.format(f'"{table}"')) for table in tables}
    return contents | {"policies": ask(url, POLICIES), "walls": ask(url, WALLS)}


@pytest.fixture
def pictured(monkeypatch):
    """Look into a folder's database, started for that moment."""
    for name in INHERITED:
        monkeypatch.delenv(name, raising=False)

    def look(data) -> dict[str, str]:
        with Services(Data(data)) as services:
            return picture(services.database_url)

    return look


def test_a_backup_restored_into_an_empty_folder_is_the_same_portal(prepared_copy, pictured, tmp_path):
    data, file, elsewhere = prepared_copy(), tmp_path / "cadangan.tar", tmp_path / "baru"
    (data / "media" / "foto").mkdir()
    (data / "media" / "foto" / "rapat.jpg").write_bytes(b"\xff\xd8 isi foto")
    before = pictured(data)
    assert before["policies"]
    # 38 provinces, 514 kabupaten and kota, 7,277 kecamatan
    assert before["actors_wilayah"].split()[0] == "7829"

    made = run_portal("backup", "--data", data, file)
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    shutil.rmtree(data)
    restored = run_portal("restore", "--data", elsewhere, file)
    assert restored.returncode == 0, restored.stderr

    assert pictured(elsewhere) == before
    photo = (elsewhere / "media" / "foto" / "rapat.jpg").read_bytes()
    assert hashlib.sha256(photo).digest() == hashlib.sha256(b"\xff\xd8 isi foto").digest()

    refused = run_portal("restore", "--data", elsewhere, file)
    assert refused.returncode == 1
    assert "sudah berisi" in refused.stderr
    replaced = run_portal("restore", "--data", elsewhere, file, "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert pictured(elsewhere) == before


def test_a_file_that_is_no_backup_changes_nothing(prepared_copy, tmp_path):
    foreign, broken = tmp_path / "lain.tar", tmp_path / "rusak.tar"
    (tmp_path / "x").write_text("x")
    with tarfile.open(foreign, "w") as archive:
        archive.add(tmp_path / "x", "../../x")
    broken.write_bytes(b"bukan tar")
    data = prepared_copy()
    for file in (foreign, broken):
        refused = run_portal("restore", "--data", data, file, "--replace")
        assert refused.returncode == 1
        assert "cadangan portal" in refused.stderr
    assert not (tmp_path.parent / "x").exists()
