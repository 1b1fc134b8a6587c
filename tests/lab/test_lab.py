"""In JupyterLab, as on Binder: a chapter opens as a notebook, runs, and its sliders talk to Python."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from widgets.model import load

ROOT = Path(__file__).parents[2]
TOKEN = "il6"
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# Appended to the copy of chapter 3: what a student would type to use the widget from Python.
CELLS = """
```{code-cell} python
from ipywidgets import HBox, VBox, Label
changes = []
explorer = widgets.explore("jak_stat3")
explorer.observe(lambda change: changes.append(change["new"]["IL6"]), names="values")
VBox([Label("Composed"), HBox([explorer])])
```

```{code-cell} python
print("python sees", round(explorer.values["IL6"], 4), "after", len(changes) > 0, "changes;",
      "table", explorer.to_dataframe().shape[0], "rows;", "peak", round(explorer.run["pSTAT3"].max(), 2))
```

```{code-cell} python
explorer.values = {"SOCS3_translation": 50}
```
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real JupyterLab on a copy of the chapters, with nobody's own settings."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "chapters", home / "chapters")
    chapter = home / "chapters" / "03-jak-stat3.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + CELLS, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    private = {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PYTHONPATH": str(ROOT),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        f"--ServerApp.token={TOKEN}", f"--ServerApp.root_dir={home}",
    ]  # fmt: skip
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | private, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, (home / "log").read_text(encoding="utf-8")
                time.sleep(0.25)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def notebook(lab: str, browser: Browser) -> Iterator[tuple[Page, Locator]]:
    """Chapter 3, opened by the path that the launch button uses, with every cell run."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{lab}/lab/tree/chapters/03-jak-stat3.md?token={TOKEN}")
    panel = page.locator(".jp-NotebookPanel:visible")
    ready = page.locator(".jp-StatusBar-Widget").get_by_text("Python 3 (ipykernel) | Idle")
    dialog = page.locator(".jp-Dialog:has-text('Select Kernel')")
    # Sometimes JupyterLab asks which kernel to use before it has read the notebook's own.
    expect(ready.or_(dialog).first).to_be_visible()
    page.wait_for_timeout(2000)
    if dialog.is_visible():
        dialog.locator(".jp-mod-accept").click()
        expect(dialog).to_have_count(0)
    expect(ready).to_be_visible()
    page.locator("li.lm-MenuBar-item:has-text('Run')").click()
    page.locator(".lm-Menu-item:visible:has-text('Run All Cells')").first.click()
    expect(panel.locator(".jp-OutputArea-output", has_text="python sees")).to_have_count(1)
    expect(ready).to_be_visible()
    yield page, panel
    page.close()


def composed(panel: Locator) -> Locator:
    """The explorer that the added cell put into boxes."""
    return panel.locator(".widget-vbox:has-text('Composed')")


def run_cell(page: Page, panel: Locator, text: str) -> Locator:
    """Run the cell with this text again and return it."""
    cell = panel.locator(".jp-CodeCell", has_text=text).last
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    return cell


def test_the_chapter_opens_as_a_notebook_and_every_cell_runs(
    notebook: tuple[Page, Locator],
) -> None:
    _, panel = notebook
    expect(panel.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(panel.locator("input[type=range][name=IL6]").first).to_be_attached()
    expect(panel.locator(".js-plotly-plot").first).to_be_attached(timeout=PATIENCE)


def test_a_slider_reaches_python(notebook: tuple[Page, Locator]) -> None:
    page, panel = notebook
    slider = composed(panel).locator("input[type=range][name=IL6]")
    composed(panel).scroll_into_view_if_needed()
    # The slider is logarithmic: its position is the power of ten.
    slider.fill("1")
    expect(composed(panel).locator("input[type=number][name=IL6-value]")).to_have_value("10")
    page.wait_for_timeout(300)
    cell = run_cell(page, panel, "python sees")
    # The last cell of the notebook has set SOCS3 translation to 50 %.
    peak = load("jak_stat3").simulate(IL6=10, SOCS3_translation=50)["pSTAT3"].max()
    expect(cell.locator(".jp-OutputArea-output").last).to_contain_text(
        f"python sees 10.0 after True changes; table 241 rows; peak {peak:.2f}"
    )


def test_python_reaches_the_slider(notebook: tuple[Page, Locator]) -> None:
    page, panel = notebook
    run_cell(page, panel, 'explorer.values = {"SOCS3_translation": 50}')
    expect(composed(panel).locator("input[type=range][name=SOCS3_translation]")).to_have_value("50")
    expect(composed(panel)).to_contain_text("settles to the resting state")
