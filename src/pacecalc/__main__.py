"""``python -m pacecalc`` is the command ``pacecalc``."""

from __future__ import annotations

from pacecalc.cli.app import main

if __name__ == "__main__":
    main()
