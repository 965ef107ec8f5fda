"""`python -m trends` is the same program as `trends`."""

from trends.cli import main

if __name__ == "__main__":
    main()
