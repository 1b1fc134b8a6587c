"""The bibliography of the book, as short labels with links."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import Entry, parse_file
from pybtex.richtext import Text

# A checkout keeps the file with the chapters; a wheel carries a copy inside the package.
_PLACES = (
    Path(__file__).parent.parent / "chapters" / "references.bib",
    Path(__file__).parent / "references.bib",
)


@dataclass(frozen=True)
class Reference:
    """One entry: ``label`` is "Sobotta et al., 2017", ``text`` adds title and journal."""

    key: str
    label: str
    text: str
    url: str | None


def bibliography() -> Path:
    """Return the path of the bibliography."""
    return next(place for place in _PLACES if place.exists())


@functools.cache
def references() -> dict[str, Reference]:
    """Read the bibliography once.

    Returns
    -------
    dict
        From BibTeX key to :class:`Reference`.
    """
    return {key: _reference(key, entry) for key, entry in parse_file(str(bibliography())).entries.items()}


def _plain(latex: str) -> str:
    """Turn a BibTeX field into plain text."""
    return " ".join(str(Text.from_latex(latex)).split())


def _reference(key: str, entry: Entry) -> Reference:
    people = list(entry.persons.get("author", []))
    names = [_plain(" ".join(p.prelast_names + p.last_names)) for p in people]
    others = bool(names) and names[-1] == "others"
    names = [name for name in names if name != "others"]
    if len(names) == 2 and not others:
        who = f"{names[0]} and {names[1]}"
    else:
        # Where no authors were seen, a work goes by its journal.
        first = names[0] if names else _plain(entry.fields["journal"])
        who = first + (" et al." if len(names) > 1 or others else "")
    year = entry.fields["year"]
    parts = [entry.fields["title"], entry.fields.get("journal", entry.fields.get("booktitle", ""))]
    doi, pmid = entry.fields.get("doi"), entry.fields.get("pmid")
    url = (
        f"https://doi.org/{doi}"
        if doi
        else f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
        if pmid
        else entry.fields.get("url")
    )
    text = ". ".join([f"{who} ({year})", *(_plain(part) for part in parts if part)])
    return Reference(key, f"{who}, {year}", text, url)
