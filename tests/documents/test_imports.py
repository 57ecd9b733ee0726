"""Reading documents is cheap: nothing heavy comes along by import."""

import subprocess
import sys

MODULES = (
    "athlete",
    "course_profile",
    "library",
    "pantry",
    "race_day",
    "reading",
    "schema",
    "series",
    "starters",
    "writing",
)


def test_the_documents_load_neither_numpy_nor_pint():
    imports = "; ".join(f"import pacecalc.documents.{module}" for module in MODULES)
    code = f"import sys; {imports}; print(sorted({{'numpy', 'pint', 'platformdirs'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
