"""python -m clara, as an operator gives it."""

import os
import subprocess
import sys

from clara.settings import ROOT


def clara(*arguments, root=ROOT, **environment):
    return subprocess.run(
        [sys.executable, "-m", "clara", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )
