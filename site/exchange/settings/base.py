"""What every installation shares. All that the site writes lives in DATA_DIR."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from exchange.settings import environment as env
from exchange.settings import site_file

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = env.path("DATA_DIR", ROOT / "var")
# As `set_up_site --name` was told.
SITE_NAME = env.text("SITE_NAME") or site_file.read(DATA_DIR).get("name") or "The Capacity Exchange"
# Where readers find the program's source; the footer links there.
SOURCE_URL = env.address("SOURCE_URL")

DEBUG = False
BASE_URL = env.origin("BASE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", f"{urlsplit(BASE_URL).hostname},localhost,127.0.0.1,[::1]")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "foundation.kinds",
    "foundation.accounts",
    "foundation.notifications",
    "foundation.workflow",
    "foundation.jobs",
    "foundation.design",
    "foundation.reports",
    "search",
    "search.semantic",
    "directory",
    "learning",
    "mentoring",
    "exchange.home",
    "exchange.demo",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "foundation.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_q",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.mediawiki",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "exchange.home.middleware.HealthProbes",
    "exchange.home.middleware.RequestNames",
    "django.middleware.security.SecurityMiddleware",
    "exchange.home.middleware.FileAnswers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "exchange.home.middleware.PrivateAnswers",
    "exchange.home.cache.AnonymousPageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "foundation.design.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.accounts.middleware.PersonLanguageAndZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "exchange.home.middleware.ContentSecurityPolicy",
    "exchange.home.middleware.FormsAsTheyAreMade",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.accounts.middleware.SecondFactorAtTheDesk",
    "search.middleware.OneLookAtWaitingChanges",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# Whoever sends it as `Authorization: Bearer …` reads /metrics (docs/operate/watching.md). Without one nothing is counted.
METRICS_TOKEN = env.secret("METRICS_TOKEN", "prometheus_client", "metrics")
if METRICS_TOKEN:
    MIDDLEWARE.insert(2, "exchange.home.middleware.RequestMetrics")

ROOT_URLCONF = "exchange.urls"
WSGI_APPLICATION = "exchange.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "exchange" / "templates", ROOT / "frontend"],
        "OPTIONS": {
            # Without what indentation adds; the loaders below it are Django's own.
            "loaders": [
                (
                    "foundation.design.template_loader.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "foundation.design.context_processors.page",
                "foundation.notifications.context_processors.unread",
                "search.context_processors.search",
            ],
        },
    },
]
FORM_RENDERER = "foundation.design.forms.Renderer"
PATTERN_LIBRARY = env.flag("PATTERN_LIBRARY", False)

# Database, cache, queue ---------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "exchange.home.backends.SiteRedis",
            "LOCATION": REDIS_URL,
            # Several sites may share one: what one keeps, finds or forgets is its own.
            "KEY_PREFIX": env.text("REDIS_PREFIX") or urlsplit(BASE_URL).netloc,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},  # seconds; without, for ever
        },
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "exchange.home.backends.FileCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        },
    }
# No page may fail because nothing can be kept: all of them, also those added above.
CACHES = {
    alias: {"BACKEND": "exchange.home.backends.SteadyCache", "OPTIONS": {"cache": given}}
    for alias, given in CACHES.items()
}

# How often somebody has tried what (foundation.accounts.cache): counted together by all processes and machines, and
# kept when pages are forgotten.
CACHES["counters"] = {
    "BACKEND": "foundation.accounts.cache.CounterCache",
    "LOCATION": "accounts_counter",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}

# Where the numbers are that say which pages are kept (exchange.home.cache). A folder is known to one machine alone, and a
# site with a database server may have several: without Redis they learn from the database that pages are forgotten.
HAS_SERVER = "sqlite3" not in str(DATABASES["default"]["ENGINE"])
PAGE_GENERATIONS = "counters" if HAS_SERVER and not REDIS_URL else "default"

# queue_limit equals workers, and retry is more than twice the timeout: django-q2 starts the retry clock
# when a job is fetched, so anything longer in the local queue would run twice.
Q_CLUSTER = {
    "name": "exchange",
    "workers": env.number("QUEUE_WORKERS", 1, least=1),
    "timeout": 120,
    "retry": 300,
    "max_attempts": 5,
    "queue_limit": env.number("QUEUE_WORKERS", 1, least=1),
    "bulk": 1,
    "poll": 0.3,
    "catch_up": False,
    "save_limit": 200,
    "ack_failures": False,
    "label": "Queue",
    # A job is a row of the transaction that asks for it, with Redis too: one that goes away takes no job with it.
    "orm": "default",
}

TASKS = {"default": {"BACKEND": "foundation.jobs.backends.DjangoQBackend"}}

# Search --------------------------------------------------------------------------------------------------

# tantivy:// or elasticsearch://user:password@host1:9200,host2:9200/prefix?ca=/path (docs/operate/README.md)
SEARCH_URL = env.text("SEARCH_URL", "tantivy://")
SEARCH_DRAIN = "queue"
# Meaning across languages, where the extra `semantic` is installed; see docs/semantic-search.md.
SEARCH_SEMANTIC = env.flag("SEARCH_SEMANTIC", False)
SEARCH_SEMANTIC_SECONDS = 0.4  # a question waits no longer than this for its meaning
INDEX_DIR = DATA_DIR / "index"
DEFAULT_EXCEPTION_REPORTER_FILTER = "exchange.settings.error_reports.HiddenAddresses"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends"}}

# Accounts ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# One alone: each that is asked about a password hashes it.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "foundation.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "foundation.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Shown when they are made and never again: a lost copy is replaced, not read by whoever sits at an open session.
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute that the clock of a phone may be slow or fast
# Whether everybody who may enter the editors' admin needs a second factor; they add one when they next sign in.
SECOND_FACTOR_AT_THE_DESK = env.flag("SECOND_FACTOR_AT_THE_DESK", False)
SOCIALACCOUNT_ADAPTER = "foundation.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "foundation.accounts.login_forms.LoginForm",
    "signup": "foundation.accounts.login_forms.SignupForm",
}
ACCOUNT_SIGNUP_FORM_CLASS = "foundation.accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "foundation.accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser in which the account was made; they go on where they were when they made it.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# Never tell a stranger whether an address has an account here.
ACCOUNT_PREVENT_ENUMERATION = True
# An open session is not enough to take an account: what could is done by who has proved who they are in the last
# minutes, and its mail tells of it (foundation.accounts.auth).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # seconds
ACCOUNT_EMAIL_NOTIFICATIONS = True
# How many proxies of ours stand before the site (docs/operators.md). Each adds to X-Forwarded-For whom it saw; what is
# before that in the header anybody may have written.
ALLAUTH_TRUSTED_PROXY_COUNT = 0
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds that Wikimedia's sign-in may take to answer

# Sign in with Wikimedia appears only when an OAuth consumer is configured.
env.together("WIKIMEDIA_OAUTH_KEY", "WIKIMEDIA_OAUTH_SECRET")
WIKIMEDIA_KEY = env.text("WIKIMEDIA_OAUTH_KEY")
WIKIMEDIA_SECRET = env.text("WIKIMEDIA_OAUTH_SECRET")
SOCIALACCOUNT_PROVIDERS = {
    "mediawiki": {
        "REST_API": env.address("WIKIMEDIA_REST_API", "https://meta.wikimedia.org/w/rest.php"),
        "USER_AGENT": "The Capacity Exchange (https://www.mediawiki.org/wiki/OAuth)",
        "APPS": (
            [{"client_id": WIKIMEDIA_KEY, "secret": WIKIMEDIA_SECRET, "key": ""}] if WIKIMEDIA_KEY else []
        ),
    }
}

# Languages -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# What the interface is translated into. A page may exist in more languages (LANGUAGES); its frame is then
# in English.
INTERFACE_LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français"), ("ar", "العربية")]
LANGUAGES = [
    *INTERFACE_LANGUAGES,
    ("de", "Deutsch"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("zh-hans", "简体中文"),
    ("hi", "हिन्दी"),
    ("sw", "Kiswahili"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "site" / "exchange" / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["foundation.design.formats"]
TIME_ZONE = "UTC"

# Files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [ROOT / "frontend" / "static"]
MEDIA_URL = "/media/"
# A folder, or an object store: s3://key:secret@host/bucket?region=… (docs/operate/storage.md)
MEDIA_ROOT, STORAGE = env.storage("STORAGE_URL", DATA_DIR / "media")
# Uploaded files may be sent by the web server before us (docs/operate/storage.md): x-accel-redirect or x-sendfile.
SEND_FILES_BY = env.choice("SEND_FILES_BY", ("", "x-accel-redirect", "x-sendfile"))
SEND_FILES_FROM = env.place("SEND_FILES_FROM", "/protected-media/")
if SEND_FILES_BY and "OPTIONS" in STORAGE:
    raise ImproperlyConfigured(
        "SEND_FILES_BY is for files in a folder; an object store sends its files itself. Leave one of the two out."
    )
# Of the threads of one web process, how many may send larger files at a time; the others stay for pages.
FILE_THREADS = max(env.number("FILE_THREADS", env.number("WEB_THREADS", 8) // 2), 1)
STORAGES = {
    "default": STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor sends many
FILE_UPLOAD_PERMISSIONS = 0o644

# E-mail --------------------------------------------------------------------------------------------------

# Nothing sends mail while somebody waits or a transaction is open: it is queued, and the worker sends it.
EMAIL_BACKEND = "foundation.notifications.backends.QueuedMail"
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
env.together("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD")
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", False)
# Django's own default is to wait for ever.
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 15, least=1, most=600)  # seconds
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "The Capacity Exchange <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# An address whose mail, with anything after a plus sign, is handed to `manage.py read_returned_mail`
# (docs/operators.md). Without it mails come back to the sender's address and nobody counts them.
MAIL_RETURN_PATH = env.text("MAIL_RETURN_PATH")

# Wagtail -------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAIL_I18N_ENABLED = True
# A translation starts as a draft: publishing untranslated text under another language's name misleads.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILIMAGES_IMAGE_MODEL = "home.CreditedImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.CreditedDocument"
# Reads pictures to their end and takes out where they were taken (exchange.home.images).
WAGTAILIMAGES_IMAGE_FORM_BASE = "exchange.home.forms.PictureForm"
# A camera's largest; making a smaller size of it takes up to 200 MB for a moment.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
# A video is one by what it holds, not by its name.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "exchange.home.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    *["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "sbv", "srt", "txt", "vtt", "xlsx", "zip"],
    *["m4a", "mp3", "mp4", "ogg", "opus", "webm"],
]
# Players ask for parts of a recording; exchange.home.serve answers those, and guards private collections.
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAIL_FINISH_WORKFLOW_ACTION = "exchange.home.workflow_finish.publish_approved"
# An address and a password are changed where they are confirmed: on one's own account's pages.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "admin_door"
# No call home and no picture service: the admin talks to this site only.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# One zone to choose from means that Wagtail asks for none: the account's is used (accounts/middleware.py).
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILADMIN_COMMENTS_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

# Security ------------------------------------------------------------------------------------------------

# Wagtail shows previews of our own pages in a frame of our own admin.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Kept in the database, read from the cache: every page of a signed-in person asks for it.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "foundation.accounts.refused_forms.csrf_failure"

# The public pages run no inline script and no inline style. The editors' admin does (see ADMIN_CSP).
# Sites from which pictures may be shown in lessons, such as upload.wikimedia.org. From others, and by default
# from all, a picture is a link: nobody's visit is told to another site before they choose to go there.
REMOTE_IMAGE_HOSTS = env.items("REMOTE_IMAGE_HOSTS")
# Our addresses of files lead on to the object store, where there is one.
STORE = env.origin_of(STORAGE)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *STORE, *(f"https://{host}" for host in REMOTE_IMAGE_HOSTS)],
        "media-src": [SELF, *STORE, "https://upload.wikimedia.org"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
ADMIN_CSP = {
    "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:", *STORE],
    "frame-src": [SELF],
}

# People --------------------------------------------------------------------------------------------------

DEMO_CONTENT = False

LOG_LEVELS = ("warning", "debug", "info", "error", "critical")
# Statements that take so long are told in the log, without their values; 0: none.
SLOW_QUERY_MILLISECONDS = env.number("SLOW_QUERY_MILLISECONDS", 1000)
SENTRY_DSN = env.dsn("SENTRY_DSN")
LOG_FORMAT = env.choice("LOG_FORMAT", ("plain", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Both leave out what belongs to somebody.
    "formatters": {"plain": {"()": "foundation.logging.Plain"}, "json": {"()": "foundation.logging.JSON"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["once"]}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", LOG_LEVELS).upper()},
    "loggers": {
        # Django's own handlers (the terminal, mails to administrators) would write what is not masked.
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.request": {"level": "ERROR"},
        # With its values, each statement is somebody's words.
        "django.db.backends": {"level": "INFO"},
    },
    "filters": {"once": {"()": "exchange.settings.logs.OnceAMinute"}},
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
