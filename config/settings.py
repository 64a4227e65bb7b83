"""The only settings, driven by the environment.

One switch: with ``DATABASE_URL`` set this is production, and what production needs is asked for;
without it, it is a demonstration on 127.0.0.1 that needs nothing: an embedded PostgreSQL, a message
broker made of files and a key of its own, all under ``VAR_DIR``.
"""

import contextlib
import importlib.util
import os
import secrets
import tempfile
from pathlib import Path
from typing import cast

import environ
import pghistory
import pgtrigger
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = bool(env.str("DATABASE_URL", default=""))
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()


def _required(name: str, why: str) -> str:
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {why} (it is required because DATABASE_URL is set).")
    return value


def _demonstration_key() -> str:
    """A key of this demonstration's own: made once, kept under VAR_DIR, readable by its owner alone."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        # Web, worker and beat start together: it appears whole, and of several the first one counts.
        with tempfile.NamedTemporaryFile("w", dir=VAR_DIR, prefix="secret_key-") as draft:
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            os.fsync(draft.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    if not (key := path.read_text()):
        raise ImproperlyConfigured(f"{path} is empty. Delete it, and a new key is made.")
    return key


def _trusted_origins(hosts: list[str]) -> list[str]:
    """Where forms may come from: over HTTPS from these hosts, of which ".example.org" means any below it too."""
    origins = []
    for host in hosts:
        if host.startswith("."):
            origins += [f"https://{host[1:]}", f"https://*{host}"]
        elif host != "*":
            origins.append(f"https://{host}")
    return origins


# -- The switch ---------------------------------------------------------------------------------------
if PRODUCTION:
    SECRET_KEY = _required("SECRET_KEY", "a long random string that signs sessions and links")
    _hosts = _required("ALLOWED_HOSTS", "the host names, by comma").split(",")
    ALLOWED_HOSTS = [host.strip() for host in _hosts if host.strip()]
    if env.bool("DEBUG", default=False):
        raise ImproperlyConfigured("Unset DEBUG: it shows settings and data to visitors.")
    DEBUG = False
    DATABASES = {
        "default": {
            **env.db("DATABASE_URL", engine="django.db.backends.postgresql"),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }
    # Compiling a statement as large as that of the standings costs more than it saves.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if env.bool("BEHIND_PROXY", default=False):
        # Believed only where a proxy sets it: anyone else could send it too.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = _trusted_origins(ALLOWED_HOSTS)
else:
    # Made when something is first signed: a command that is refused leaves no folder behind.
    SECRET_KEY = env.str("SECRET_KEY", default="") or cast(str, SimpleLazyObject(_demonstration_key))
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
    DEBUG = env.bool("DEBUG", default=False)
    DATABASES = {
        "default": {
            "ENGINE": "tracker.common.embedded.backend",
            "NAME": "tracker",
            "USER": "tracker",
            "OPTIONS": {"var_dir": VAR_DIR},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }

# -- Parts --------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "tracker.apps.TrackerConfig",
    "tracker.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "import_export",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tracker.common.content_policy.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.access.guards.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "tracker.explore.context.page",
                "tracker.help.context.help_of_page",
            ],
        },
    },
]

# -- People -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# A page that is older than the sign-in is refused; a report's keeps what was typed.
CSRF_FAILURE_VIEW = "tracker.reporting.keeping.refuse_old_page"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "tracker.access.adapters.GivenAccounts"
ACCOUNT_FORMS = {
    "reauthenticate": "tracker.access.forms.PasswordAgain",
    "change_password": "tracker.access.forms.ChangePassword",
    "reset_password": "tracker.access.forms.AskForPassword",
    "reset_password_from_key": "tracker.access.forms.ChoosePassword",
    "set_password": "tracker.access.forms.SetPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds
# Counted in the cache, which all workers share: five wrong passwords lock an address for so long.
LOCKOUT_MINUTES = 5
ACCOUNT_RATE_LIMITS = {"login_failed": f"10/m/ip,5/{LOCKOUT_MINUTES}m/key"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Days within which the link of an invitation works.
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
# They are counted by the visitor's own address, which behind a proxy only the proxy knows.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0

# -- A second factor ----------------------------------------------------------------------------------
MFA_ADAPTER = "tracker.access.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code that was typed while the next one came up is still right.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "tracker.access.forms.ActivateApp",
    "add_webauthn": "tracker.access.forms.AddPasskey",
    "authenticate": "tracker.access.forms.GiveCode",
    "edit_webauthn": "tracker.access.forms.RenamePasskey",
    "reauthenticate": "tracker.access.forms.GiveCodeAgain",
}
# Whether officers, heads and administrators need one.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)

# -- Sign-in by a provider of the organization's ------------------------------------------------------
OIDC_NAME = env.str("OIDC_NAME", default="")
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="").rstrip("/")
_oidc = {
    "OIDC_NAME": OIDC_NAME,
    "OIDC_SERVER_URL": OIDC_SERVER_URL,
    "OIDC_CLIENT_ID": env.str("OIDC_CLIENT_ID", default=""),
    "OIDC_CLIENT_SECRET": env.str("OIDC_CLIENT_SECRET", default=""),
}
if any(_oidc.values()):
    if missing := [name for name, value in _oidc.items() if not value]:
        raise ImproperlyConfigured(f"Set {', '.join(missing)} too, or none of {', '.join(_oidc)}.")
    if PRODUCTION and not OIDC_SERVER_URL.startswith("https://"):
        raise ImproperlyConfigured("OIDC_SERVER_URL must begin with https://.")
    if {"common", "organizations", "consumers"} & set(OIDC_SERVER_URL.split("/")):
        raise ImproperlyConfigured("OIDC_SERVER_URL must name one tenant: people of any other could come in.")
SOCIALACCOUNT_ADAPTER = "tracker.access.adapters.TiedAccounts"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": _oidc["OIDC_CLIENT_ID"],
                "secret": _oidc["OIDC_CLIENT_SECRET"],
                # Who somebody is says the subject of the signed token alone: nothing else is asked for.
                "settings": {"server_url": OIDC_SERVER_URL, "scope": ["openid"], "oauth_pkce_enabled": True},
            }
        ]
        if OIDC_NAME
        else []
    }
}

# -- Words and places ---------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
# Those that tracker/locale has a catalogue for: a page says in which language it is, and must be right.
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Vienna")
USE_TZ = True
INSTALLATION_NAME = env.str("INSTALLATION_NAME", default="") or _("Strategy results tracker")

# -- Files --------------------------------------------------------------------------------------------
_bootstrap = importlib.util.find_spec("bootstrap")
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    ("bootstrap", path) for path in (_bootstrap.submodule_search_locations or [] if _bootstrap else [])
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024
# The largest document that a mission adds to a report; a link can lead to a larger one.
EVIDENCE_LIMIT_BYTES = env.int("EVIDENCE_LIMIT_BYTES", default=10 * 1024 * 1024)

# -- Imports ------------------------------------------------------------------------------------------
# What is larger is checked and saved by a worker, and its page waits for it.
IMPORT_AT_ONCE_BYTES = env.int("IMPORT_AT_ONCE_BYTES", default=500_000)
IMPORT_AT_ONCE_ROWS = env.int("IMPORT_AT_ONCE_ROWS", default=10_000)
# Days after which the outcomes of a file that was looked at and not saved are let go of; the file stays.
IMPORT_LINES_KEPT_DAYS = env.int("IMPORT_LINES_KEPT_DAYS", default=30)

# -- Shared cache: lockout must hold across workers ---------------------------------------------------
if cache_url := env.str("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url("CACHE_URL")}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "tracker_cache",
            # Charts and counted passwords together; with Django's own 300 they would throw each other out.
            "OPTIONS": {"MAX_ENTRIES": 5_000},
        }
    }

# -- Mail ---------------------------------------------------------------------------------------------
globals().update(
    env.email_url("EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else "consolemail://")
)
# Seconds; without it a silent mail server would hold a worker for ever.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="tracker@localhost")
# Where people open the tracker: for the links in mails, which are written where no page is asked for.
if PRODUCTION:
    _host = next(iter(ALLOWED_HOSTS), "*").lstrip(".")
    _site_url = f"https://{_host}" if _host != "*" else _required("SITE_URL", "the address of the tracker")
else:
    _site_url = f"http://127.0.0.1:{env.str('PORT', default='').strip() or '8000'}"
SITE_URL = (env.str("SITE_URL", default="") or _site_url).rstrip("/")
# Whom people ask when they cannot get in; without it pages and mails name "your administrator".
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
# The hour, by the clock of the installation, from which the daily mail of notices is written.
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)
if not 0 <= DIGEST_HOUR <= 23:
    raise ImproperlyConfigured(f"DIGEST_HOUR is {DIGEST_HOUR}: give an hour of the day, 0 to 23.")

# -- Jobs ---------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKERS", default=2)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Seconds. The first limit is an exception in the task, which then fails as ever; it waits for a library that
# does not come back (of drawing, of typesetting), so the second one kills, and the sweep finds what was left.
CELERY_TASK_SOFT_TIME_LIMIT = env.float("TASK_SECONDS", default=300)
CELERY_TASK_TIME_LIMIT = 2 * CELERY_TASK_SOFT_TIME_LIMIT
# A killed child's result may still be on its way for ten seconds, and blocks its place; here rows are results.
CELERY_WORKER_LOST_WAIT = 1
# A child that is slow to begin, on a machine that has much else to do, is not killed for that.
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A tick that found all workers busy is worth nothing a minute later.
    "sweep-jobs": {"task": "common.sweep_jobs", "schedule": 10.0, "options": {"expires": 60}},
    "tend-batches": {"task": "imports.tend_batches", "schedule": 60.0, "options": {"expires": 120}},
    "prune-lines": {
        "task": "imports.prune_lines",
        "schedule": crontab(hour=3, minute=17),
        "options": {"expires": 3600},
    },
    "recount": {
        "task": "analysis.plan_recounts",
        "schedule": crontab(hour=2, minute=41),
        "options": {"expires": 3600},
    },
    "tell-of-deadlines": {
        "task": "progress.tell_of_deadlines",
        "schedule": crontab(minute=7),
        "options": {"expires": 3600},
    },
    # Looks whether the daily mail is due, so that an hour without beat costs an hour and no mail.
    "send-digests": {
        "task": "notices.send_digests",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "make-due-editions": {"task": "reports.plan_due_editions", "schedule": 15.0, "options": {"expires": 60}},
}
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "queue"),
        "data_folder_out": str(VAR_DIR / "broker" / "queue"),
        # kombu moves a message here first; outside the queue's own disk that move is no rename.
        "processed_folder": str(VAR_DIR / "broker" / "processed"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "store_processed": True,
    }

# -- History: what code cannot forget -----------------------------------------------------------------
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
# History is read by the row that it is of: what it refers to is looked up by nobody, and an index on each
# reference would be half the cost of writing it. Where one is needed, `tracked` is told.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# -- Tables -------------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "common/table.html"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Log ----------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # It misses a host name, which the filesystem broker has none of.
        "kombu.connection": {"level": "ERROR"},
    },
}
