"""Programs that read feeds by the book: what each says is wrong with one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree


SCHEMA = Path(__file__).parents[1] / "vendor/jsonfeed-schema/schema-v1.1.json"
ATOM = "{http://www.w3.org/2005/Atom}"
# Ruby's own library reads Atom and RSS; strictly, if asked to.
STRICTLY = """
    begin
      feed = RSS::Parser.parse(STDIN.read, validate: true, ignore_unknown_element: false)
      puts "This is no feed." if feed.nil?
    rescue RSS::Error => fault
      puts fault.message
    end
"""


def atom_faults(feed: str) -> str:
    """What is wrong with an Atom feed by RFC 4287; empty if nothing is."""
    return _read_strictly(feed, ATOM)


def rss_faults(feed: str) -> str:
    """What is wrong with a feed of RSS 2.0; empty if nothing is."""
    return _read_strictly(feed, "")


def json_feed_faults(feed: str) -> list[str]:
    """What is wrong with a JSON Feed of version 1.1, a sentence each."""
    # Four seconds, which whoever collects tests is not to wait for.
    from jsonschema import Draft7Validator

    checker = Draft7Validator(
        json.loads(SCHEMA.read_text()), format_checker=Draft7Validator.FORMAT_CHECKER
    )
    found = checker.iter_errors(json.loads(feed))
    return [f"{each.json_path}: {each.message}" for each in found]


def _read_strictly(feed: str, namespace: str) -> str:
    """Both formats allow what is of other namespaces; the library knows few of them."""
    root = ElementTree.fromstring(feed)
    for parent in list(root.iter()):
        for child in list(parent):
            if not _is_of(namespace, child.tag):
                parent.remove(child)
    ran = subprocess.run(
        ["ruby", "-r", "rss", "-e", STRICTLY],
        input=ElementTree.tostring(root, encoding="unicode"),
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def _is_of(namespace: str, tag: str) -> bool:
    return tag.startswith(namespace) if namespace else not tag.startswith("{")
