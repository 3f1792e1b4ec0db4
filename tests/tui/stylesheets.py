"""What Textual works out about styles is the same in each application that a test starts.

A third of the time of such a test goes into reading the same style sheets and matching the same
selectors. Here they are read and matched once for all; what is shown stays what it was, to which
the snapshots bear witness.
"""

from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

#: What a node is told besides its rules.
FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")


class Kept(dict):
    """Rule sets by their text, which stay when an application changes its theme."""

    def clear(self):
        """The rules of another theme are kept in another of these."""


class SharedStyles:
    """The rule sets that were read, by theme; the rules of a node, by all that it looks like."""

    def __init__(self):
        self._read: dict[tuple, Kept] = {}
        self._matched: dict[tuple, dict] = {}

    def use(self, monkeypatch):
        """Have each application use these."""
        begin, change = Stylesheet.__init__, Stylesheet.set_variables
        apply = Stylesheet.apply

        def begun(sheet, *, variables=None):
            begin(sheet, variables=variables)
            sheet._parse_cache = self._of_theme(sheet)

        def changed(sheet, variables):
            change(sheet, variables)
            sheet._parse_cache = self._of_theme(sheet)

        def applied(sheet, node, *, animate=False, cache=None):
            del cache
            if sheet.rules is not getattr(sheet, "matched_by", None):
                sheet.matched_by, whole = (
                    sheet.rules,
                    (id(sheet._parse_cache), *sheet.source.items()),
                )
                sheet.matched = self._matched.setdefault(whole, {})
            look = tuple(map(look_of, node.ancestors_with_self))
            if look in sheet.matched:
                flags, rules = sheet.matched[look]
                for name, flag in zip(FLAGS, flags, strict=True):
                    setattr(node, name, flag)
                sheet.replace_rules(node, rules, animate=animate)
                sheet._process_component_classes(node)
                return
            # Nothing is found here where it depends on the nodes beside this one.
            found: dict = {}
            apply(sheet, node, animate=animate, cache=found)
            for rules in found.values():
                sheet.matched[look] = [getattr(node, name) for name in FLAGS], rules

        monkeypatch.setattr(Stylesheet, "__init__", begun)
        monkeypatch.setattr(Stylesheet, "set_variables", changed)
        monkeypatch.setattr(Stylesheet, "apply", applied)

    def _of_theme(self, sheet):
        return self._read.setdefault(tuple(sorted(sheet._variables.items())), Kept())


def look_of(node: DOMNode):
    """All that selectors ask of a node, or of what it is in."""
    more = ()
    if isinstance(node, App):
        more = node.theme, node.native_ansi_color, node.no_color, node.app_focus
    elif isinstance(node, Widget):
        more = node.allow_focus()
    return type(node), node.id, node.classes, node._pseudo_classes_cache_key, more
