"""The command line: what it prints, and one clear line with exit status 2 for bad input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from widgets.__main__ import main
from widgets.model import catalogue, load


def test_list_names_every_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()] == catalogue()


def test_show_names_the_source_of_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "receptor_binding"]) == 0
    printed = capsys.readouterr().out
    for parameter in load("receptor_binding").parameters.values():
        assert f"{parameter.id} = {parameter.value:g}" in printed
    assert "dwivedi2014 (BIOMD0000000534, kRLOn)" in printed
    assert "designed: " in printed


def test_simulate_writes_the_run(tmp_path: Path) -> None:
    file = tmp_path / "run.csv"
    settings = ["--set", "IL6=10 ng/mL", "--set", "pulse=30", "--end", "60", "--points", "61"]
    assert main(["simulate", "jak_stat3", *settings, "--csv", str(file)]) == 0
    table = pd.read_csv(file, index_col=0)
    run = load("jak_stat3").simulate(IL6=10, pulse=30, end=60, points=61)
    assert table.index.name == "time (min)"
    assert table["pSTAT3"].to_numpy() == pytest.approx(run["pSTAT3"])


def test_simulate_prints_where_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "jak_stat3", "--points", "3"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


@pytest.mark.parametrize(("kind", "start"), [("sbml", "<?xml"), ("antimony", "//")])
def test_export_writes_the_model(tmp_path: Path, kind: str, start: str) -> None:
    file = tmp_path / "model"
    assert main(["export", "jak_stat3", f"--{kind}", str(file)]) == 0
    assert file.read_text(encoding="utf-8").startswith(start)


def test_check_prints_target_and_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "receptor_binding"]) == 0
    printed = capsys.readouterr().out
    assert "everything holds" in printed
    about = load("receptor_binding").about
    # Each target, each conserved sum, and that nothing is negative.
    assert printed.count(" ok ") == sum(len(target.rows) for target in about.targets) + len(about.conserved) + 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["simulate", "jakstat3"], "no model 'jakstat3'. Did you mean 'jak_stat3'?"),
        (["simulate", "jak_stat3", "--set", "IL6"], "--set IL6: must be NAME=VALUE"),
        (["simulate", "jak_stat3", "--set", "IL6=1e9"], "must be from 0.01 to 1000 ng/mL"),
        (["simulate", "jak_stat3", "--set", "IL6=nan"], "must be a finite number"),
        (["simulate", "jak_stat3", "--set", "IL6=3 min"], "must be a number in ng/mL"),
        (["simulate", "jak_stat3", "--set", "IL_6=3"], "Did you mean 'IL6'?"),
        (["simulate", "jak_stat3", "--points", "x"], "argument --points: invalid int value: 'x'"),
        (["export", "jak_stat3"], "one of the arguments --sbml --antimony is required"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "the following arguments are required: command"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "run.csv"
    if arguments[:1] == ["simulate"]:
        arguments = [*arguments, "--csv", str(file)]
    try:
        status = main(arguments)
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    error = capsys.readouterr().err
    assert status == 2
    assert message in error
    assert error.count("\n") == 1
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "jak_stat3", "--csv", str(tmp_path / "no" / "run.csv")]) == 2
    assert f"there is no folder {tmp_path / 'no'}" in capsys.readouterr().err
    assert main(["export", "jak_stat3", "--sbml", str(tmp_path)]) == 2
    assert "this is a folder; name a file in it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "widgets", "list"], capture_output=True, encoding="utf-8", check=True)
    assert "jak_stat3" in done.stdout
