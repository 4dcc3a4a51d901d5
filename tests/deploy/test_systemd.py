"""The units of deploy/, as systemd's own tools see them."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from loudly import skip_loudly

from clara.settings import ROOT

DEPLOY = ROOT / "deploy"


def units(tmp_path):
    """Copies whose program and files exist on this machine."""
    copies = []
    for unit in sorted((DEPLOY / "systemd").iterdir()):
        text = (
            unit.read_text().replace("/opt/ask-clara/.venv/bin/python", sys.executable).replace("/etc/ask-clara.env", "/dev/null")
        )
        (tmp_path / unit.name).write_text(text)
        copies.append(str(tmp_path / unit.name))
    return copies


def systemd_analyze(tmp_path, *arguments):
    if not shutil.which("systemd-analyze"):
        skip_loudly("The units of systemd: install systemd and run again.")
    return subprocess.run(
        ["systemd-analyze", *arguments],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_systemd_finds_no_fault(tmp_path):
    result = systemd_analyze(tmp_path, "verify", "--man=no", *units(tmp_path))
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("service", ["ask-clara.service", "ask-clara-purge.service"])
def test_services_are_hardened(tmp_path, service):
    units(tmp_path)
    result = systemd_analyze(tmp_path, "security", "--offline=true", "--threshold=20", str(tmp_path / service))
    assert result.returncode == 0, result.stdout + result.stderr


def test_both_services_are_hardened_alike():
    server, purge = (
        re.search(r"^UMask=.*?\n(?=\n|\Z)", (DEPLOY / "systemd" / name).read_text(), re.MULTILINE | re.DOTALL)[0]
        for name in ("ask-clara.service", "ask-clara-purge.service")
    )
    assert server == purge
