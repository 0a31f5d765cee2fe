"""Why can't I? The rules that lock a step of a plan; see `kinerja.gates.base`."""

from .base import Block, blocks, explain, gate, label_of, may_ask, require_open, section_blocks

__all__ = ["Block", "blocks", "explain", "gate", "label_of", "may_ask", "require_open", "section_blocks"]
