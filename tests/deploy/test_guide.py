"""What operators read in deploy/ is there."""

import re
import subprocess

from clara.settings import ROOT

DEPLOY = ROOT / "deploy"


def test_guide_names_files_that_are_there():
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", guide):
        assert (DEPLOY / link).exists(), link
    for path in re.findall(r"\bdeploy/[\w./-]*\w", guide):
        assert (ROOT / path).exists() or path in ("deploy/.env", "deploy/tls"), path  # the operator's own
    for target in set(re.findall(r"(?<!git )\bmake ([a-z]+)", guide)):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_guide_and_units_agree_on_places():
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for unit in (DEPLOY / "systemd").glob("*.service"):
        for place in re.findall(r"(?:EnvironmentFile|ExecStart|CONVERSATIONS)=(/\S+)", unit.read_text()):
            assert place in guide, place
    for place in re.findall(r"(/etc/ask-clara/tls|/var/www/html)", (DEPLOY / "nginx" / "ask-clara.conf").read_text()):
        assert place in guide
