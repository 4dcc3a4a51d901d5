import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from clara.channels.rejection import Rejection
from clara.channels.sessions import SECRET_FILE, Sessions, session_secret
from clara.errors import ClaraError
from clara.settings import ROOT, Settings

SECRET = "s" * 32


def test_issued_id_is_taken_and_leads_to_one_conversation():
    sessions = Sessions(SECRET, seconds=60)
    signed = sessions.issue()
    assert sessions.open(signed) == Sessions(SECRET, seconds=60).open(signed)
    assert sessions.open(signed) != sessions.open(sessions.issue())


@pytest.mark.parametrize(
    "forge", [lambda s: s[:-1], lambda s: "x" + s, lambda s: s.rsplit(".", 1)[0], lambda s: "", lambda s: "é"]
)
def test_forged_id_is_not_taken(forge):
    sessions = Sessions(SECRET, seconds=60)
    with pytest.raises(Rejection) as rejected:
        sessions.open(forge(sessions.issue()))
    assert rejected.value.reason == "unknown_session"


def test_id_signed_with_another_secret_is_not_taken():
    with pytest.raises(Rejection, match="leave it out"):
        Sessions(SECRET, seconds=60).open(Sessions("t" * 32, seconds=60).issue())


def test_old_id_is_over():
    sessions = Sessions(SECRET, seconds=-1)
    with pytest.raises(Rejection) as rejected:
        sessions.open(sessions.issue())
    assert rejected.value.reason == "session_over"


def test_secret_of_the_settings_is_taken(tmp_path):
    assert session_secret(Settings(root=tmp_path, session_secret=SECRET)) == SECRET
    assert not list(tmp_path.iterdir())


def test_secret_is_made_once_by_all_and_only_its_owner_reads_it(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: session_secret(Settings(root=tmp_path)), range(32)))
    (secret,) = secrets
    (file,) = tmp_path.iterdir()
    assert len(secret) == 64
    assert (file.name, file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (SECRET_FILE, secret, 0o600)


def test_secret_that_cannot_be_kept_says_what_to_do(tmp_path):
    with pytest.raises(ClaraError, match="set SESSION_SECRET"):
        session_secret(Settings(root=tmp_path / "nowhere"))


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_damaged_secret_is_not_taken(tmp_path, content):
    (tmp_path / SECRET_FILE).write_bytes(content)
    with pytest.raises(ClaraError, match=SECRET_FILE):
        session_secret(Settings(root=tmp_path))


def test_secret_does_not_show_when_the_settings_are_printed():
    assert SECRET not in repr(Settings(session_secret=SECRET))


def test_secret_file_is_kept_out_of_git():
    assert subprocess.run(["git", "check-ignore", "--quiet", SECRET_FILE], cwd=ROOT, check=False).returncode == 0
