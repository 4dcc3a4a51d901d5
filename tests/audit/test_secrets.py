"""Secrets are found wherever git keeps them, made-up ones are listed, and there are no others.

What is planted here is put together from pieces, or this very file would hold what looks like secrets.
"""

import subprocess

import pytest
from loudly import NOT_TESTED

from audit.errors import AuditError
from audit.secrets import KINDS, MESSAGES, find_secrets, judge_secrets, secrets_of
from clara.settings import ROOT

HEX = "0123456789abcdef" * 2
MANY = "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z" * 3
PLANTED = {
    "a private key": ["-----BEGIN RSA " + "PRIVATE KEY-----", "-----BEGIN " + "PRIVATE KEY-----"],
    "a password in an address": ["postgresql://someone:" + "hunter2" + "@db/x", "redis://:" + "hunter2" + "@localhost:6379"],
    "a key of AWS": ["AKIA" + "ABCDEFGHIJKLMNOP"],
    "a token of GitHub": ["ghp_" + MANY[:36], "github_pat_" + MANY[:60]],
    "a token of GitLab": ["glpat-" + MANY[:20]],
    "a token of PyPI": ["pypi-AgE" + MANY[:60]],
    "a token of npm": ["npm_" + MANY[:36]],
    "a key of Google": ["AIza" + MANY[:35]],
    "a token of Slack": ["xoxb-" + "123456789012-abcdef", "xapp-1-" + "A0123456789"],
    "an address of Slack": ["https://hooks.slack.com" + "/services/T0000/B0000/" + MANY[:24]],
    "a key of Twilio": ["AC" + HEX, "SK" + HEX],
    "a token of Telegram": ["123456789:" + MANY[:35]],
    "a token of Meta": ["EAA" + MANY[:60]],
    "a key of a language model's service": ["sk-" + MANY[:40]],
    "a token of Hugging Face": ["hf_" + MANY[:34]],
    "a signed token": ["eyJ" + MANY[:20] + ".eyJ" + MANY[:20] + "." + MANY[:20]],
    "an assigned secret": ['api_key = "' + "correct-horse" + '"', "'Password': '" + "correct-horse" + "'"],
    "a secret in a setting": ["SESSION_SECRET=" + "correct-horse", "export TELEGRAM_BOT_TOKEN=" + "correct-horse"],
}
HARMLESS = [
    'token = read("TOKEN")',
    'PASSWORD = f"{word}-{number}"',
    "DATABASE_URL=postgresql://db.example.org/clara",
    "http://127.0.0.1:5005/chat/?a=b@c",
    "SESSION_SECRET=$SESSION_SECRET",
    "sha256:" + HEX * 2,
    'token: ""',
]


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    write(folder, "README", "hello")
    commit(folder, "first")
    return folder


def git(folder, *arguments):
    who = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text + "\n", encoding="utf-8")


def commit(folder, message):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def places(folder):
    return {(secret.file, secret.kind) for secret in secrets_of(folder)}


SECRET = PLANTED["a token of GitHub"][0]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PLANTED.items() for text in texts])
def test_every_kind_of_secret_is_found(kind, text):
    assert kind in {secret.kind for secret in find_secrets(f"before\n{text}\nafter", "file")}


def test_no_kind_goes_untested():
    assert set(PLANTED) == set(KINDS)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_is_left_alone(text):
    assert list(find_secrets(text, "file")) == []


def test_a_clean_repository_has_none(repository):
    assert places(repository) == set()


@pytest.mark.parametrize("name", ["a file.txt", "dossier/été.md"])
def test_a_planted_secret_is_found(repository, name):
    write(repository, name, f"x\n{SECRET}")
    commit(repository, "more")
    assert places(repository) == {(name, "a token of GitHub")}


def test_it_is_found_before_it_is_committed(repository):
    write(repository, "README", SECRET)
    assert places(repository) == {("README", "a token of GitHub")}


@pytest.mark.parametrize("name", ["gone.txt", "dossier/été.md"])
def test_it_is_found_in_history_once_it_is_gone(repository, name):
    write(repository, name, SECRET)
    commit(repository, "more")
    (repository / name).unlink()
    commit(repository, "less")
    assert places(repository) == {(name, "a token of GitHub")}


def test_it_is_found_in_what_only_a_merge_has_added(repository):
    git(repository, "checkout", "--quiet", "-b", "side")
    write(repository, "side", "aside")
    commit(repository, "aside")
    git(repository, "checkout", "--quiet", "-")
    write(repository, "main", "ahead")
    commit(repository, "ahead")
    git(repository, "merge", "--quiet", "--no-ff", "--no-commit", "side")
    write(repository, "merged", SECRET)
    commit(repository, "merged")
    (repository / "merged").unlink()
    commit(repository, "less")
    assert places(repository) == {("merged", "a token of GitHub")}


def test_it_is_found_in_a_commit_message(repository):
    write(repository, "more", "more")
    commit(repository, f"with {SECRET}")
    assert places(repository) == {(MESSAGES, "a token of GitHub")}


def test_a_file_that_git_does_not_keep_is_not_looked_at(repository):
    write(repository, ".env", SECRET)
    assert places(repository) == set()


def test_a_history_that_was_cut_off_is_an_error(repository, tmp_path):
    write(repository, "more", "more")
    commit(repository, "second")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    with pytest.raises(AuditError, match="unshallow"):
        secrets_of(tmp_path / "shallow")


def test_where_there_is_no_repository_is_an_error(tmp_path):
    with pytest.raises(AuditError, match="git rev-parse failed"):
        secrets_of(tmp_path)


def test_only_that_secret_in_that_file_is_listed_as_made_up(tmp_path):
    (secret,) = find_secrets(SECRET, "tests/double.py")
    doubles = tmp_path / "doubles.yml"
    doubles.write_text(f'- file: tests/double.py\n  digests: ["{secret.digest}"]\n  why: made up\n')
    assert judge_secrets([secret], doubles) == []
    (elsewhere,) = find_secrets(SECRET, "clara/settings.py")
    (other,) = find_secrets(PLANTED["a key of AWS"][0], "tests/double.py")
    lines = judge_secrets([secret, elsewhere, other], doubles)
    assert [line.split(": ")[0] for line in lines] == ["clara/settings.py", "tests/double.py"]
    assert SECRET not in "".join(lines)
    (idle,) = judge_secrets([], doubles)
    assert idle == f"doubles.yml lists {secret.digest} in tests/double.py, where it isn't: take it out."


def test_the_real_tree_and_its_history_have_no_secret():
    """What is listed and isn't there is left to `make audit`: this clone's history may begin later."""
    try:
        found = secrets_of(ROOT)
    except AuditError as error:
        NOT_TESTED[f"Secrets in git: {error}"] = None
        pytest.skip(str(error))
    assert [line for line in judge_secrets(found, ROOT / "audit" / "doubles.yml") if "it isn't: take it out" not in line] == []
