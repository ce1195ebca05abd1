"""The data of the package is found, and its absence is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook import resources


@pytest.mark.parametrize("folder", [resources.templates, resources.theme, resources.check_pages, resources.starter])
def test_a_checkout_holds_the_data(folder: Callable[[], Path]) -> None:
    assert folder().is_dir()


def test_a_wheel_holds_the_data_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "rolebook"
    (package / "_data/site_templates").mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    assert resources.templates() == package / "_data/site_templates"


def test_a_damaged_installation_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "a/b/resources.py"))
    with pytest.raises(resources.DamagedInstallation, match=r"damaged: .*docs/checks is missing"):
        resources.check_pages()
