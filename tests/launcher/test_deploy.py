"""docker-compose.yml, nginx and the documents say what the launcher does."""

import configparser
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from ikm_portal.embedded import commands, postgres, valkey
from ikm_portal.embedded.process import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
VARIABLE = re.compile(r"\b(?:IKM_[A-Z_]+|DATABASE_URL|BROKER_URL|POSTGRES_PASSWORD)\b")


def read_by_the_code() -> set[str]:
    found = set()
    for file in (ROOT / "ikm_portal").rglob("*.py"):
        found |= set(VARIABLE.findall(file.read_text()))
    return found


@pytest.mark.parametrize("role", sorted(commands.ROLES))
def test_a_server_runs_the_processes_up_runs(role):
    assert SERVICES[role]["command"] == ["python3", "portal.py", "run", role]
    login = commands.LOGINS[role]
    assert SERVICES[role]["environment"]["DATABASE_URL"].startswith(f"postgresql://{login}:")
    assert "@pgbouncer:" in SERVICES[role]["environment"]["DATABASE_URL"]


def test_a_server_prepares_as_up_prepares():
    assert SERVICES["migrate"]["command"] == ["python3", "portal.py", "prepare"]
    assert "@postgres:" in SERVICES["migrate"]["environment"]["DATABASE_URL"]


def test_the_servers_database_is_made_like_the_embedded_one():
    arguments = set(SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split())
    assert arguments == set(postgres.INITDB) - {"--auth=trust", "--no-instructions"}
    said = set(SERVICES["postgres"]["command"][2::2])
    wanted = {f"{name}={value}" for name, value in postgres.SETTINGS.items()}
    assert said <= wanted
    assert {"timezone=UTC", "jit=off"} <= said


def test_the_servers_broker_keeps_what_the_embedded_one_keeps(tmp_path):
    said = SERVICES["valkey"]["command"]
    kept = valkey.Valkey(data=tmp_path, run=tmp_path, log=tmp_path)._settings()
    for name in ("appendonly", "appendfsync", "save", "maxmemory-policy"):
        assert said[said.index(f"--{name}") + 1] == kept[name].strip('"')


def test_pgbouncer_hands_connections_over_by_transaction():
    config = configparser.ConfigParser(interpolation=None)
    config.read(ROOT / "deploy" / "pgbouncer" / "pgbouncer.ini")
    assert config["pgbouncer"]["pool_mode"] == "transaction"
    start = (ROOT / "deploy" / "pgbouncer" / "start").read_text()
    assert f"> {config['pgbouncer']['auth_file']}" in start, "it reads the passwords where they are written"
    assert all(login in start for login in commands.LOGINS.values())


def test_every_variable_of_a_server_is_read_by_the_portal_and_asked_for_in_the_example():
    known = read_by_the_code()
    example = (ROOT / "deploy" / "env.example").read_text()
    for name in ("web", "worker", "beat", "migrate"):
        for variable, value in SERVICES[name]["environment"].items():
            assert variable in known | {"DJANGO_SETTINGS_MODULE"}, variable
            for required in re.findall(r"\$\{([A-Z_]+):\?\}", str(value)):
                assert f"\n{required}=" in example, required


def test_demo_accounts_never_reach_a_server():
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "deploy" / "env.example").read_text()
    assert "IKM_DEMO" not in text


def test_every_variable_is_explained_in_the_operations_document():
    document = (ROOT / "docs" / "operations.md").read_text()
    missing = {name for name in read_by_the_code() if f"`{name}`" not in document}
    assert not missing


def test_every_service_that_others_wait_for_says_when_it_is_ready():
    for name, service in SERVICES.items():
        for other, condition in service.get("depends_on", {}).items():
            assert other in SERVICES, name
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other], other


def test_docker_compose_accepts_the_file():
    found = subprocess.run(["sh", "-c", "docker compose version"], capture_output=True, check=False)
    if found.returncode != 0:
        pytest.skip("docker compose is not installed here")
    example = ROOT / "deploy" / "env.example"
    filled = dict.fromkeys(re.findall(r"^([A-Z_]+)=$", example.read_text(), re.MULTILINE), "x")
    done = subprocess.run(
        ["docker", "compose", "--env-file", str(example), "config", "--format", "json"],
        cwd=ROOT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(Path.home())} | filled,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["services"]) == set(SERVICES)
