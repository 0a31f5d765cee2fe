"""Benchmarks, one module each: `portal.py bench NAME [--rows N]` runs `ikm_portal/benches/NAME.py`.

A module has `run(rows: int | None) -> dict`, where None asks for its own default size. The answer holds
`rows` and `ratios`; each ratio compares two things measured side by side in that run:

    {"rows": 300000, "ratios": [
        {"name": "…", "value": 12.1, "base": 11.8, "unit": "ms", "ratio": 1.03, "at_most": 1.15},
        {"name": "…", "value": 610, "base": 900, "unit": "req/s", "ratio": 0.68, "at_least": 0.5}]}

`at_most` and `at_least` are the limits it must keep, if it has one. Further keys are kept as figures.
"""
