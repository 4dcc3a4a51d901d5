"""make sets everything up by itself, and says in one line what it can't."""

import shutil
import subprocess

import pytest

from clara.settings import ROOT


@pytest.fixture
def bare_checkout(tmp_path):
    """The files that the environment is made from, and a PATH with nothing but a shell's tools and a python3 of our choice."""
    for name in ("Makefile", "pyproject.toml", "uv.lock", ".python-version"):
        shutil.copy(ROOT / name, tmp_path / name)
    tools = tmp_path / "path"
    tools.mkdir()
    for tool in ("sh", "make", "awk", "touch", "mkdir", "rm"):
        (tools / tool).symlink_to(shutil.which(tool))
    return tmp_path


def make(checkout, target, **environment):
    return subprocess.run(
        ["make", target],
        cwd=checkout,
        env={"PATH": str(checkout / "path"), "HOME": str(checkout), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_without_python_it_says_what_is_needed(bare_checkout):
    result = make(bare_checkout, "install")
    assert result.returncode != 0
    assert "uv can't be installed: python3 with pip is needed, and a way to PyPI." in result.stdout


def test_without_python_3_10_and_a_network_it_says_what_to_do(bare_checkout):
    (uv,) = (ROOT / ".tools").glob("uv-*/bin/uv")
    copy = bare_checkout / uv.relative_to(ROOT)
    copy.parent.mkdir(parents=True)
    shutil.copy(uv, copy)
    result = make(bare_checkout, "install", UV_OFFLINE="1", UV_PYTHON_PREFERENCE="only-managed")
    assert result.returncode != 0
    assert (
        "Python 3.10 is missing and can't be fetched: install it (pyenv install 3.10, say) and run this again." in result.stdout
    )


def test_help_needs_nothing(bare_checkout):
    result = make(bare_checkout, "help")
    assert result.returncode == 0
    assert "make run" in result.stdout
