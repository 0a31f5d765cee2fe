import logging


class ShortRefusals(logging.Filter):
    """Takes the traceback off a request that was refused (403, 404): ordinary, and one line says it all."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request" and record.levelno < logging.ERROR:
            record.exc_info = None
        return True
