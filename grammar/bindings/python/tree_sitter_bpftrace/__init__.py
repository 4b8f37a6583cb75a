"""The bpftrace tracing language for the tree-sitter parsing library.

>>> from tree_sitter import Language, Parser
>>> parser = Parser(Language(language()))
"""

from importlib.resources import files

from ._binding import language

__all__ = ["language", "query"]


def query(name: str) -> str:
    """Text of a query of the grammar, such as "highlights"."""
    return (files(f"{__package__}.queries") / f"{name}.scm").read_text(encoding="utf-8")
