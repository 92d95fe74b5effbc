"""Settings that hold everywhere. An institution's choices are rows, not settings."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from darbaza.config import env, outgoing

PACKAGE = Path(__file__).resolve().parents[2]
HOME = env.home()
SECRET_KEY = env.secret(HOME)
DEBUG = False
ALLOWED_HOSTS = env.words("DARBAZA_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "darbaza.web",
    "darbaza.demo",
    "darbaza.gate",
    "darbaza.appointments",
    "darbaza.visits",
    "darbaza.parcels",
    "darbaza.entitlements",
    "darbaza.watchlists",
    "darbaza.custody",
    "darbaza.persons",
    "darbaza.sites",
    "darbaza.accounts",
    "darbaza.pages",
    "darbaza.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "darbaza.pages.middleware.RequestNumber",
    "darbaza.pages.middleware.InTurn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "darbaza.accounts.middleware.ActorMiddleware",
    "darbaza.accounts.middleware.Gatekeeper",
    "darbaza.pages.middleware.Language",
    "darbaza.pages.middleware.Errors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "darbaza.config.urls"
WSGI_APPLICATION = "darbaza.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "darbaza.pages.context.page",
                "darbaza.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "darbaza.pages.renderer.Renderer"

DATABASES = {"default": env.database(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in (django-allauth, django-axes) ------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "darbaza.accounts.backends.DemonstrationOnly",
    "axes.backends.AxesStandaloneBackend",
    "darbaza.accounts.backends.SignIn",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "darbaza.accounts.allauth.Adapter"
MFA_ADAPTER = "darbaza.accounts.allauth.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Darbaza"
USERSESSIONS_TRACK_ACTIVITY = False  # the gatekeeper does, every 20 seconds
# Wrong passwords are axes' matter; the library's own limit guards one-time codes.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "100/m/ip,10/5m/key",
    "reauthenticate": "10/m/user",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
AXES_FAILURE_LIMIT = env.number("DARBAZA_SIGN_IN_ATTEMPTS", default=5)
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "darbaza.accounts.sign_in.typed_name"
AXES_CLIENT_IP_CALLABLE = "darbaza.accounts.sign_in.client_address"
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "darbaza.accounts.views.sign_in.locked_out"

SESSION_ENGINE = "darbaza.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "darbaza.pages.views.csrf_failure"

# Languages and time -------------------------------------------------------------------
LANGUAGE_CODE = "ky"
LANGUAGES = [("ky", _("Kyrgyz")), ("ru", _("Russian")), ("en", _("English"))]
TIME_ZONE = "Asia/Bishkek"
USE_TZ = True

# What a browser may load: only what we serve ------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
        "base-uri": [SELF],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# A change of a rule or of an institution's data is seen in every process within this.
DARBAZA_RULES_KEPT_SECONDS = 3

# What telephones and displays ask for all day long: made one at a time.
DARBAZA_LOOKED_AT = (
    "/family/",
    "/gate/number/",
    "/gate/display/",
    "/parcels/list",
    "/parcels/may-bring",
    "/parcels/state/",
)

# Background work on a thread of the server --------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# How texts go to families: None prints them for the telephone.
DARBAZA_MESSAGES = outgoing.way()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"number": {"()": "darbaza.pages.logs.Number"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(number)s %(name)s %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["number"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "darbaza": {"level": "INFO"},
        "axes": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
    },
}
