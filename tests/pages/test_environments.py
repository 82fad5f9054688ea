"""Environments made once, renewed when their versions change; clear failures."""

import sys

import pytest

from tools import environments
from tools.environments import environment, interpreter


def test_a_python_that_does_not_start_is_passed_over(tmp_path, monkeypatch):
    shim = tmp_path / "python9.9"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert interpreter("9.9") == sys.executable
    own = tmp_path / ".pyenv" / "versions" / "9.9.1" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.symlink_to(sys.executable)
    assert interpreter("9.9") == str(own)


@pytest.fixture
def uv(tmp_path, monkeypatch):
    """Stand in for uv; return the list of its calls."""
    calls = []

    def called(*arguments):
        calls.append(arguments[0])
        (tmp_path / ".venv-other").mkdir(exist_ok=True)
        return 0

    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.setattr(environments, "uv", called)
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "colab.txt").write_text("torch==2.11.*\n", encoding="utf-8")
    return calls


def made(tmp_path):
    """The environment "other"."""
    inputs = [tmp_path / "colab.txt"]
    return environment("other", version="3.11", installs=[["--editable", "."]], inputs=inputs)


def test_an_environment_is_made_once_and_again_when_its_versions_change(uv, tmp_path):
    python = made(tmp_path)
    assert python == tmp_path / ".venv-other" / "bin" / "python" and uv == ["venv", "pip"]
    made(tmp_path)
    assert uv == ["venv", "pip"]
    (tmp_path / "colab.txt").write_text("torch==2.12.*\n", encoding="utf-8")
    made(tmp_path)
    assert uv == ["venv", "pip", "venv", "pip"]


def test_an_environment_that_failed_is_not_taken_for_a_good_one(uv, tmp_path, monkeypatch):
    monkeypatch.setattr(environments, "uv", lambda *arguments: arguments[0] == "pip")
    (environments.ROOT / ".venv-other").mkdir()
    for _ in range(2):
        with pytest.raises(OSError, match="uv could not fill"):
            made(tmp_path)
