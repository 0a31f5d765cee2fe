"""The packs that ship with the portal: one TOML file for each regulation (docs/kinerja/paket-aturan.md)."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from kinerja.rules.pack import Pack, PackError, read_pack

FOLDER = Path(__file__).parent


def shipped() -> dict[str, dict[str, Any]]:
    """The raw data of every shipped pack by its code, complete and fit for JSON; the caller's own copy."""
    return deepcopy({code: complete(data) for code, data in _files().items()})


def complete(data: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what a pack takes from the shipped one it names as `dasar`; what it writes itself replaces a whole part.

    Raises PackError when there is no such shipped pack, when that one takes from another in its turn, or for no table.
    """
    if not isinstance(data, Mapping):
        raise PackError("paket: bukan tabel")
    found = dict(data)
    if (code := found.pop("dasar", None)) is None:
        return found
    base = _files().get(str(code))
    if base is None:
        raise PackError(f"dasar: tidak ada paket {code!r}")
    if "dasar" in base:
        raise PackError(f"dasar: paket {code!r} sendiri memakai dasar lain")
    return {**base, **found}


def pack_from_file(path: Path | str) -> Pack:
    """Read one TOML file into a checked Pack; raises PackError, or OSError when it cannot be opened."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as problem:
        raise PackError(f"{Path(path).name}: {problem}") from problem
    return read_pack(complete(data))


@cache
def _files() -> dict[str, dict[str, Any]]:
    found = (tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml")))
    return {data["kode"]: data for data in found}
