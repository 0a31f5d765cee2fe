"""What `portal.py bench pages` measures with: a bare site as the floor, a load generator, and scales.

`floor` and `client` run as processes of their own and import nothing of the portal.
"""
