"""Settings of the portal. Everything that changes between installations comes from the environment.

README.md lists each variable; a house test fails when one is missing there.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import modes
from portal.base import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _required(name: str) -> str:
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"PORTAL_MODE=production needs {name}. See the settings table in README.md."
        )
    return value


# Mode -----------------------------------------------------------------------------------------
PORTAL_MODE = env.str("PORTAL_MODE", default=modes.DEMO)
if PORTAL_MODE not in (modes.DEMO, modes.PRODUCTION):
    raise ImproperlyConfigured("PORTAL_MODE is either demo or production.")
IS_PRODUCTION = PORTAL_MODE == modes.PRODUCTION
DEBUG = False

DATA_DIR = Path(env.str("DATA_DIR", default="") or BASE_DIR / "var").resolve()
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)

if IS_PRODUCTION:
    SECRET_KEY = _required("SECRET_KEY")
    ALLOWED_HOSTS = [host for host in _required("ALLOWED_HOSTS").split(",") if host]
    SITE_URL = _required("SITE_URL").rstrip("/")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL begins with https:// in production.")
else:
    SECRET_KEY = env.str("SECRET_KEY", default="") or modes.own_secret(DATA_DIR)
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    SITE_URL = f"http://127.0.0.1:{PORT}"

RELEASE = env.str("RELEASE", default="") or "dev"

# Rooms ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.site",
    "live",
    "evaluation",
    "accountability",
    "questions",
    "events",
    "entity",
    "portal.base",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    "portal.base.headers.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.base.language.PathLanguageMiddleware",
    "portal.base.headers.CompressionMiddleware",
    "portal.base.public_pages.PublicPageMiddleware",
    "portal.base.plain_input.PlainInputMiddleware",
    "portal.base.reading.ReadingSettingsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.base.bodies.BodyLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.base.headers.PrivatePagesMiddleware",
    "portal.site.outage.OutageMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.site.context.portal",
            ],
            "builtins": ["portal.base.templatetags.portal", "events.templatetags.events"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["portal"]
CRISPY_TEMPLATE_PACK = "portal"
CRISPY_FAIL_SILENTLY = False

# Data -----------------------------------------------------------------------------------------
# An empty DATABASE_URL means "not set": environ would otherwise answer without an engine.
_database_url = env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"
DATABASES = {"default": env.db_url_config(_database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writer commits; FULL makes a receipt that was shown
    # survive a power cut; IMMEDIATE takes the write lock first, so that no transaction fails late.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000"
        ),
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "options": "-c statement_timeout=3000",
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Shared by all processes: what allauth counts of logins. Never used for our own counts.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
    },
    # Rendered public pages. Each process keeps its own; keys carry the content version, so a
    # process never serves a page older than the version it trusts.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Small results of each process that may be an hour old, such as which questions are alike.
    "lookups": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "lookups",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "portal.base.stylesheets.PortalStaticStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "portal.base.stylesheets.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # an event with a long agenda sends many
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Where a large body waits until it is checked: on the disk of the files, so that it only moves.
INCOMING_DIR = DATA_DIR / "incoming"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.base.incoming.IncomingUploadHandler",
]
# The most for a recording of a session; every other body is smaller (`portal.base.bodies`).
RECORDING_MAX_BYTES = env.int("RECORDING_MAX_MB", default=2048) * 1024 * 1024
# Where nginx finds stored files by itself, such as /interno/; empty: the portal sends them.
ACCEL_REDIRECT = env.str("ACCEL_REDIRECT", default="")

# Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "es-co"
LANGUAGES = [("es-co", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="America/Bogota")
USE_TZ = True
USE_I18N = True
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6 does so by itself

# Accounts of the staff ------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/gestion/"
ACCOUNT_ADAPTER = "portal.site.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# Mail -----------------------------------------------------------------------------------------
_mail_url = env.str("EMAIL_URL", default="")
if _mail_url:
    vars().update(env.email_url_config(_mail_url))
else:
    # Without a mail server the queue keeps every message; nothing is lost and staff can read it.
    EMAIL_BACKEND = "portal.base.outbox.NoMailServer"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or "rendicion@localhost"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The mailbox of the brochure; empty means that none is read.
IMAP_URL = env.str("IMAP_URL", default="")
# The most for a whole mail, and for a file that is kept as it came. Pages take far less.
PRIVATE_MAX_BYTES = env.int("PRIVATE_MAX_MB", default=25) * 1024 * 1024
MAIL_KEPT_DAYS = env.int("MAIL_KEPT_DAYS", default=180)
# E-mail and telephone of who registered for an event are erased so many days after it.
PEOPLE_KEPT_DAYS = env.int("PEOPLE_KEPT_DAYS", default=90)

# Floods: more filed contributions in a minute than this, and everybody is asked a simple question.
FLOOD_PER_MINUTE = env.int("FLOOD_PER_MINUTE", default=2000)
if not 60 <= FLOOD_PER_MINUTE <= 10_000:
    raise ImproperlyConfigured("FLOOD_PER_MINUTE is between 60 and 10000: there is no way without.")

# Security -------------------------------------------------------------------------------------
_prefix = "__Host-" if IS_PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_prefix}sesion"
CSRF_COOKIE_NAME = f"{_prefix}guardia"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
READING_COOKIE_NAME, FORM_COOKIE_NAME = f"{_prefix}lectura", f"{_prefix}formulario"
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^salud/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds()) if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.site.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment")}

# Logs: no names, mails, codes or texts of citizens; no mail with request data -------------------
LOGGING = logs.config(env.str("LOG_LEVEL", default="WARNING"))
SILENCED_SYSTEM_CHECKS = []
