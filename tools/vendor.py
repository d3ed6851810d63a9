"""
Fetch the two libraries that the player is made with, and write them into the package.

    .venv/bin/python tools/vendor.py

Needs npm. To take another version: change it below together with the digest that
``npm view NAME@VERSION dist.integrity`` prints, and run this. Every file is written
with where it came from; ``tests/delivery/test_vendor.py`` sees to it that nobody has
edited one since.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path


VENDOR = Path(__file__).parents[1] / "src/groundwave/delivery/static/vendor"
MINIFIER = "esbuild@0.28.2"
# The map is not shipped, and a name that leads nowhere stops ``collectstatic``.
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*\Z")

# Turbo names its license in package.json, and does not bring its text along.
MIT = """\
{}

Permission is hereby granted, free of charge, to any person obtaining
a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to
permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be
included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


@dataclass(frozen=True)
class Library:
    package: str
    version: str
    integrity: str
    license: str  # a file in the package, or the copyright line of the MIT license
    file: str  # in the package
    name: str  # with us, below VENDOR
    is_minified: bool


LIBRARIES = (
    Library(
        package="@hotwired/turbo",
        version="8.0.23",
        integrity="sha512-GZ7cijxEZ6Ig71u7rD6LHaRv/wcE/hNsc+nEfiWOkLNqUgLOwo5MNGWOy5ZV9ZUDSiQx1no7YxjTNnT4O6//cQ==",
        license="Copyright (c) 37signals LLC",
        file="dist/turbo.es2017-esm.js",
        name="turbo/turbo.min.js",
        is_minified=False,
    ),
    Library(
        package="hls.js",
        version="1.7.4",
        integrity="sha512-3GlxGdPvT2YHvQYOt+yOzT/DEior/qJVNIylHA77kgeoBTdQQqi70GwefNEUmHQeNGyjC8U62+bruqW/Tpm+tg==",
        license="LICENSE",
        file="dist/hls.light.min.mjs",
        name="hls.js/hls.light.min.js",
        is_minified=True,
    ),
)


def main() -> None:
    for library in LIBRARIES:
        print(f"{library.package} {library.version}")
        with tempfile.TemporaryDirectory() as folder:
            vendor(library, Path(folder))


def vendor(library: Library, folder: Path) -> None:
    package = fetch(library, folder)
    source = package / library.file
    code = source.read_bytes() if library.is_minified else minified(source)
    code = SOURCE_MAP.sub(b"", code).rstrip() + b"\n"
    target = VENDOR / library.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(code)
    target.with_name("LICENSE.txt").write_text(license_of(library, package))
    target.with_name("SOURCE.txt").write_text(origin(library, code))


def fetch(library: Library, folder: Path) -> Path:
    spec = f"{library.package}@{library.version}"
    run("npm", "pack", "--silent", "--pack-destination", str(folder), spec)
    (archive,) = folder.glob("*.tgz")
    algorithm, _, wanted = library.integrity.partition("-")
    found = hashlib.new(algorithm, archive.read_bytes()).digest()
    if base64.b64encode(found).decode() != wanted:
        raise SystemExit(f"{spec} is not the package that was chosen: wrong digest.")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def minified(source: Path) -> bytes:
    options = ("--minify", "--format=esm", "--target=es2022", "--legal-comments=inline")
    return run("npx", "--yes", MINIFIER, str(source), *options)


def license_of(library: Library, package: Path) -> str:
    file = package / library.license
    return file.read_text() if file.exists() else MIT.format(library.license)


def origin(library: Library, code: bytes) -> str:
    treatment = "as it is" if library.is_minified else f"minified with {MINIFIER}"
    digest = hashlib.sha256(code).hexdigest()
    return (
        f"package: {library.package}\n"
        f"version: {library.version}\n"
        f"integrity: {library.integrity}\n"
        f"file: {library.file}, {treatment}, without its source map\n"
        f"sha256: {digest}  {Path(library.name).name}\n"
        "refresh: tools/vendor.py\n"
    )


def run(*command: str) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
