#!/usr/bin/env python3
"""Run Django's commands; `portal.py manage …` calls this with the embedded services' addresses set."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikm_portal.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
