"""Users and what they were given; no rules here (see ``permissions``)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from darbaza.accounts.permissions import DEVICES_ONLY, Role
from darbaza.kernel.db import Row, never

PERSONAL = [role.value for role in Role if role not in DEVICES_ONLY]


class Users(BaseUserManager["User"]):
    """Plain manager: ``objects`` is always everything."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by sign-in name in any case, as people type it."""
        return self.get(username__iexact=username)


class User(Row, AbstractBaseUser):
    """Somebody who signs in. There is no superuser flag."""

    class Language(models.TextChoices):
        KYRGYZ = "ky", _("Kyrgyz")
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=160)
    rank = models.CharField(_("rank or position"), max_length=80, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.KYRGYZ
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(
        _("must choose a new password"), default=False
    )
    demonstration = models.BooleanField(_("demonstration only"), default=False)
    created_at = models.DateTimeField(_("created"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = Users()

    class Meta:
        constraints = [
            never("user_ended_but_active", Q(ended_at__isnull=False, is_active=True)),
        ]

    class Sensitivity:
        public = (
            "id",
            "language",
            "is_active",
            "must_change_password",
            "demonstration",
            "created_at",
            "ended_at",
        )
        personal = ("username", "full_name", "rank", "email", "last_login")
        secret = ("password",)

    def __str__(self) -> str:
        return self.full_name or self.username


class Assignment(Row):
    """A role that a user holds at one institution, from a day until it is ended.

    The institution is a key without a foreign key: institutions live in a room above.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    institution_id = models.UUIDField(_("institution"))
    role = models.CharField(
        _("role"), max_length=24, choices=[(value, value) for value in PERSONAL]
    )
    given_at = models.DateTimeField(_("given"))
    given_by = models.CharField(_("given by"), max_length=160)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution_id", "role"],
                condition=Q(ended_at=None),
                name="assignment_held_once",
            ),
            never(
                "assignment_ends_before_it_starts", Q(ended_at__lt=models.F("given_at"))
            ),
            never("assignment_unknown_role", ~Q(role__in=PERSONAL)),
        ]

    class Sensitivity:
        public = ("id", "institution_id", "role", "given_at", "ended_at")
        personal = ("user", "given_by", "ended_by")

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class StaffSession(Row):
    """A timed, explained session in which an administrator holds every permission."""

    user = models.ForeignKey(User, models.PROTECT, related_name="staff_sessions")
    institution_id = models.UUIDField(_("institution"))
    reason = models.CharField(_("why"), max_length=300)
    started_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended early"), null=True)

    class Meta:
        constraints = [
            never("staff_session_without_reason", Q(reason="")),
            never("staff_session_backwards", Q(ends_at__lte=models.F("started_at"))),
        ]

    class Sensitivity:
        public = ("id", "institution_id", "started_at", "ends_at", "ended_at")
        personal = ("user", "reason")

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%d.%m.%Y %H:%M}"


class DeviceToken(Row):
    """A token for one device and one role at one institution; only its hash is kept.

    That of a local agent belongs to one post, a key without a foreign key: posts live
    in a room above.
    """

    institution_id = models.UUIDField(_("institution"))
    name = models.CharField(_("device"), max_length=80)
    role = models.CharField(
        _("role"), max_length=24, choices=[(r.value, r.value) for r in Role]
    )
    post_id = models.UUIDField(_("post"), null=True)
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.CharField(_("created by"), max_length=160)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution_id", "name"],
                condition=Q(revoked_at=None),
                name="device_named_once",
            ),
            never("device_agent_without_post", Q(role="agent", post_id=None)),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution_id",
            "name",
            "role",
            "post_id",
            "created_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
        )
        personal = ("created_by",)
        secret = ("token_hash",)

    def __str__(self) -> str:
        return self.name
