"""People in the Wagtail admin: what may be edited of them, and the right to invite, which groups can have."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from tafelronde.accounts.actions import trust_address
from tafelronde.accounts.models import User

# Everybody has one photo, on the profile. Wagtail's would lie open for all.
AvatarSettingsPanel.is_active = lambda self: False


class AddPersonForm(UserCreationForm):
    """Makes an account that its owner enters through "forgot your password"."""

    class Meta(UserCreationForm.Meta):
        pass

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user = super().save(commit)
        trust_address(user)
        return user


class EditPersonForm(UserEditForm):
    """The address cannot be changed here: only its owner can prove a new one."""

    email = forms.EmailField(label=UserEditForm.base_fields["email"].label, disabled=True)

    class Meta(UserEditForm.Meta):
        pass


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return EditPersonForm if for_update else AddPersonForm


@hooks.register("get_avatar_url")
def photo_of(user: User, size: int) -> str:
    return user.photo.url if getattr(user, "photo", None) else ""


@hooks.register("register_permissions")
def invitation_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="accounts", codename="add_invitation")
