"""JSON that every reader takes, whatever the name of a file is made of."""

import json


def dump(whole: object) -> str:
    """`whole` as JSON in ASCII.

    What is no letter, as in a file name that is no UTF-8, becomes a question mark: strict readers would refuse it all.
    """
    text = json.dumps(whole, ensure_ascii=False)
    return json.dumps(json.loads(text.encode(errors="replace")), indent=2)
