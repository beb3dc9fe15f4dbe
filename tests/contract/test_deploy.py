"""The files for running many workers: shaped as their tools want them, and fitting the server that they run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, RefResolver

from bot.settings import OF_CHANNELS, ROOT, VARIABLES, read_settings

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
VERSION = "v1.31.0-local-strict"
COMPOSE_SCHEMA = ROOT / ".tools/compose/lib/python3.10/site-packages/compose/config/compose_spec.json"
SHARED = {"CONVERSATIONS_URL", "RECORDS_URL", "CHANNELS_REDIS_URL", "EVENTS_URL", "GUIDE_KEYS"}
"""What all workers of one service must have in common."""
IMAGES = {
    "GUIDE_HOST": "0.0.0.0",
    "GUIDE_PORT": "5005",
    "GUIDE_PRIVATE": "0.0.0.0:9464",
    "GUIDE_VAR": "/var/lib/guide",
    "GUIDE_LOG": "json",
}


def compose() -> dict[str, Any]:
    """compose.yml with its anchors resolved, and what has a default in place of its variable."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", (DEPLOY / "compose.yml").read_text("utf-8"))
    told: dict[str, Any] = yaml.safe_load(text)
    return told


def objects() -> dict[str, dict[str, Any]]:
    """Everything of Kubernetes by ``kind/name``, the kustomization left out."""
    found = {}
    for file in sorted(KUBERNETES.glob("*.yaml")):
        for one in yaml.safe_load_all(file.read_text("utf-8")):
            if one["kind"] != "Kustomization":
                found[f"{one['kind']}/{one['metadata']['name']}"] = one
    return found


def containers() -> dict[str, dict[str, Any]]:
    """The two containers of ours, by name."""
    pods = [one["spec"]["template"]["spec"] for name, one in objects().items() if name.split("/")[0] in WORKLOADS]
    return {one["name"]: one for pod in pods for one in pod["containers"]}


WORKLOADS = ("Deployment", "Job")


