"""Addresses of the sign-in library, only those that we use.

The library looks up a few more by name; those answer "no such page".
"""

from allauth.account import views as account
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from django.urls import path

from darbaza.accounts.views import own, second_factor, sign_in

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", sign_in.sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("sessions/", own.sessions, name="usersessions_list"),
    path("second-factor/", codes.index, name="mfa_index"),
    path("second-factor/code/", codes.authenticate, name="mfa_authenticate"),
    path(
        "second-factor/again/",
        codes.reauthenticate,
        name="mfa_reauthenticate",
    ),
    path("second-factor/on/", second_factor.switch_on, name="mfa_activate_totp"),
    path("second-factor/off/", second_factor.switch_off, name="mfa_deactivate_totp"),
    path(
        "recovery-codes/",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/new/",
        second_factor.new_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/file/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    *(
        path(f"none/{name}/", sign_in.gone, name=name)
        for name in (
            "account_signup",
            "account_reset_password",
            "account_set_password",
            "account_email",
            "account_email_verification_sent",
        )
    ),
]
