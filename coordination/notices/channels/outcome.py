"""What became of one attempt to hand an e-mail over."""

import smtplib
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    SENT = "sent"
    LATER = "later"
    """Surely not sent; may work later."""
    NEVER = "never"
    """Surely not sent, and this recipient or message never will be."""
    DOUBT = "doubt"
    """The message was handed over and no answer came."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`breaks`: the server, not this message, is the trouble, so the drain stops here."""

    verdict: Verdict
    reason: str = ""
    breaks: bool = False


SENT = Outcome(Verdict.SENT)
CLOSING = 421


def outcome_of(error: OSError, *, in_doubt: bool) -> Outcome:
    """Judge a failed attempt; SMTP errors are OSErrors too. `in_doubt`: handed over, and no answer yet."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _by_codes(list(error.recipients.values()))
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        # Our own address or password is wrong: no recipient's fault, so nobody's mail ends as failed.
        return Outcome(Verdict.LATER, _said(error.smtp_code, error.smtp_error), breaks=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_codes([(error.smtp_code, error.smtp_error)])
    reason = f"{type(error).__name__}: {error}"[:500]
    return Outcome(Verdict.DOUBT if in_doubt else Verdict.LATER, reason, breaks=True)


def _by_codes(answers: list[tuple[int, bytes | str]]) -> Outcome:
    code, words = answers[0]
    verdict = Verdict.NEVER if 500 <= code < 600 else Verdict.LATER
    return Outcome(verdict, _said(code, words), breaks=code == CLOSING)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(text.split())}"[:500]
