"""The roof: settings, addresses, homes and the services the portal runs on. Nobody imports it.

Nothing is imported here: `portal.py` reads `ikm_portal.embedded` before any package is installed.
"""
