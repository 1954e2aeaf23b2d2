# One image for the web server, the worker and every command of the site. Build it with `docker build -t exchange .`
# (or any other builder); docs/operate/many-machines/README.md tells how several of it make a site.
#
# It runs as a user without rights, on a root file system that may be read-only: it writes into DATA_DIR (/data, of which
# nothing has to be kept where database, index and files are elsewhere) and /tmp. No setting and no key is in it.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/app/.venv
RUN python -m pip install --no-cache-dir uv
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --no-install-project --extra postgres --extra redis --extra s3 --extra metrics --extra sentry
COPY . .
# What is made of the sources is made once, here: the containers only read it. The settings want a key; this one ends with the line.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    DJANGO_SETTINGS_MODULE=exchange.settings.production BASE_URL=https://build.example DATA_DIR=/tmp/data \
    STATIC_ROOT=/app/static sh docs/operate/many-machines/build.sh /app/.venv/bin/python

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home exchange && install -d -o exchange /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp \
    DJANGO_SETTINGS_MODULE=exchange.settings.production DATA_DIR=/data STATIC_ROOT=/app/static BIND=0.0.0.0:8000
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "docs/operate/many-machines/alive.py", "http://127.0.0.1:8000/healthz/live"]
CMD ["python", "-m", "gunicorn", "-c", "gunicorn.conf.py"]
