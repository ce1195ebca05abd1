"""`python -m rolebook` does what the command `rolebook` does."""

from rolebook.cli.main import run

if __name__ == "__main__":
    run()
