"""What comes along with the person of a session: asked in the one statement that every request begins with.

For a number that stands on every page. A higher app names it when it is ready; the expression may use nothing but
the columns of `actors_user` and functions that the wall lets everybody run.
"""

EXPRESSIONS: dict[str, str] = {}


def bring_along(name: str, expression: str) -> None:
    """Let `user.along[name]` be what this SQL expression says of the person."""
    EXPRESSIONS[name] = expression
