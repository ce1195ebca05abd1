"""`python -m rolebook` does what the command `rolebook` does."""

import sys

from rolebook.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
