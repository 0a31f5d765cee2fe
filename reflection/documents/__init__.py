"""PDF documents of reflection: data as JSON into a Typst template, out comes PDF/UA."""

from pathlib import Path
from typing import Any

from coordination.actors import documents

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"


def render(template: str, data: dict[str, Any]) -> bytes:
    """Render `typst/<template>.typ` of this app; see `coordination.actors.documents.render`."""
    return documents.render(TEMPLATES / f"{template}.typ", data)
