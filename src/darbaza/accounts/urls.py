"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.accounts.views import devices, own, sign_in, staff, users

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", users.users, name="users"),
    path("new/", users.new, name="new_user"),
    path("invite/", users.invite, name="invite"),
    path("me/", own.me, name="me"),
    path("institution/", own.institution, name="institution"),
    path("lock/", sign_in.lock, name="lock"),
    path("here/", sign_in.here, name="here"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:token_id>/revoke/", devices.revoke, name="revoke"),
    path("staff-session/", staff.staff_session, name="staff_session"),
    path("staff-session/end/", staff.end, name="end_staff_session"),
    path("<uuid:user_id>/", users.user, name="user"),
    path("<uuid:user_id>/roles/", users.give, name="give"),
    path(
        "<uuid:user_id>/roles/<uuid:assignment_id>/end/",
        users.end_role,
        name="end_role",
    ),
    path("<uuid:user_id>/password/", users.reset_password, name="reset_password"),
    path(
        "<uuid:user_id>/second-factor/",
        users.reset_second_factor,
        name="reset_second_factor",
    ),
    path(
        "<uuid:user_id>/sessions/<int:session_id>/end/",
        users.end_session,
        name="end_session",
    ),
    path("<uuid:user_id>/end/", users.end, name="end_user"),
    path("<uuid:user_id>/reopen/", users.reopen, name="reopen_user"),
]