def dockerfile() -> list[str]:
    """The Dockerfile's instructions, each on one line."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Dockerfile").read_text("utf-8"))
    return [row for row in text.splitlines() if row and not row.startswith("#")]


def kubernetes_errors(one: dict[str, Any]) -> Iterator[str]:
    """What the official schema of its kind has against ``one``; fields that it does not know are faults too."""
    spec = find_spec("kubernetes_validate")
    assert spec is not None, "make check installs the schemas"
    assert spec.origin is not None
    schemas = Path(spec.origin).parent / "kubernetes-json-schema" / VERSION
    kind = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", one["apiVersion"])
    schema = json.loads((schemas / f"{one['kind'].lower()}-{kind}.json").read_text("utf-8"))
    shared = json.loads((schemas / "_definitions.json").read_text("utf-8"))
    resolver = RefResolver("", schema, store={"_definitions.json": shared})
    yield from (error.message for error in Draft7Validator(schema, resolver=resolver).iter_errors(one))


@pytest.mark.parametrize("name", sorted(objects()))
def test_kubernetes_knows_every_field(name: str) -> None:
    assert list(kubernetes_errors(objects()[name])) == []


def test_a_field_that_kubernetes_does_not_know_is_found() -> None:
    worker = objects()["Deployment/guide"]
    worker["spec"]["template"]["spec"]["containers"][0]["livenessProb"] = {}
    assert any("livenessProb" in error for error in kubernetes_errors(worker))


def test_compose_is_as_its_specification_says() -> None:
    assert COMPOSE_SCHEMA.is_file(), "make check installs it"
    schema = json.loads(COMPOSE_SCHEMA.read_text("utf-8"))
    told = compose()
    assert told.pop("name") == "guide", "newer than the schema"
    assert [error.message for error in Draft7Validator(schema).iter_errors(told)] == []
    told["services"]["worker"]["heathcheck"] = {}
    assert list(Draft7Validator(schema).iter_errors(told)), "a slip is found"


def test_every_kind_of_object_that_a_service_needs_is_there_and_applied() -> None:
    kinds = {name.split("/")[0] for name in objects()}
    assert kinds >= {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Job"}
    assert kinds >= {"ConfigMap", "NetworkPolicy", "ServiceAccount"}
    assert "Secret" not in kinds, "secrets are referred to, never written down"
    applied = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text("utf-8"))
    assert set(applied["resources"]) == {file.name for file in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}


def test_only_settings_that_exist_are_set_and_all_that_workers_share() -> None:
    of_compose = set(compose()["services"]["worker"]["environment"])
    of_map = set(objects()["ConfigMap/guide"]["data"])
    written = (ROOT / "docs" / "operations.md").read_text("utf-8")
    of_secret = set(re.findall(r"^  --from-literal=(\w+)=", written, re.MULTILINE))
    for told in (of_compose, of_map, of_secret):
        assert told - VARIABLES.keys() == set()
    assert of_compose >= SHARED
    assert of_secret >= SHARED
    assert not of_map & {*SHARED, "GUIDE_REST_TOKEN"}, "these are secrets"
    assert not {name for name in of_map if name.startswith(OF_CHANNELS)}
    read_settings({**IMAGES, **objects()["ConfigMap/guide"]["data"]})  # and their values are ones the server takes


def test_no_secret_and_no_password_is_written_down() -> None:
    for name, value in compose()["services"]["worker"]["environment"].items():
        if name in SHARED | {"GUIDE_REST_TOKEN"}:
            assert "${" in value, name
    example = dict(row.split("=", 1) for row in (DEPLOY / ".env.example").read_text("utf-8").splitlines() if "=" in row
                   and not row.startswith("#"))  # fmt: skip
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yml").read_text("utf-8"))) - {"PASSWORD"}
    assert set(example) == asked
    assert {name for name, value in example.items() if value} == {"GUIDE_IMAGE", "GUIDE_WORKERS"}
    assert all(one["envFrom"][1] == {"secretRef": {"name": "guide"}} for one in containers().values())


def test_only_the_balancer_is_reached_from_outside() -> None:
    services = compose()["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["balancer"]
    assert compose()["networks"]["inside"] == {"internal": True}
    outside = {name for name, one in services.items() if "outside" in one["networks"]}
    assert outside == {"balancer", "worker"}


def test_workers_wait_until_the_databases_are_as_they_need_them() -> None:
    worker = compose()["services"]["worker"]
    assert worker["depends_on"]["migrations"] == {"condition": "service_completed_successfully"}
    assert compose()["services"]["migrations"]["command"] == ["python", "-m", "bot", "records", "--migrate"]
    assert containers()["migrations"]["command"] == ["python", "-m", "bot", "records", "--migrate"]


def test_probes_ask_where_the_server_answers() -> None:
    worker = containers()["worker"]
    ports = {port["name"]: port["containerPort"] for port in worker["ports"]}
    settings = objects()["ConfigMap/guide"]["data"]
    assert ports["people"] == int(settings["GUIDE_PORT"])
    assert ports["machines"] == int(settings["GUIDE_PRIVATE"].rpartition(":")[2])
    probes = [worker[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")]
    served = (ROOT / "bot/service/private.py").read_text("utf-8")
    for probe in probes:
        assert probe["port"] in ports
        assert f'"{probe["path"]}"' in served
    pod = objects()["Deployment/guide"]["spec"]["template"]
    notes = pod["metadata"]["annotations"]
    assert (notes["prometheus.io/port"], notes["prometheus.io/path"]) == (str(ports["machines"]), "/metrics")
    assert pod["spec"]["terminationGracePeriodSeconds"] > 5 + 10, "the pause before and the slowest action"


def test_everything_that_selects_workers_finds_them_and_nothing_else() -> None:
    found = objects()
    labels = found["Deployment/guide"]["spec"]["template"]["metadata"]["labels"]
    others = found["Job/migrations"]["spec"]["template"]["metadata"]["labels"]
    spread = found["Deployment/guide"]["spec"]["template"]["spec"]["topologySpreadConstraints"][0]["labelSelector"]
    for wanted in (
        found["Deployment/guide"]["spec"]["selector"]["matchLabels"],
        found["Service/guide"]["spec"]["selector"],
        found["PodDisruptionBudget/guide"]["spec"]["selector"]["matchLabels"],
        spread["matchLabels"],
    ):
        assert wanted.items() <= labels.items()
        assert not wanted.items() <= others.items()
    guarded = found["NetworkPolicy/guide"]["spec"]["podSelector"]["matchLabels"]
    assert guarded.items() <= labels.items()
    assert guarded.items() <= others.items()
    rule = found["Ingress/guide"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert rule["name"] == found["Service/guide"]["metadata"]["name"]
    assert rule["port"]["name"] in {port["name"] for port in found["Service/guide"]["spec"]["ports"]}
    scaled = found["HorizontalPodAutoscaler/guide"]["spec"]["scaleTargetRef"]
    assert f"{scaled['kind']}/{scaled['name']}" in found


def test_nothing_runs_as_root_or_writes_where_it_need_not() -> None:
    for name in ("Deployment/guide", "Job/migrations"):
        pod = objects()[name]["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for one in pod["containers"]:
            assert one["securityContext"]["readOnlyRootFilesystem"] is True
            assert one["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert {mount["mountPath"] for mount in one["volumeMounts"]} == {"/tmp", IMAGES["GUIDE_VAR"]}
    worker = compose()["services"]["worker"]
    assert (worker["read_only"], worker["cap_drop"]) == (True, ["ALL"])
    assert "USER 10001:10001" in dockerfile()


def test_one_image_with_a_tag_of_its_own() -> None:
    assert {one["image"] for one in containers().values()} == {"guide"}
    (image,) = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text("utf-8"))["images"]
    assert image["name"] == "guide"
    assert image["newTag"] != "latest"
    tags = [one["image"] for one in compose()["services"].values() if "image" in one]
    assert all(":" in tag and not tag.endswith(":latest") for tag in tags)
    assert compose()["services"]["worker"]["image"] == compose()["services"]["migrations"]["image"]


def test_the_image_is_made_of_what_is_there_and_what_is_locked() -> None:
    copied = [row.split()[1:-1] for row in dockerfile() if row.startswith("COPY") and "--from" not in row]
    wanted = [name for names in copied for name in names]
    assert all((ROOT / name).exists() for name in wanted)
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert {row[1:] for row in allowed if row.startswith("!")} == set(wanted)
    assert any("--require-hashes -r requirements/runtime.txt" in row for row in dockerfile())
    (set_by,) = [row for row in dockerfile() if row.startswith("ENV") and "GUIDE_HOST" in row]
    assert {name: value for name, _, value in (pair.partition("=") for pair in set_by.split()[1:])}.items() >= (
        IMAGES.items()
    )
    version = (ROOT / ".python-version").read_text("utf-8").strip()
    assert [row.split()[1] for row in dockerfile() if row.startswith("FROM")] == [f"python:{version}-slim-bookworm"] * 2


def test_the_balancer_takes_its_configuration() -> None:
    program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "make check installs HAProxy"
    told = compose()["services"]["balancer"]["environment"]
    assert told["GUIDE_BACKEND"] == f"worker:{IMAGES['GUIDE_PORT']}"
    done = subprocess.run(
        [program, "-c", "-f", str(DEPLOY / "haproxy.cfg")],
        env={**os.environ, **told, "GUIDE_BACKEND": "127.0.0.1:5005"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
