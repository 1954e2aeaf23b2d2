"""What each variable of the environment means, for the page that is drawn from this (docs/operate/settings.md).

A test holds the names here to those that the code reads.
"""

# Groups in the order of the page; in each, (variable, meaning). Where the default is not a plain value of the code, the
# meaning says it.
GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "What every site needs": (
        (
            "DJANGO_SETTINGS_MODULE",
            "`exchange.settings.production` for a site for the public; in the folder of one "
            "`manage.py` takes it by itself",
        ),
        (
            "SECRET_KEY",
            "at least 50 random characters; without it production refuses to start. Whoever has it can become anybody",
        ),
        (
            "BASE_URL",
            "the public address, such as `https://exchange.example.org`: no path, no slash at its end",
        ),
        (
            "DATA_DIR",
            "the folder for everything that is written: database, index, media, logs, keys. By default `var/` in "
            "the checkout",
        ),
        (
            "ALLOWED_HOSTS",
            "host names that the site answers to, with commas, that of BASE_URL among them. By default that "
            "one and localhost",
        ),
        (
            "SITE_NAME",
            "what the site is called. By default what `set_up_site --name` was told; with several machines set it on each",
        ),
    ),
    "Database, cache, search": (
        (
            "DATABASE_URL",
            "`postgresql://name:secret@host/base?sslmode=require` (install the extra `postgres`). By default "
            "SQLite in DATA_DIR",
        ),
        (
            "REDIS_URL",
            "shared cache (install the extra `redis`). By default files in DATA_DIR",
        ),
        (
            "REDIS_PREFIX",
            "begins all names in Redis, so that several sites can share one. By default the host of BASE_URL",
        ),
        ("SEARCH_URL", "the search engine, see [Search](README.md#search)"),
        (
            "SEARCH_SEMANTIC",
            "1: search by meaning across languages too (install the extra `semantic`), see "
            "[semantic search](../semantic-search.md)",
        ),
    ),
    "Mail": (
        ("EMAIL_HOST", "the mail server"),
        ("EMAIL_PORT", "its port"),
        ("EMAIL_HOST_USER", "the account there; together with its password, or neither"),
        ("EMAIL_HOST_PASSWORD", "its password"),
        ("EMAIL_USE_TLS", "1: TLS begun by STARTTLS"),
        ("EMAIL_USE_SSL", "1: TLS from the start of the connection"),
        ("EMAIL_TIMEOUT", "seconds that the mail server may take to answer"),
        ("DEFAULT_FROM_EMAIL", "the sender of all mail"),
        (
            "MAIL_RETURN_PATH",
            "where mails come back to, see [Mail](mail.md). By default the address of DEFAULT_FROM_EMAIL",
        ),
    ),
    "Processes and threads": (
        (
            "BIND",
            "what the web server listens on, before PORT: `127.0.0.1:8000` or `unix:/run/exchange.sock`",
        ),
        ("PORT", "the port on loopback that it listens on"),
        ("WEB_WORKERS", "processes of the web server"),
        ("WEB_THREADS", "threads of each"),
        ("QUEUE_WORKERS", "processes that do jobs"),
        ("WEB_SILENCE_SECONDS", "a connection that takes or sends nothing for so long is closed"),
        (
            "METRICS_TOKEN",
            "a token of at least 20 characters: who sends it reads figures for Prometheus at /metrics (install the extra "
            "`metrics`), see [watching](watching.md). By default there are none",
        ),
        (
            "SLOW_QUERY_MILLISECONDS",
            "a statement of the database that takes so long is told in the log; 0: none is",
        ),
        (
            "SENTRY_DSN",
            "`https://KEY@host/NUMBER`: errors are reported there (install the extra `sentry`), see "
            "[watching](watching.md#reports-of-errors). By default nowhere",
        ),
        ("LOG_FORMAT", "plain, or json: one object a line, see [watching](watching.md#logs)"),
        ("LOG_LEVEL", "warning, debug, info, error or critical"),
    ),
    "The web server before the site": (
        ("BEHIND_PROXY", "1: there is one, and it says by X-Forwarded-Proto whether a request came by HTTPS"),
        (
            "TRUSTED_PROXIES",
            "how many proxies of yours stand before the site, see [Proxies](README.md#proxies). By default 1; without a "
            "proxy 0",
        ),
        ("SECURE_SSL_REDIRECT", "1: pages asked for by HTTP lead to HTTPS"),
        ("SECURE_HSTS_SECONDS", "how long browsers keep to HTTPS"),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "1: also for names below this one"),
        ("SECURE_HSTS_PRELOAD", "1: browsers may know it before the first visit"),
        ("CSRF_TRUSTED_ORIGINS", "other addresses from which forms may be sent, with commas"),
        (
            "STORAGE_URL",
            "where uploaded files lie: the path of a folder, or `s3://KEY:SECRET@host/bucket?region=…` (install the "
            "extra `s3`), see [storage](storage.md). By default `media` in DATA_DIR",
        ),
        (
            "SEND_FILES_BY",
            "x-accel-redirect or x-sendfile: it sends uploaded files, see "
            "[storage](storage.md#sent-by-the-web-server). By default the "
            "site itself",
        ),
        ("SEND_FILES_FROM", "the place there that stands for DATA_DIR/media, with both slashes"),
        (
            "FILE_THREADS",
            "of the threads of one web process, how many may send larger files at a time. By default half of them",
        ),
        ("STATIC_ROOT", "where styles and scripts are collected. By default `static` in DATA_DIR"),
    ),
    "What else a site may have": (
        (
            "SECOND_FACTOR_AT_THE_DESK",
            "1: everybody who may enter the editors' admin needs a second factor, see [Accounts](README.md#accounts). "
            "By default on for a site for the public",
        ),
        ("WIKIMEDIA_OAUTH_KEY", "shows *Sign in with Wikimedia*; together with the secret, or neither"),
        ("WIKIMEDIA_OAUTH_SECRET", "the secret of that consumer"),
        ("WIKIMEDIA_REST_API", "the wiki at which one signs in"),
        (
            "SOURCE_URL",
            "where readers find the program's source; the footer links there. By default there is no link",
        ),
        (
            "REMOTE_IMAGE_HOSTS",
            "sites from which pictures may be shown in lessons, with commas, such as `upload.wikimedia.org`. "
            "By default none: such a picture is a link",
        ),
        ("PATTERN_LIBRARY", "1: show the parts of pages below `/patterns/`"),
    ),
    "Development only": (("DEBUG", "under development settings, 0: our own pages for what goes wrong"),),
}
