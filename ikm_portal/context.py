"""What every page's frame needs, and nothing that costs a query on pages that do not show it."""


def shell(request) -> dict:
    return {"actor": getattr(request, "actor", None)}
