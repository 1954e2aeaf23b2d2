"""compose.yaml, the Dockerfile and the manifests say the same, name only what there is, and hold no key."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from fnmatch import fnmatch

import pytest
import yaml

from exchange.settings.variables import GROUPS
from tests.cluster import recipe
from tests.cluster.recipe import FOLDER, ROOT, compose

KNOWN = {name for group in GROUPS.values() for name, _meaning in group}
SITE = ("web", "worker", "setup")
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


def dockerfile() -> list[tuple[str, str]]:
    """(instruction, what stands behind it), with lines joined that belong together."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line]  # type: ignore[misc]


def manifests() -> list[dict]:
    files = ("kubernetes.yaml", "kubernetes-upgrade.yaml")
    return [part for name in files for part in yaml.safe_load_all((FOLDER / name).read_text())]


def pods() -> dict[str, dict]:
    return {
        part["metadata"]["name"]: part["spec"]["template"]["spec"]
        for part in manifests()
        if "template" in part["spec"]
    }


def test_every_variable_of_the_site_is_one_that_it_reads():
    for service in SITE:
        assert set(compose()["services"][service]["environment"]) <= KNOWN


def test_no_file_holds_a_key():
    example = dict(
        line.split("=", 1)
        for line in (FOLDER / "environment.example").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert [name for name in example if re.search("KEY|PASSWORD|SECRET", name)] == [
        name for name, value in example.items() if not value
    ]
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    assert asked == set(example)
    for service in compose()["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("KEY|PASSWORD|SECRET|CREDENTIAL", name):
                assert re.fullmatch(r"\$\{\w+:\?[^}]*\}", value), name
    for _instruction, words in dockerfile():
        assert not re.search(r"(?<!\w)(SECRET_KEY|PASSWORD)=[^\"$]", words)


def test_each_container_of_the_site_has_no_rights_and_writes_nowhere_else():
    for name in SITE:
        service = compose()["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert [place.split(":")[0] for place in service["tmpfs"]] == ["/tmp", "/data"]
    for pod in pods().values():
        assert pod["securityContext"]["runAsNonRoot"] is True
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/tmp", "/data"}
    (user,) = [words for instruction, words in dockerfile() if instruction == "USER"]
    assert user == str(pods()["exchange-web"]["securityContext"]["runAsUser"])


def test_all_recipes_start_the_same_commands():
    commands = {name: compose()["services"][name]["command"] for name in SITE}
    assert commands["web"] == pods()["exchange-web"]["containers"][0]["command"]
    assert commands["worker"] == pods()["exchange-worker"]["containers"][0]["command"]
    assert commands["setup"] == pods()["exchange-upgrade"]["containers"][0]["command"]
    (image,) = [words for instruction, words in dockerfile() if instruction == "CMD"]
    assert yaml.safe_load(image) == commands["web"]
    check = next(words for instruction, words in dockerfile() if instruction == "HEALTHCHECK")
    assert (
        yaml.safe_load(check.partition("CMD ")[2]) == compose()["services"]["web"]["healthcheck"]["test"][1:]
    )


def test_every_probe_asks_an_address_that_answers_and_the_proxy_never_asks_for_readiness(client, db):
    (web,) = pods()["exchange-web"]["containers"]
    asked = {probe: web[probe]["httpGet"] for probe in PROBES}
    assert {where["port"] for where in asked.values()} == {"http"}
    for where in asked.values():
        assert client.get(where["path"]).status_code == 200
    assert asked["readinessProbe"]["path"] == "/healthz/live"
    assert "health_uri /healthz/live" in (FOLDER / "Caddyfile").read_text()


def test_every_service_that_another_waits_for_can_say_that_it_is_healthy():
    services = compose()["services"]
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}, name
            assert "test" in services[needed]["healthcheck"], needed
    named = {place.split(":")[0] for service in services.values() for place in service.get("volumes", [])}
    assert {place for place in named if not place.startswith(".")} == set(compose()["volumes"])


def test_the_image_is_made_of_files_that_are_sent_to_its_builder():
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line]
    sent = [line[1:] for line in lines if line.startswith("!")]
    assert lines[0] == "*"
    assert [name for name in sent if not (ROOT / name).exists()] == []
    stages = [words for instruction, words in dockerfile() if instruction == "FROM"]
    assert len(stages) == 2
    copied = [words for instruction, words in dockerfile() if instruction == "COPY" and "--from" not in words]
    for words in copied:
        for source in shlex.split(words)[:-1]:
            assert source == "." or any(fnmatch(source, name) for name in sent), source
    check = next(words for instruction, words in dockerfile() if instruction == "HEALTHCHECK")
    script = yaml.safe_load(check.partition("CMD ")[2])[1]
    assert any(script.startswith(f"{name}/") for name in sent)
    assert "docs/operate/many-machines/build.sh" in " ".join(words for _name, words in dockerfile())


@pytest.mark.parametrize("name", ["nobody-listens", "a page that is not there"])
def test_the_health_check_fails_where_the_site_does_not_answer(name, live_server):
    address = "http://127.0.0.1:9/healthz/live" if name == "nobody-listens" else f"{live_server.url}/nowhere/"
    command = [sys.executable, str(FOLDER / "alive.py"), address]
    assert subprocess.run(command, capture_output=True).returncode == 1


def test_a_variable_that_nobody_has_filled_in_is_found():
    with pytest.raises(KeyError, match="SITE_HOST"):
        recipe.environment("proxy", {}, {})
