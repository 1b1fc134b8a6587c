"""Launch buttons that lead to this copy of the book, whoever publishes it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

BINDER = "https://mybinder.org"


@dataclass(frozen=True)
class Repository:
    """Where the source of this book can be fetched by others.

    Attributes
    ----------
    url
        Web address, without credentials and without ``.git``.
    branch
        Branch, or ``HEAD`` for the default one.
    """

    url: str
    branch: str

    @property
    def provider(self) -> str:
        """Kind of host, in the theme's words."""
        host = urlsplit(self.url).netloc
        return next((name for name in ("github", "bitbucket") if name in host), "gitlab")


def register(app: Sphinx) -> None:
    """Connect the two hooks."""
    app.connect("config-inited", set_buttons)
    # After the theme has made its buttons (501).
    app.connect("html-page-context", mend_binder_address, priority=502)


def find_repository(folder: Path, environment: Mapping[str, str] = os.environ) -> Repository | None:
    """Find where this copy is published.

    ``IL6_REPOSITORY`` (an address or ``owner/name``; empty for none) comes first, then ``GITHUB_REPOSITORY``
    of GitHub Actions, then the git remote ``origin``. A folder on this machine does not count.

    Parameters
    ----------
    folder
        The book.
    environment
        Environment variables.

    Returns
    -------
    Repository or None
        None when nobody else could fetch it.
    """
    if "IL6_REPOSITORY" in environment:
        given = environment["IL6_REPOSITORY"]
    else:
        given = environment.get("GITHUB_REPOSITORY") or _git(folder, "remote", "get-url", "origin")
    if re.fullmatch(r"[\w.-]+/[\w.-]+", given):
        given = f"{environment.get('GITHUB_SERVER_URL', 'https://github.com')}/{given}"
    url = web_address(given)
    return Repository(url, _branch(folder, environment)) if url else None


def web_address(remote: str) -> str | None:
    """Turn the address of a git remote into the address of its web page.

    Parameters
    ----------
    remote
        Such as ``git@github.com:owner/name.git`` or ``https://gitlab.com/owner/name``.

    Returns
    -------
    str or None
        None for a path on this machine or anything else that is not on the web.

    Examples
    --------
    >>> web_address("git@github.com:owner/name.git")
    'https://github.com/owner/name'
    >>> web_address("/home/me/book") is None
    True
    """
    short = re.fullmatch(r"(?:[\w.-]+@)([\w.-]+\.[a-z]+):([^/].*)", remote)
    if short:
        host, path = short.groups()
    else:
        parts = urlsplit(remote)
        if parts.scheme not in ("https", "http", "ssh", "git"):
            return None
        # Port, user name and password of a clone address do not belong on a web page.
        host, path = parts.hostname or "", parts.path
    path = path.strip("/").removesuffix(".git")
    if "." not in host or path.count("/") < 1:
        return None
    return f"https://{host}/{path}"


def set_buttons(app: Sphinx, config: Config) -> None:
    """Tell the theme the repository and who can run it, or that nobody can.

    Without this Jupyter Book would offer to launch its own repository.
    """
    options = config.html_theme_options
    for key in (
        "repository_url",
        "repository_branch",
        "repository_provider",
        "launch_buttons",
        "path_to_docs",
    ):
        options.pop(key, None)
    repository = find_repository(Path(app.srcdir))
    if repository is None:
        return
    options["repository_url"] = repository.url
    options["repository_branch"] = repository.branch
    options["repository_provider"] = repository.provider
    options["launch_buttons"] = {"notebook_interface": "jupyterlab", "binderhub_url": BINDER}
    hub = os.environ.get("IL6_JUPYTERHUB_URL")
    if hub:
        options["launch_buttons"]["jupyterhub_url"] = hub


def mend_binder_address(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Mend the theme's Binder button, see :func:`binder_link`."""
    options = app.config.html_theme_options
    url = options.get("repository_url")
    for group in context.get("header_buttons", []):
        if url and group.get("label") == "launch-buttons":
            for button in group["buttons"]:
                button["url"] = binder_link(button["url"], url)


def binder_link(link: str, repository: str) -> str:
    """Escape the repository in a Binder link of a host other than github.com and gitlab.com.

    The theme leaves its slashes, and Binder then takes a part of the address for the branch.

    Parameters
    ----------
    link
        As the theme made it.
    repository
        Address of the repository.

    Returns
    -------
    str
        The link, unchanged for other launch buttons.
    """
    return link.replace(f"/v2/git/{quote(repository)}/", f"/v2/git/{quote(repository, safe='')}/")


def _branch(folder: Path, environment: Mapping[str, str]) -> str:
    if environment.get("GITHUB_REF_TYPE") == "branch" and "/merge" not in environment.get("GITHUB_REF_NAME", ""):
        return environment["GITHUB_REF_NAME"]
    return _git(folder, "symbolic-ref", "--short", "HEAD") or "HEAD"


def _git(folder: Path, *arguments: str) -> str:
    """Ask git; an empty answer when there is no git, no repository or no such thing in it."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
