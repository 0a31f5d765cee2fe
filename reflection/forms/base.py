from typing import Any

from django import forms


class ShapeForm(forms.ModelForm):
    """Takes its fields from a model and leaves the row and the rules to the service.

    The instance only gives the first values; it is never changed, so the service can still tell what is new.
    """

    def _post_clean(self) -> None:
        """Django would write into the instance here, and say a broken rule by its constraint's name."""

    def values(self) -> dict[str, Any]:
        """What a service takes: the model's fields, without token and version."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}
