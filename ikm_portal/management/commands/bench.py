import json
import pkgutil
from importlib import import_module

from django.core.management.base import BaseCommand, CommandError

from ikm_portal import benches


class Command(BaseCommand):
    help = "Runs one benchmark: a table of ratios, and as the last line the same figures as JSON."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=names())
        parser.add_argument("--rows", type=int)

    def handle(self, *args, name, rows, **options):
        figures = {"bench": name} | import_module(f"{benches.__name__}.{name}").run(rows)
        self.stdout.write(table(figures["ratios"]))
        self.stdout.write(json.dumps(figures))
        missed = [ratio["name"] for ratio in figures["ratios"] if not kept(ratio)]
        if missed:
            # The figures stay the last line of the output; this goes to the other stream.
            raise CommandError("Batas tidak tercapai: " + ", ".join(missed))


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(benches.__path__))


def kept(ratio: dict) -> bool:
    """Whether a ratio keeps its limits; one without a limit always does."""
    above = ratio["ratio"] >= ratio.get("at_least", ratio["ratio"])
    return above and ratio["ratio"] <= ratio.get("at_most", ratio["ratio"])


def table(ratios: list[dict]) -> str:
    """The ratios as aligned text, one line each."""
    head = ("ukuran", "nilai", "pembanding", "satuan", "rasio", "batas", "")
    lines = [head, *map(_cells, ratios)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(ratio: dict) -> tuple[str, ...]:
    limit = " ".join(f"{sign} {ratio[key]:g}" for key, sign in (("at_least", ">="), ("at_most", "<=")) if key in ratio)
    verdict = ("ya" if kept(ratio) else "TIDAK") if limit else ""
    value, base = (_number(ratio.get(key)) for key in ("value", "base"))
    return (ratio["name"], value, base, ratio.get("unit", ""), f"{ratio['ratio']:.2f}", limit, verdict)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}".rstrip("0").rstrip(".")
