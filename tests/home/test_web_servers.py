"""Private files through the web servers that docs/operate/storage.md names, with the recipes that stand there."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application
from wagtail.models import Collection, CollectionViewRestriction

from exchange.home.models import CreditedDocument
from tests.factories.accounts import UserFactory
from tests.served import ROOT, free_port

RECIPES = (ROOT / "docs" / "operate" / "storage.md").read_text()
MINUTES = b"%PDF " + bytes(range(256)) * 2_000
NAME = "documents/Übersicht 100% #1-0123456789ab.pdf"
NGINX = """pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{ access_log off; include /etc/nginx/mime.types;
client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
server {{ listen 127.0.0.1:{port};
{recipe}
}} }}
"""
CADDY = """{{
admin off
auto_https off
}}
http://127.0.0.1:{port} {{
{recipe}
}}
"""


def recipe(language):
    """A block of the page for operators."""
    found = re.search(rf"```{language}\n(.*?)```", RECIPES, re.DOTALL)
    assert found, language
    return found[1]


def command(server, folder, port, site, media):
    """How a server is started with its recipe."""
    program = shutil.which(server, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{server} is not installed")
        pytest.skip(f"No {server}: on Debian, apt-get install {server}")
    text = recipe(server).replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    text = text.replace("/path/to/DATA_DIR/media", str(media))
    # Folders of tests are their owner's alone.
    user = "user root;" if os.geteuid() == 0 else ""
    frame = NGINX if server == "nginx" else CADDY
    file = folder / f"{server}.conf"
    file.write_text(frame.format(folder=folder, port=port, recipe=text, user=user))
    if server == "nginx":
        return [program, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")]
    return [program, "run", "--config", str(file), "--adapter", "caddyfile"]


@contextmanager
def the_site():
    """The site in a thread; gives its port. The tests' usual server sends uploaded files past the site."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_internal_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=20)


@contextmanager
def before_the_site(server, folder, site, media):
    """The web server in front of the site; gives its port."""
    port = free_port()
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command(server, folder, port, site, media),
            env={**os.environ, "HOME": str(folder)},
            stdout=output,
            stderr=output,
        )
        try:
            for _try in range(200):
                assert process.poll() is None, (folder / "output").read_text()
                try:
                    ask(port, "/healthz/live")
                    break
                except OSError:
                    time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def ask(port, path, **headers):
    """An answer: status, headers, all of its bytes. The path goes out letter by letter."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest("GET", path)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.fixture
def private(transactional_db, client, tmp_path):
    """A private document, an open picture, a file that nobody is sent, and the cookie of a member."""
    Collection.objects.all().delete()
    root = Collection.add_root(name="Root")
    collection = root.add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    CreditedDocument.objects.create(title="minutes", collection=collection, file=NAME)
    media = tmp_path / "media"
    for name, content in ((NAME, MINUTES), ("images/a.svg", b"<svg/>"), ("dump.sql", b"secret")):
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(content)
    client.force_login(UserFactory())
    return f"sessionid={client.cookies['sessionid'].value}"


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_private_file_is_sent_by_the_web_server_to_its_readers_alone(private, tmp_path, settings, server):
    media, quoted = tmp_path / "media", quote(NAME)
    settings.MEDIA_ROOT = media
    settings.SEND_FILES_BY = "x-accel-redirect"
    with the_site() as site, before_the_site(server, tmp_path, site, media) as port:
        status, headers, content = ask(port, f"/media/{quoted}", Cookie=private)
        assert (status, content == MINUTES) == (200, True)
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Cache-Control"] == "private, no-store"
        assert "X-Accel-Redirect" not in headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "filename" in headers["Content-Disposition"]
        # The site itself sends nothing: it only says that it may be sent.
        assert ask(site, f"/media/{quoted}", Cookie=private)[2] == b""

        status, headers, content = ask(port, f"/media/{quoted}", Cookie=private, Range="bytes=5-14")
        assert (status, content) == (206, MINUTES[5:15])
        assert headers["Content-Range"] == f"bytes 5-14/{len(MINUTES)}"

        for path in (
            f"/media/{quoted}",
            f"/media/./{quoted}",
            f"/media/x/../{quoted}",
            f"/media/images/..%2f{quoted}",
            f"/protected-media/{quoted}",
            f"/protected-media/../protected-media/{quoted}",
            f"/{quoted}",
            f"/media//{quoted}",
            "/media/dump.sql",
            "/dump.sql",
            "/protected-media/dump.sql",
            f"/media/../media/{quoted}",
        ):
            status, _headers, content = ask(port, path)
            assert status in (301, 302, 400, 403, 404), path
            assert MINUTES not in content, path
            assert b"secret" not in content, path
        # A stranger's own words about where a file lies mean nothing.
        status, _headers, content = ask(
            port, "/healthz/live", **{"X-Accel-Redirect": f"/protected-media/{quoted}"}
        )
        assert (status, MINUTES in content) == (200, False)

        status, headers, content = ask(port, "/media/images/a.svg")
        assert (status, content) == (200, b"<svg/>")
        assert headers["Content-Security-Policy"].endswith("sandbox")
        assert headers["Cache-Control"].startswith("public")
