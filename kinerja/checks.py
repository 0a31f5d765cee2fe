"""What must hold of the settings before the portal starts."""

from django.core.checks import Error, register

from .connectors.ekinerja import Endpoint


@register
def ekinerja_is_safe(app_configs, **kwargs) -> list[Error]:
    """An address of e-Kinerja is https and has a secret, or is not set at all."""
    try:
        Endpoint.configured()
    except ValueError as problem:
        return [Error(str(problem), hint="See docs/kinerja/ekinerja.md.", id="kinerja.E001")]
    return []
