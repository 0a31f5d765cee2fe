"""Form controls for phones, and the renderer that gives every form the portal's markup."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class PortalRenderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ form.x.as_field_group }}` with templates/forms/ everywhere."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class DateInput(forms.DateInput):
    """The phone's own calendar; the value travels as ISO 8601 whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class FileInput(forms.FileInput):
    """A file with its kinds; the field's help text must say the limit first (`limit_text`)."""

    def __init__(self, accept: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**({"accept": accept} if accept else {}), **(attrs or {})})


class PhotoInput(FileInput):
    """One or more photos; form.js shrinks them on the phone before they travel."""

    def __init__(self, most: int = 3, attrs: dict[str, Any] | None = None) -> None:
        self.allow_multiple_selected = most > 1
        super().__init__("image/jpeg,image/png,image/webp", {"data-photo": most, **(attrs or {})})


def limit_text(megabytes: int, kinds: str) -> Any:
    """The limit of an upload, for a field's help text: "PDF atau JPG, paling besar 2 MB."."""
    return _("%(kinds)s, paling besar %(size)d MB.") % {"kinds": kinds, "size": megabytes}
