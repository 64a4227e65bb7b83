"""A form that is shown again with what was typed, and says something else in its hidden fields."""

from django import forms
from django.http import QueryDict


class TypedForm(forms.Form):
    def renew(self, **values: str) -> None:
        """Give hidden fields what they are to say the next time that the form is sent."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        for name, value in values.items():
            data[name] = value
        self.data = data
