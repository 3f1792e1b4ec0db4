"""What Textual works out about styles is the same in each application that a test starts.

A third of the time of such a test goes into reading the same style sheets and matching the same
selectors. Here they are read and matched once for all that looks the same to them; what is shown
stays what it was, to which the snapshots bear witness.
"""

from collections import defaultdict

from textual.css.model import CombinatorType, SelectorType
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

#: What a node is told besides its rules.
FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")

SIGNS = {SelectorType.TYPE: "", SelectorType.CLASS: ".", SelectorType.ID: "#"}

#: No selector for all takes what has this class.
NEVER = ".-textual-system"


class Kept(dict):
    """Rule sets by their text, which stay when an application changes its theme."""

    def clear(self):
        """The rules of another theme are kept in another of these."""


class Asked:
    """What selectors ask of a node: its names, and the pseudo-classes they have beside these."""

    def __init__(self):
        self._pseudo_classes: dict[str, set] = defaultdict(set, {NEVER: set()})
        self._of_names: dict[tuple, tuple] = {}

    def note(self, selector):
        name = f"{SIGNS[selector.type]}{selector.name}" if selector.type in SIGNS else "*"
        self._pseudo_classes[name] |= selector.pseudo_classes

    def answers(self, node: DOMNode):
        """All that a node answers; where two answer the same, they look the same."""
        key = type(node), node._id, frozenset(node._classes)
        if key not in self._of_names:
            names = node._selector_names | node._css_type_names
            names = frozenset(name for name in names if name in self._pseudo_classes)
            more = set().union(*(self._pseudo_classes[name] for name in names))
            self._of_names[key] = names, sorted(more & node._PSEUDO_CLASSES.keys())
        names, more = self._of_names[key]
        if not more:
            return names
        has = node._PSEUDO_CLASSES
        return names, *(bool(has[name](node)) for name in more)


class Looks:
    """What nodes of one kind can look like by the rules that may be about them."""

    def __init__(self, rules):
        self._own, self._around = Asked(), Asked()
        self.rules, self.worn = rules, {}
        for rule in rules:
            for each in rule.selector_set:
                own = True
                for selector in reversed(each.selectors):
                    self._own.note(selector)
                    if not own:
                        self._around.note(selector)
                    own = own and selector.combinator is CombinatorType.SAME

    def look_of(self, node: DOMNode):
        """All that the rules ask of a node, of what is in it for show, and of what it is in."""
        _, *around = node.ancestors_with_self
        return self._own.answers(node), *map(self._around.answers, around)


def named(rules):
    """The rules with the name of the layout: each node has a layout of its own."""
    return {**rules, "layout": rules["layout"].name} if "layout" in rules else rules


class Worn:
    """The rules of a node, and those of its component classes."""

    def __init__(self, node: DOMNode, rules):
        self.flags = [getattr(node, name) for name in FLAGS]
        self.rules, self.worn = rules, None
        if rules is not None:
            bare = DOMNode()
            Stylesheet.replace_rules(bare, rules)
            self.worn = named(bare.styles.base._rules)
        self.parts = {name: {**of.base._rules} for name, of in node._component_styles.items()}

    def put_on(self, sheet, node: DOMNode, *, animate):
        for name, flag in zip(FLAGS, self.flags, strict=True):
            setattr(node, name, flag)
        if self.rules is not None:
            if named(node.styles.base._rules) == self.worn:
                node.notify_style_update()
            else:
                sheet.replace_rules(node, self.rules, animate=animate)
        before = node._component_styles
        if {name: of.base._rules for name, of in before.items()} == self.parts:
            return
        node._component_styles = {name: self._part(node, name) for name in self.parts}
        node.refresh()

    def _part(self, node: DOMNode, name):
        part = DOMNode(classes=name)
        part._attach(node)
        part.styles.base._rules.update(self.parts[name])
        return part.styles


class SharedStyles:
    """The rule sets that were read, by theme; what nodes look like, by what may be about them."""

    def __init__(self):
        self._read: dict[tuple, Kept] = {}
        self._looks: dict[tuple, Looks] = {}

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
            if type(node) is DOMNode:  # a component class: it goes with its widget
                apply(sheet, node, animate=animate, cache=cache)
                return
            if sheet.rules is not getattr(sheet, "matched_by", None):
                sheet.matched_by, sheet.looks = sheet.rules, {}
            kind = type(node), node._id, frozenset(node._classes)
            looks = sheet.looks.get(kind)
            if looks is None:
                looks = sheet.looks[kind] = self._of_kind(sheet, node)
            look = looks.look_of(node)
            if worn := looks.worn.get(look):
                worn.put_on(sheet, node, animate=animate)
                return
            found: dict = {}
            apply(sheet, node, animate=animate, cache=found)
            looks.worn[look] = Worn(node, *(found.values() or [None]))

        # What depends on the nodes beside one is among what is asked of it.
        monkeypatch.setattr(Stylesheet, "_EXCLUDE_PSEUDO_CLASSES_FROM_CACHE", frozenset())
        monkeypatch.setattr(Stylesheet, "__init__", begun)
        monkeypatch.setattr(Stylesheet, "set_variables", changed)
        monkeypatch.setattr(Stylesheet, "apply", applied)

    def _of_theme(self, sheet):
        return self._read.setdefault(tuple(sorted(sheet._variables.items())), Kept())

    def _of_kind(self, sheet, node: DOMNode):
        names = {"*", *node._selector_names}
        names |= {f".{name}" for name in node._get_component_classes()}
        chosen = {id(rule) for name in names for rule in sheet.rules_map.get(name, ())}
        rules = tuple(rule for rule in sheet.rules if id(rule) in chosen)
        whole = type(node), *map(id, rules)
        if whole not in self._looks:
            self._looks[whole] = Looks(rules)
        return self._looks[whole]
