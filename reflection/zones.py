"""Indonesia's three times of day, by the names people use."""

LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def zone_label(name: str) -> str:
    """WIB, WITA or WIT for an IANA zone of Indonesia; another zone keeps its name."""
    return LABELS.get(name, name)
