"""What the docstrings below the fields of a dataclass say of them."""

import ast
import inspect
import textwrap
from collections.abc import Mapping


def field_docs(cls: type[object]) -> Mapping[str, str]:
    """The docstring of each field of `cls` that has one, by the field's name."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    body = tree.body[0]
    assert isinstance(body, ast.ClassDef)
    docs: dict[str, str] = {}
    for statement, below in zip(body.body, body.body[1:], strict=False):
        match statement, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(doc))):
                docs[name] = " ".join(doc.split())
            case _:
                pass
    return docs


def summary(cls: type[object]) -> str:
    """The first line of a class's docstring."""
    return (inspect.getdoc(cls) or "").partition("\n")[0]
