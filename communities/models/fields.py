"""Field types of our own."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models


class HttpsField(models.URLField):
    """An address that starts with https; typed without a scheme it gets that one."""

    default_validators = [URLValidator(schemes=["https"])]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})
