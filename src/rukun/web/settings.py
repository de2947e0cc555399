"""Settings of the site. Everything that differs between machines comes from the environment.

RUKUN_DATA_DIR, DATABASE_URL, SECRET_KEY, RUKUN_HOSTS, RUKUN_SECURE, RUKUN_PROXIES, RUKUN_DEBUG,
RUKUN_OPEN_READING, RUKUN_EXERCISE, RUKUN_LOG_LEVEL, RUKUN_VAULT_DIR, RUKUN_KEEP_DAYS: see docs/reference/settings.md.
"""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rukun.web import env

WEB_DIR = Path(__file__).resolve().parent
DATA_DIR = env.data_dir()
SECRET_KEY = env.secret_key(DATA_DIR)
DEBUG = env.flag("RUKUN_DEBUG", False)
ALLOWED_HOSTS = env.words("RUKUN_HOSTS", "localhost,127.0.0.1,[::1]")
#: Anonymous people may read the count pages as viewers.
RUKUN_OPEN_READING = env.flag("RUKUN_OPEN_READING", False)
#: This room shows exercise data and may have exercise log-ins.
RUKUN_EXERCISE = env.flag("RUKUN_EXERCISE", False)

_LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
#: HTTPS only. Off by itself only where nobody but this machine is served.
RUKUN_SECURE = env.flag("RUKUN_SECURE", not set(ALLOWED_HOSTS) <= _LOOPBACK)
_PROXIES = env.number("RUKUN_PROXIES", 0)

if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("RUKUN_HOSTS must name the hosts; “*” would accept any.")

INSTALLED_APPS = [
    "rukun.web.core",
    "rukun.web.count",
    "rukun.web.talk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "rukun.web.core.middleware.reference",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rukun.web.core.middleware.headers",
    "csp.middleware.CSPMiddleware",
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
    "rukun.web.core.middleware.user_errors",
]

ROOT_URLCONF = "rukun.web.urls"
WSGI_APPLICATION = "rukun.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["rukun.web.core.templatetags.rukun"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rukun.web.core.context.room",
            ],
        },
    }
]

# --- Database -----------------------------------------------------------------------------------

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "rukun.sqlite3",
    "OPTIONS": {
        # Measured: deferred transactions lost three of four concurrent read-then-write changes.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
        ),
    },
}
_DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": dj_database_url.parse(_DATABASE_URL, conn_max_age=300, conn_health_checks=True)
    if _DATABASE_URL
    else _SQLITE
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

#: Long work goes to ``manage db_worker``: one database holds both what is asked and what is done.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Talk -----------------------------------------------------------------------------------------

#: The key of the aliases, the handles and the files as they came: apart from everything else.
VAULT_DIR = Path(os.environ.get("RUKUN_VAULT_DIR") or DATA_DIR / "vault").resolve()
#: Memory that the engine may take before it goes to disk, in the words of DuckDB.
RUKUN_MEMORY = os.environ.get("RUKUN_MEMORY", "1GB")
#: A second reader of the mode of the top few posts: an endpoint (texts go there) or a folder with
#: an encoder. Off unless named here.
RUKUN_SECOND = {
    "url": os.environ.get("RUKUN_SECOND_URL", ""),
    "model": os.environ.get("RUKUN_SECOND_MODEL", ""),
    "key": os.environ.get("RUKUN_SECOND_KEY", ""),
    "folder": os.environ.get("RUKUN_SECOND_FOLDER", ""),
}
#: Posts that belong to no case are deleted so many days after the inauguration.
RUKUN_KEEP_DAYS = env.number("RUKUN_KEEP_DAYS", 90)

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "rukun.web.core.adapter.RoomAdapter"
ACCOUNT_FORMS = {"login": "rukun.web.core.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password_from_key": "20/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = _PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Rukun"
MFA_RECOVERY_CODES_SHOW_ONCE = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- Languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [WEB_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or RUKUN_SECURE
_MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = not _COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _MANIFEST if _COLLECTED else _PLAIN},
}

# --- Security -----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = RUKUN_SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if RUKUN_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = RUKUN_SECURE
SECURE_HSTS_PRELOAD = RUKUN_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = RUKUN_SECURE
SESSION_COOKIE_AGE = 14 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
CSRF_FAILURE_VIEW = "rukun.web.core.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "rukun.web.talk.uploads.PostsUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Log ----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "rukun.web.core.logs.ReferenceFilter"}},
    "formatters": {
        "line": {
            "()": "rukun.web.core.logs.OneLine",
            "format": "{asctime} {levelname} {name} [{reference}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["reference"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("RUKUN_LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
