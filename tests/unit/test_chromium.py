"""The browser of the site's tests is found, installed, or asked for in one sentence."""

import subprocess

import pytest

from tools import chromium


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """Nothing on the PATH, nothing that Playwright manages; returns the commands that are run."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    ran = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    return ran


def put(folder, name):
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_shell_comes_before_a_browser_with_windows(bare_machine, tmp_path):
    browser = put(tmp_path, "google-chrome")
    assert chromium.find_or_install() == browser
    shell = put(tmp_path, "chromium-headless-shell")
    assert chromium.find_or_install() == shell
    assert bare_machine == []


def test_without_any_a_download_and_debians_package_are_tried(bare_machine, monkeypatch, tmp_path):
    put(tmp_path, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(FileNotFoundError, match="apt-get install chromium"):
        chromium.find_or_install()
    download, update, install = bare_machine
    assert download[1:] == ["-m", "playwright", "install", "chromium"]
    assert update[-1] == "update"
    assert install[-1] == "chromium-headless-shell"


def test_only_root_installs_packages(bare_machine, monkeypatch, tmp_path):
    put(tmp_path, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(FileNotFoundError):
        chromium.find_or_install()
    assert [command[-1] for command in bare_machine] == ["chromium"]
