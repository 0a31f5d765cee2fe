"""Static files under names that change with their content."""

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFiles(CompressedManifestStaticFilesStorage):
    """Looks each address up once: the manifest is read at start and does not change while a process lives."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._address = lru_cache(maxsize=512)(super().url)

    def url(self, name: str, force: bool = False) -> str:
        return super().url(name, force) if force else self._address(name)
