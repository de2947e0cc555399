"""Forms of the core: the text limits and choices people meet."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.web.core import roles
from rukun.web.core.models import User


class SignInForm(LoginForm):
    """allauth's, with our words and without a link that promises a mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name or email address")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class PersonForm(forms.ModelForm):
    """A person as the coordinator lets them in or changes them."""

    role = forms.ChoiceField(label=_("Role"), choices=roles.choices)
    camp = forms.TypedChoiceField(
        label=_("Pair"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "–"), (1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")],
        help_text=_("Only for witnesses: the pair they stand for."),
    )

    class Meta:
        """The fields in the order they are asked; state and password are not among them."""

        model = User
        fields = ["username", "first_name", "last_name", "email", "role", "camp", "place"]
        labels = {
            "username": _("Name to sign in"),
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "email": _("Email address"),
            "place": _("Area code"),
        }
        help_texts = {
            "username": _("Letters, digits and . _ - only. It cannot be changed later."),
            "email": _("Optional. It can be used to sign in."),
            "place": _("Optional: the code of the area this person works in."),
        }

    def clean_username(self) -> str:
        """Lower case, so that a name cannot be taken twice."""
        return self.cleaned_data["username"].lower()

    def clean_place(self) -> str:
        """Digits only: codes are the official ones."""
        code = self.cleaned_data["place"].strip()
        if code and not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("An area code has digits only."))
        return code


class ChangePersonForm(PersonForm):
    """The same, without the name to sign in."""

    class Meta(PersonForm.Meta):
        """Everything that may change."""

        fields = ["first_name", "last_name", "email", "role", "camp", "place"]
