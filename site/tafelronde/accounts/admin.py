"""People in the Django admin, for administrators: rights, never passwords. Log-in is the site's own."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa import admin as _second_step  # registers its models, which show secrets; see below
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _openid
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.http import HttpRequest

from tafelronde.accounts.actions import PROFILE_FIELDS
from tafelronde.accounts.models import Invitation, User

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("__str__", "email", "organisation", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("first_name", "last_name", "email", "organisation")
    filter_horizontal = ("groups", "user_permissions")
    readonly_fields = ("email", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", *PROFILE_FIELDS)}),
        (None, {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (None, {"fields": ("last_login", "date_joined")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people sign up, are invited, or are added in the Wagtail admin

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # an account is closed, never removed: others' memories hang on it


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ("email", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_select_related = ("invited_by",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False


assert _second_step and _openid
admin.site.unregister([Authenticator, SocialAccount, SocialApp, SocialToken])


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """Somebody who lost phone, key and codes alike is helped by deleting these. Their secrets are not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("user__first_name", "user__last_name", "user__email")
    fields = readonly_fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
