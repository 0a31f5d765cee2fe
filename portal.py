#!/usr/bin/env python3
"""The portal in one command: `python3 portal.py up`, `test`, `manage …`, `bench …`, `backup`, `restore`."""

import sys


def start():
    # Also an older Python must be able to read this file, to say what is missing.
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("Portal ini membutuhkan Python 3.11 atau lebih baru, bukan " + sys.version.split()[0] + ".")
    from ikm_portal.embedded.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
