"""The tools that read the code: style, form, the direction of imports, types."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

TOOLS = {
    "ruff": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "import-linter": ["lint-imports", "--no-cache"],
    "mypy": ["mypy", "."],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_code_passes(tool):
    program, *arguments = TOOLS[tool]
    done = subprocess.run([str(BIN / program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
