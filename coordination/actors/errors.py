"""What the portal answers when it does not do what was asked, in the user's words."""

from django.core.exceptions import PermissionDenied


class Refusal(Exception):
    """The request makes sense but cannot be done now; `message` says why and `mend` who mends it, and how.

    `field` names the form's field it is about, if it is about one.
    """

    status = 400

    def __init__(self, message: str, *, mend: str = "", code: str = "refused", field: str = ""):
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


class Conflict(Refusal):
    """Somebody else changed it first; `mine` and `theirs` are shown side by side."""

    status = 409

    def __init__(self, message: str, *, mine=None, theirs=None, mend: str = ""):
        super().__init__(message, mend=mend, code="conflict")
        self.mine = mine
        self.theirs = theirs


class NotAllowed(PermissionDenied):
    """The actor sees the object but may not do this; names the owner, who can be asked."""

    def __init__(self, message: str = "", *, owner: str = "", ask: str = ""):
        super().__init__(message)
        self.message = message
        self.owner = owner
        self.ask = ask
