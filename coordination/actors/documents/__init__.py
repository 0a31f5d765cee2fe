"""Documents to take along: PDF by Typst, tables for a spreadsheet. Each app brings its own templates."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).resolve().parents[3]
"""Templates import what they share as `/coordination/actors/typst/dasar.typ`."""


@cache
def _fonts() -> typst.Fonts:
    # Only the fonts that come with Typst, so that a document looks the same on every server.
    return typst.Fonts(include_system_fonts=False)


def render(template: Path, data: dict[str, Any]) -> bytes:
    """Render a `.typ` file with `data` (JSON) to a PDF that follows PDF/UA-1.

    Raises typst.TypstError when the template is wrong.
    """
    return typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, default=str)},
    )
