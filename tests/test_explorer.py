"""The widget in Python: values are checked, followed and solved; its page form carries a picture."""

from __future__ import annotations

import ipywidgets
import pytest
import traitlets

import widgets
from widgets.explorer import Explorer
from widgets.model import ModelError


def test_it_is_an_ipywidget_with_every_slider() -> None:
    explorer = widgets.explore("jak_stat3", IL6=10)
    assert isinstance(explorer, ipywidgets.DOMWidget)
    model = widgets.load("jak_stat3")
    assert set(explorer.values) == {*model.sliders, "end"}
    assert explorer.values["IL6"] == 10
    box = ipywidgets.HBox([explorer, ipywidgets.VBox([ipywidgets.Label("beside")])])
    assert box.children[0] is explorer


def test_values_can_be_set_in_part_and_observed() -> None:
    explorer = widgets.explore("jak_stat3")
    seen: list[dict[str, float]] = []
    explorer.observe(lambda change: seen.append(change["new"]), names="values")
    explorer.values = {"SOCS3_translation": 0}
    assert seen[-1]["SOCS3_translation"] == 0
    assert seen[-1]["IL6"] == 40
    with pytest.raises(traitlets.TraitError, match=r"must be from 0.01 to 1000 ng/mL"):
        explorer.values = {"IL6": -3}
    assert explorer.values["IL6"] == 40
    with pytest.raises(traitlets.TraitError, match="kdelay has no slider"):
        explorer.values = {"kdelay": 1}


def test_the_run_follows_the_values() -> None:
    explorer = widgets.explore("jak_stat3")
    first = explorer.run
    assert explorer.run is first
    explorer.values = {"SOCS3_translation": 0}
    assert explorer.run["pSTAT3"].max() > first["pSTAT3"].max()
    assert explorer.to_dataframe().index.name == "time (min)"
    explorer.values = {"end": 60}
    assert explorer.run.time[-1] == 60


def test_it_starts_from_a_scenario() -> None:
    explorer = widgets.explore("receptor_binding", scenario="weak-gp130", IL6=5)
    assert explorer.values["KD_gp130"] == 1
    assert explorer.values["end"] == 2000
    assert explorer.values["IL6"] == 5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sliders": ["IL_6"]}, "no slider 'IL_6'. Did you mean 'IL6'?"),
        ({"plots": ["stat"]}, "no plot 'stat'. Did you mean 'stat3'?"),
        ({"scenario": "wild"}, "no scenario 'wild'. Did you mean 'wild-type'?"),
        ({"IL6": "many"}, "IL6 = many: must be a number in ng/mL"),
    ],
)
def test_unknown_parts_are_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(ModelError) as caught:
        widgets.explore("jak_stat3", **options)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_the_page_form_has_the_settings_and_a_still_picture() -> None:
    explorer = widgets.explore("jak_stat3", sliders=["IL6", "SOCS3_translation"], compact=True, IL6=4)
    text = explorer.element()
    assert text.startswith('<il6-explorer model="jak_stat3" set="{&quot;IL6&quot;: 4.0}"')
    assert 'sliders="IL6 SOCS3_translation" compact=""' in text
    assert "<svg" in text
    assert "pSTAT3 peaks at 5.07 nM" in text


def test_a_notebook_is_offered_both_forms() -> None:
    data = widgets.explore("jak_stat3")._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith("<il6-explorer")


def test_plotly_is_sent_once_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = widgets.explore("jak_stat3")
    sent: list[tuple[object, list[bytes] | None]] = []
    monkeypatch.setattr(Explorer, "send", lambda self, content, buffers=None: sent.append((content, buffers)))
    explorer._handle_custom_msg({"kind": "plotly"}, [])
    explorer._handle_custom_msg({"kind": "other"}, [])
    assert len(sent) == 1
    content, buffers = sent[0]
    assert content == {"kind": "plotly"}
    assert buffers and b"Plotly" in buffers[0]
