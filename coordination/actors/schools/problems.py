from dataclasses import dataclass


class FileProblem(ValueError):
    """The file as a whole cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: its column, what it holds, why that will not do, how to mend it.

    `fatal` problems keep the row out; the others are notes on a value that was left out or corrected.
    """

    column: str
    content: str
    why: str
    mend: str
    fatal: bool = True

    def as_json(self) -> dict[str, str | bool]:
        return {
            "column": self.column,
            "content": self.content,
            "why": self.why,
            "mend": self.mend,
            "fatal": self.fatal,
        }
