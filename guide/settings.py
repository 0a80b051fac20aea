"""All settings, from the environment.

A variable that is wrong or missing stops the start and is named. .env.example lists every one of them.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from environs import validate

from guide.env import BASE_DIR, LOCAL_SECRET_KEY, VAR_DIR, env, var_dir

# Makes ModelAdmin[Right] and QuerySet[Right] work at run time as they do for the type checker.
django_stubs_ext.monkeypatch()

DEBUG = env.bool("GUIDE_DEBUG", default=False)

# Identity and safety -----------------------------------------------------------------------------------------

SITE_NAME = env.str("GUIDE_SITE_NAME", default="Shown")
# Told to the servers of feeds, so that their people know whom to ask.
CONTACT_URL = env.str("GUIDE_CONTACT_URL", default="https://guide.example/")
# Hosts from which feeds may come by plain http, and private ones (host:port) that they may come from at all: an
# intranet's own. Everything else is https from public addresses.
# Whether feeds are fetched by themselves. Off, "manage.py refresh" still does it.
FEEDS_REFRESH = env.bool("GUIDE_FEEDS_REFRESH", default=True)
FEED_HTTP_HOSTS: list[str] = env.list("GUIDE_FEED_HTTP_HOSTS", default=[])
FEED_PRIVATE_HOSTS: list[str] = env.list("GUIDE_FEED_PRIVATE_HOSTS", default=[])

# No key is built in, but for debugging. The file is the one that "make run" made for this machine.
if LOCAL_SECRET_KEY.is_file():
    default_secret_key = LOCAL_SECRET_KEY.read_text().strip()
else:
    default_secret_key = "insecure, for debugging only " * 2 if DEBUG else ""
SECRET_KEY = env.str("GUIDE_SECRET_KEY", default=default_secret_key)
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "GUIDE_SECRET_KEY must be set to a secret of at least 50 characters. "
        "GUIDE_SECRET_KEY_FILE may name a file that holds it."
    )

ALLOWED_HOSTS = env.list("GUIDE_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("GUIDE_CSRF_TRUSTED_ORIGINS", default=[])

# One switch for all that only makes sense under https; "make run" turns it off, because it serves plain http to this
# machine.
HTTPS = env.bool("GUIDE_HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Health checks come from inside, by http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Browsers remember HSTS, so a mistake outlives its repair: an hour, until the operator asks for more.
SECURE_HSTS_SECONDS = env.int("GUIDE_HSTS_SECONDS", default=3600 if HTTPS else 0, validate=validate.Range(min=0))
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("GUIDE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("GUIDE_HSTS_PRELOAD", default=False)
# Pages say to nobody else where their readers came from, and no window of another site holds on to one of ours.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only where a proxy sets the header itself: anybody can send it.
if env.bool("GUIDE_BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
# Everything comes from this host, and no script or style stands inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Proxies of the operator's own that a request passes; each adds to X-Forwarded-For the address that called it. See
# guide.visitors.
PROXIES = env.int("GUIDE_PROXIES", default=0, validate=validate.Range(min=0))

# Only editors log in. A session lasts for a working day, and no script reads a cookie.
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Five wrong passwords for one name from one address: a quarter of an hour's rest. Both together, so that nobody locks
# out an editor who sits elsewhere, and an editor's slip locks out nobody else in the office.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Who tries on meanwhile waits no longer for it: the page says a quarter of an hour.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "guide.visitors.address_of"
AXES_USERNAME_CALLABLE = "guide.visitors.name_given"
AXES_LOCKOUT_CALLABLE = "guide.errors.locked_out"
# guide.admin shows its rows, to be read only.
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The house ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "competitions",
    "broadcasters",
    "guide.publication",
    "guide.rights",
    "guide.closures",
    "guide.feeds",
    "guide.api",
    "guide.web",
    "guide",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "guide.api.middleware.OpenToAllOrigins",
    "guide.headers.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guide.publication.caching.DataVersionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # A strong ETag from the body, and 304 to who has it already.
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "guide.urls"
WSGI_APPLICATION = "guide.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Django 6 does this by default. Until then the setting warns, as its absence does; both go with Django 6.
FORMS_URLFIELD_ASSUME_HTTPS = True

# Database ----------------------------------------------------------------------------------------------------

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        # A transaction that reads and then writes gets "database is locked" at once in the default mode. This one
        # waits its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        # Readers go on while one writes; NORMAL is safe with a write-ahead log.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
if env.str("DATABASE_URL", default=""):
    database: dict[str, Any] = dict(env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True))
    if database["ENGINE"] == SQLITE["ENGINE"]:
        database |= SQLITE
    elif database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite://")
else:
    database = SQLITE | {"NAME": var_dir("data") / "guide.sqlite3"}
DATABASES = {"default": database}

# Cache and queue ---------------------------------------------------------------------------------------------

# Without Redis the cache is the process's own and the queue is a folder: the same code runs, on one machine only.
REDIS_URL = env.str(
    "REDIS_URL",
    default="",
    validate=validate.Regexp(r"^$|^rediss?://\S+$", error="Must begin with redis:// or rediss://"),
)
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "guide",
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    # How long a task may stay unacknowledged before Redis gives it to another worker: far longer than any task may run.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"visibility_timeout": 3600, "socket_connect_timeout": 5}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT = "guide.folder_queue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # What one process puts out, the other takes in: one folder.
        "data_folder_in": str(var_dir("queue")),
        "data_folder_out": str(var_dir("queue")),
        "control_folder": str(var_dir("queue-control")),
    }
    # Remote control broadcasts to every worker; in a folder those messages only pile up.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False

CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "guide"
CELERY_ACCEPT_CONTENT = ["json"]
# Results are rows in our own tables.
CELERY_TASK_IGNORE_RESULT = True
# A task is acknowledged when it is done, so a worker that dies gives it back; tasks are written to be run twice.
# task_reject_on_worker_lost stays off: a task that kills its process would come back for ever.
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_CONCURRENCY = env.int("GUIDE_WORKER_CONCURRENCY", default=2, validate=validate.Range(min=1))
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# The schedule is code. Each entry expires before the next is due, so a queue that stood still does not burst.
CELERY_BEAT_SCHEDULE = {
    "forget": {
        "task": "guide.feeds.tasks.forget",
        "schedule": crontab(hour="3", minute="40"),
        "options": {"expires": 3600},
    },
    "forget-log-ins": {
        "task": "guide.tasks.forget_log_ins",
        "schedule": crontab(hour="3", minute="10"),
        "options": {"expires": 3600},
    },
    "sweep": {"task": "guide.feeds.tasks.sweep", "schedule": crontab(), "options": {"expires": 50}},
    "turn-day": {
        "task": "guide.tasks.turn_day",
        # Zones lie a quarter of an hour apart, and every quarter somewhere a day begins.
        "schedule": crontab(minute="0,15,30,45"),
        "options": {"expires": 600},
    },
    "heartbeat": {"task": "guide.tasks.heartbeat", "schedule": crontab(), "options": {"expires": 50}},
}

# Languages and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("it", "Italiano"), ("es", "Español"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "guide" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Static files ------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("GUIDE_STATIC_ROOT", default=str(VAR_DIR / "static")))
# Outside debug each file carries its hash in its name and may be kept for ever; a missing file is an error, not a
# broken page.
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

# API ---------------------------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "guide.api.schema.ApiSchema",
    # Open, read-only and the same for everyone: no log-in, no cookie, no form parser.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["guide.api.renderers.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "guide.api.renderers.FormatFirst",
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "guide.api.errors.problem_response",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": f"{SITE_NAME} API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "guide.api.schema.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "Access": "guide.rights.models.Access",
        "Action": "guide.publication.models.Action",
        "BroadcasterKind": "broadcasters.models.BroadcasterKind",
        "BroadcasterStatus": "broadcasters.models.BroadcasterStatus",
        "Calendar": "competitions.models.Calendar",
        "Confidence": "guide.rights.models.Confidence",
        "EventStatus": "competitions.models.EventStatus",
        "EvidenceKind": "guide.publication.models.EvidenceKind",
        "Exclusivity": "guide.rights.models.Exclusivity",
        "FeedKind": "guide.feeds.models.FeedKind",
        "LapseReason": "guide.rights.answer.LapseReason",
        "Period": "broadcasters.models.Period",
        "Precision": "competitions.models.Precision",
        "RightKind": "guide.rights.models.RightKind",
        "Rule": "guide.rights.answer.Rule",
        "Scope": "guide.rights.models.Scope",
        "SeasonDates": "competitions.models.SeasonDates",
        "ServiceKind": "broadcasters.models.ServiceKind",
        "Showing": "guide.rights.answer.Showing",
        "State": "guide.rights.answer.State",
        "StateReason": "guide.rights.answer.Reason",
        "TeamKind": "competitions.models.TeamKind",
        "Unit": "guide.rights.models.Unit",
        "Verdict": "guide.feeds.models.Verdict",
    },
}

# Logging -----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "guide.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.str(
            "GUIDE_LOG_LEVEL", default="INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
        ),
    },
    # Django's own handlers would print a second time, or send mail to nobody.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        # It says of each task that it has come; celery.app.trace says how it went.
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
