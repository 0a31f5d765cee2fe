"""Why can't I? The rules that lock a step of a plan; see `kinerja.gates.base`."""

from .base import Block, blocks, gate, may_ask, require_open

__all__ = ["Block", "blocks", "gate", "may_ask", "require_open"]
