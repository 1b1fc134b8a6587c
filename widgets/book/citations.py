"""Names of authors in citations and in the bibliography: "and others" in the file is "et al." on the page.

A work of which we saw the title and the journal, but not the authors, is cited by its journal.

BibTeX writes an author list of which only the start is known as ``Narazaki, M. and others``. The styles of
sphinxcontrib-bibtex and pybtex take that for a second author of the name "others".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pybtex.plugin import register_plugin
from pybtex.richtext import Tag, Text
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import FieldIsMissing, Node, first_of, optional, sentence, tag
from pybtex.style.template import field as entry_field
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

if TYPE_CHECKING:
    from pybtex.database import Person
    from sphinx.application import Sphinx

#: The name of both styles in :file:`_config.yml`.
NAME = "il6book"
ET_AL = Tag("em", "et al.")


def joined(names: list[Text], more: bool, short: bool) -> Text:
    """Join the names of authors.

    Parameters
    ----------
    names
        Names that the entry has, without "others".
    more
        Whether there are others.
    short
        Only the first name, where there are more than two.

    Returns
    -------
    Text
        "Ara and DeClerck", "Ara *et al.*" or "Ara, Song, and Shimada".
    """
    if not names:
        return Text()
    if more or (short and len(names) > 2):
        shown = names[:1] if short else names
        return Text(Text(", ").join(shown), " ", ET_AL)
    if len(names) <= 2:
        return Text(" and ").join(names)
    return Text(Text(", ").join(names[:-1]), ", and ", names[-1])


def _persons(data: dict[str, Any], role: str) -> tuple[list[Person], bool]:
    try:
        persons = data["entry"].persons[role]
    except KeyError:
        raise FieldIsMissing(role, data["entry"]) from None
    known = [person for person in persons if str(person) != "others"]
    return known, len(known) < len(persons)


def _labelled(children: list[Any], data: dict[str, Any], full: bool) -> Text:
    known, more = _persons(data, "author")
    style = data["style"].person
    return joined([style.style_plugin.format(each, style.abbreviate).format() for each in known], more, not full)


def _listed(children: list[Any], data: dict[str, Any], role: str) -> Text:
    known, more = _persons(data, role)
    style = data["style"]
    return joined([style.format_name(each, style.abbreviate_names).format() for each in known], more, False)


class Persons(PersonStyle):
    """Authors in a citation."""

    def author_or_editor_or_title(self, full: bool) -> Any:
        """Return what a citation calls a work by: its authors, or where it is where we have not seen them."""
        return first_of[
            optional[Node("names", _labelled)(full=full)],
            optional[tag("em")[entry_field("journal")]],
            tag("em")[entry_field("title")],
        ]


@dataclass
class Citations(AuthorYearReferenceStyle):
    """Author and year, in the text."""

    person: PersonStyle = field(default_factory=Persons)


class Bibliography(PlainStyle):  # type: ignore[misc]
    """The list of references."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Return the authors or editors of an entry."""
        names = optional[Node("names", _listed)(role=role)]
        return sentence[names] if as_sentence else names


def register(app: Sphinx) -> None:
    """Make both styles known by name."""
    register_reference_style("sphinxcontrib.bibtex.style.referencing", NAME, Citations)
    register_plugin("pybtex.style.formatting", NAME, Bibliography)
