"""PDF documents of reflection: data as JSON into a Typst template, out comes PDF/UA."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"


@cache
def _fonts() -> typst.Fonts:
    # Only the fonts that come with Typst, so that a document looks the same on every server.
    return typst.Fonts(include_system_fonts=False)


def render(template: str, data: dict[str, Any]) -> bytes:
    """Render `typst/<template>.typ` with `data` (JSON) to a PDF that follows PDF/UA-1.

    Raises typst.TypstError when the template is wrong.
    """
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, default=str)},
    )
