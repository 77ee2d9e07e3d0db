"""`python -m extract` is `extract-ru`."""

from extract.cli import main

main()
