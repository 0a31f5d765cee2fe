"""The portal's processes as command lines; `up` and docker-compose.yml start exactly these."""

from . import venv

# What each process may be told by its environment is read in gunicorn_conf.py and ikm_portal/settings.
ROLES = {
    "web": (
        *("gunicorn", "--no-control-socket"),
        *("-c", "python:ikm_portal.embedded.gunicorn_conf", "ikm_portal.wsgi"),
    ),
    "worker": (
        *("celery", "-A", "ikm_portal.celery", "worker", "--loglevel", "INFO", "--hostname", "portal@%h"),
        *("--concurrency", "1", "--without-gossip", "--without-mingle"),
    ),
    # The plain scheduler keeps no file: a tick a minute, and what is due is read from the database.
    "beat": (
        *("celery", "-A", "ikm_portal.celery", "beat", "--loglevel", "INFO"),
        *("--scheduler", "celery.beat:Scheduler", "--pidfile="),
    ),
}
# Which database login each process uses; neither owns a table.
LOGINS = {"web": "portal_login", "worker": "portal_worker", "beat": "portal_worker"}


def role(name: str) -> list[str]:
    """The command line of `web`, `worker` or `beat`."""
    module, *arguments = ROLES[name]
    return [venv.python(), "-m", module, *arguments]


def manage(*arguments: str) -> list[str]:
    """The command line of one Django command."""
    return [venv.python(), str(venv.ROOT / "manage.py"), *arguments]
