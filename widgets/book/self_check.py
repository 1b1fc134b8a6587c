"""The ``{self-check}`` directive: a question that the page itself marks.

Why not a ready-made extension. Both were read in their source (teachbooks-questions 0.4.0, jupyterquiz
2.9.6). teachbooks-questions loads MathLive and a compute engine from two other hosts on every page, and
its options are cards that answer to a click but not to the keyboard. jupyterquiz writes its questions
by an inline script, fetches MathJax from another host, hides the native radio buttons and announces no
feedback. A fieldset with native radio buttons passes a strict Content-Security-Policy and a keyboard,
needs few lines, and without JavaScript still shows the answer.

.. code-block:: markdown

    ```{self-check}
    Which kinase opens the pathway?

    - (x) JAK1
      > Without it, phosphorylation is greatly reduced.
    - ( ) TYK2
      > It becomes active, but cannot stand in.
    ```

    ```{self-check}
    :answer: 15.1
    :tolerance: 0.5
    :unit: nM

    How high is the peak?

    > 15.1 nM, after 16 minutes.
    ```
"""

from __future__ import annotations

import html
import math
import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from widgets.book.drawing import parse_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

_MARK = re.compile(r"\(([xX ])\)\s+")


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("self-check", SelfCheck)


def _number(text: str | None) -> float:
    value = float(text or "")
    if not math.isfinite(value):
        raise ValueError("a finite number is needed")
    return value


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


class SelfCheck(SphinxDirective):
    """One question, by choice or by number."""

    has_content = True
    option_spec: ClassVar = {"answer": _number, "tolerance": _number, "unit": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Build the fieldset.

        Returns
        -------
        list of nodes
            One container.
        """
        self.assert_has_content()
        blocks = parse_blocks(self.state, self.content, self.content_offset)
        if len(blocks) < 2:
            raise self.error("a self-check needs a question, and options or an explanation")
        *question, last = blocks
        name = f"il6-check-{self.env.new_serialno('il6-check') + 1}"
        if "answer" in self.options:
            if not isinstance(last, nodes.block_quote):
                raise self.error("a self-check with a number ends with its explanation, as a block quote")
            kind, body = self._numeric(name, last)
        else:
            if not isinstance(last, nodes.bullet_list):
                raise self.error("a self-check without :answer: ends with a list of options")
            kind, body = 'data-kind="choice"', self._choice(name, last)
        # Raw tags round parsed nodes: the nodes still go through cross-references and citations.
        box = nodes.container(classes=["il6-check-block"])
        box += [
            _raw(
                f'<fieldset class="il6-check" id="{name}" {kind} aria-describedby="{name}-question">'
                f'<legend>Check yourself</legend><div class="il6-question" id="{name}-question">'
            ),
            *question,
            _raw("</div>"),
            *body,
            _raw("</fieldset>"),
        ]
        self.set_source_info(box)
        return [box]

    def _choice(self, name: str, options: nodes.bullet_list) -> list[nodes.Node]:
        shown: list[nodes.Node] = [_raw('<div class="il6-options">')]
        told: list[nodes.Node] = [_raw('<details class="il6-answer"><summary>Show answer</summary>')]
        rights = 0
        for index, item in enumerate(options.children):
            right, text, feedback = self._option(item)
            rights += right
            shown += [
                _raw(f'<label class="il6-option"><input type="radio" name="{name}" value="{index}"> '),
                nodes.inline("", "", *text),
                _raw("</label>"),
            ]
            verdict = nodes.strong("", "Right:" if right else "Wrong:")
            again = [_without_ids(node.deepcopy()) for node in text]
            told += [
                _raw(f'<div class="il6-feedback" data-option="{index}" data-right="{"true" if right else "false"}">'),
                nodes.paragraph("", "", verdict, nodes.Text(" "), *again, classes=["il6-feedback-option"]),
                *feedback,
                _raw("</div>"),
            ]
        if not rights:
            raise self.error("no option of the self-check is marked (x)")
        return [*shown, _raw("</div>"), *told, _raw("</details>")]

    def _option(self, item: nodes.Node) -> tuple[bool, list[nodes.Node], Sequence[nodes.Node]]:
        """Split one list item into its mark, its text and its feedback."""
        parts = item.children
        if len(parts) != 2 or not isinstance(parts[0], nodes.paragraph) or not isinstance(parts[1], nodes.block_quote):
            raise self.error("each option of a self-check is one paragraph and its feedback as a block quote")
        first, *rest = parts[0].children
        mark = _MARK.match(str(first)) if isinstance(first, nodes.Text) else None
        if mark is None:
            raise self.error('each option of a self-check starts with "(x) " or "( ) "')
        text = [nodes.Text(str(first)[mark.end() :]), *rest]
        return mark[1] != " ", text, parts[1].children

    def _numeric(self, name: str, explanation: nodes.block_quote) -> tuple[str, list[nodes.Node]]:
        answer, tolerance = self.options["answer"], self.options.get("tolerance", 0.0)
        unit = html.escape(self.options.get("unit", "").strip())
        kind = f'data-kind="number" data-answer="{answer:g}" data-tolerance="{tolerance:g}" data-unit="{unit}"'
        label = f"Your answer ({unit})" if unit else "Your answer"
        spaced = f" {unit}" if unit else ""
        within = f" (within {tolerance:g}{spaced})" if tolerance else ""
        return kind, [
            _raw(
                f'<div class="il6-entry"><label for="{name}-input">{label}</label> '
                f'<input type="number" step="any" id="{name}-input"></div>'
                '<details class="il6-answer"><summary>Show answer</summary>'
                f'<p class="il6-feedback-option"><strong>Answer:</strong> {answer:g}{spaced}{within}</p>'
                '<div class="il6-feedback">'
            ),
            *explanation.children,
            _raw("</div></details>"),
        ]


def _without_ids(node: nodes.Node) -> nodes.Node:
    """Drop the ids of a copy; an id may stand in a page only once."""
    for element in node.findall(nodes.Element):
        element["ids"] = []
    return node
