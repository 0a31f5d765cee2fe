"""The pack's tables as pages show them."""

from ..models import Level
from ..rules.pack import LEVELS, Pack


def predicate_rows(pack: Pack, hasil: str = "", perilaku: str = "") -> list[tuple[str, list[tuple[str, bool]]]]:
    """The predicate table: a row for each hasil kerja; the pair that is asked for is marked."""
    return [
        (
            str(Level(one).label),
            [(pack.predicate_for(one, other).name, (one, other) == (hasil, perilaku)) for other in LEVELS],
        )
        for one in LEVELS
    ]
