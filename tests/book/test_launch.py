"""Launch buttons lead to whoever publishes this copy, and to nobody when nobody does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.book.building import ROOT, site_of
from widgets.book.launch import Repository, binder_link, find_repository, web_address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:owner/name.git", "https://github.com/owner/name"),
        ("https://github.com/owner/name", "https://github.com/owner/name"),
        ("https://github.com/owner/name.git/", "https://github.com/owner/name"),
        ("ssh://git@gitlab.com:22/group/name.git", "https://gitlab.com/group/name"),
        ("https://user:secret@gitlab.com/group/sub/name.git", "https://gitlab.com/group/sub/name"),
        ("https://git.university.edu/group/name", "https://git.university.edu/group/name"),
        ("/home/me/book", None),
        ("../book.git", None),
        ("file:///srv/book.git", None),
        ("C:/Users/me/book", None),
        ("https://localhost/owner/name", None),
        ("", None),
    ],
)
def test_a_remote_becomes_a_web_address(remote: str, address: str | None) -> None:
    assert web_address(remote) == address


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of somebody's fork."""
    for arguments in (["init", "-q", "-b", "trunk"], ["remote", "add", "origin", "git@github.com:fork/book.git"]):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    return tmp_path


def test_a_fork_leads_to_the_fork(clone: Path) -> None:
    assert find_repository(clone, {}) == Repository("https://github.com/fork/book", "trunk")


def test_the_environment_comes_before_the_remote(clone: Path) -> None:
    actions = {"GITHUB_REPOSITORY": "owner/name", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}
    assert find_repository(clone, actions) == Repository("https://github.com/owner/name", "main")
    named = {**actions, "IL6_REPOSITORY": "https://gitlab.com/group/name"}
    assert find_repository(clone, named) == Repository("https://gitlab.com/group/name", "main")


def test_a_pull_request_has_no_branch_of_its_own(clone: Path) -> None:
    actions = {"GITHUB_REPOSITORY": "owner/name", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "7/merge"}
    found = find_repository(clone, actions)
    assert found is not None
    assert found.branch == "trunk"


def test_nobody_publishes_an_unpublished_copy(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert find_repository(clone, {"IL6_REPOSITORY": ""}) is None
    assert find_repository(tmp_path_factory.mktemp("plain"), {}) is None


def test_binder_gets_the_whole_address_of_a_university_s_own_host() -> None:
    link = binder_link(
        "https://mybinder.org/v2/git/https%3A//git.university.edu/a/b/main?x", "https://git.university.edu/a/b"
    )
    assert link == "https://mybinder.org/v2/git/https%3A%2F%2Fgit.university.edu%2Fa%2Fb/main?x"


def launched(book: Path, environment: dict[str, str]) -> list[str]:
    """Build the book and return where the launch buttons of its page lead."""
    page = site_of(book, {"GITHUB_REPOSITORY": "", "GITHUB_REF_TYPE": "", **environment}) / "page.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    return [str(link["href"]) for link in soup.select(".dropdown-launch-buttons a")]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of one notebook without cells, so that a build takes seconds."""
    book = tmp_path_factory.mktemp("tiny")
    for file in ("_config.yml",):
        text = (ROOT / file).read_text(encoding="utf-8")
        text = text.replace("widgets/book/static/logo.svg", str(ROOT / "widgets/book/static/logo.svg"))
        (book / file).write_text(text.replace("[chapters/references.bib]", "[]"), encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: page\n", encoding="utf-8")
    (book / "index.md").write_text("# Book\n", encoding="utf-8")
    head = (ROOT / "index.md").read_text(encoding="utf-8").split("---")[1]
    (book / "page.md").write_text(f"---{head}---\n\n# Page\n\n## Part\n\nText.\n", encoding="utf-8")
    subprocess.run(["git", "-C", str(book), "init", "-q", "-b", "main"], check=True)
    return book


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({}, []),
        (
            {"IL6_REPOSITORY": "fork/book"},
            ["https://mybinder.org/v2/gh/fork/book/main?urlpath=lab/tree/page.md"],
        ),
        (
            {"IL6_REPOSITORY": "https://gitlab.com/group/book", "IL6_JUPYTERHUB_URL": "https://hub.university.edu"},
            [
                "https://mybinder.org/v2/gl/group%2Fbook/main?urlpath=lab/tree/page.md",
                "https://hub.university.edu/hub/user-redirect/git-pull"
                "?repo=https%3A//gitlab.com/group/book&urlpath=lab/tree/book/page.md&branch=main",
            ],
        ),
    ],
    ids=["unpublished", "fork on GitHub", "GitLab and a JupyterHub"],
)
def test_buttons_of_a_page(tiny: Path, environment: dict[str, str], links: list[str]) -> None:
    assert launched(tiny, environment) == links
