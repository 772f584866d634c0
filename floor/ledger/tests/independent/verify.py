#!/usr/bin/env python3
"""Verifies an export of a Linli ledger with somebody else's code.

    verify.py DIR [--vkey KEY]

The signatures, the tree and the proofs are computed by the PyPI package aics-tlog 0.2.1 (Apache-2.0), which shares no
line with this project. Only the walk over MANIFEST is ours. Prints one line for each check and ends with
"N passed, N failed". Exit code 0: all hold; 1: one does not; 2: wrong use; 3: the package is missing.

Install, in a virtual environment of any Python from 3.11:

    pip install cryptography==50.0.2
    pip install --no-deps --ignore-requires-python aics-tlog==0.2.1

(The package declares Python 3.12 or newer; the parts used here run on 3.11, and a part that did not would end the check
with an error, not with success.)
"""

import argparse
import hashlib
import sys
from pathlib import Path

VERSION = "0.2.1"

try:
    import aics_tlog
    from aics_tlog import (
        FileSystemTileReader,
        audit_tiles,
        consistency_proof_from_tiles,
        inclusion_proof_from_tiles,
        leaf_hash,
        parse_note,
        parse_vkey,
        read_entry,
        tree_root_from_tiles,
        verify_checkpoint,
        verify_consistency,
        verify_leaf_inclusion,
        verify_note,
    )
except ImportError as error:
    print(f"MISSING: the independent check DID NOT RUN: {error}", file=sys.stderr)
    print("  pip install cryptography==50.0.2", file=sys.stderr)
    print(f"  pip install --no-deps --ignore-requires-python aics-tlog=={VERSION}", file=sys.stderr)
    sys.exit(3)


class Wrong(Exception):
    """A check that does not hold."""


def claim(holds, message):
    if not holds:
        raise Wrong(message)


def check_manifest(folder, key):
    """MANIFEST is signed, and lists each other file with its hash and size."""
    note = parse_note((folder / "MANIFEST").read_bytes())
    claim(verify_note(note, [key]), "MANIFEST is not signed by the key")
    lines = note.text.splitlines()
    claim(lines[0] == f"linli.manifest/v1 {key.name}", "MANIFEST is of another log")
    listed = {}
    for line in lines[3:]:
        digest, size, path = line.split(" ", 2)
        listed[path] = (digest, int(size))
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"MANIFEST"}
    claim(found == set(listed), f"files and MANIFEST differ: {sorted(found ^ set(listed))[:3]}")
    for path, (digest, size) in listed.items():
        data = (folder / path).read_bytes()
        claim((hashlib.sha256(data).hexdigest(), len(data)) == (digest, size), f"{path} is not as listed")
    return f"{len(listed)} files"


def check_entries(reader, size, root):
    """Folds the entries themselves into a root, without the hash tiles."""
    stack = []
    for index in range(size):
        node, rest = leaf_hash(entries_of(reader, index, size)), index
        while rest & 1:
            node = hashlib.sha256(b"\x01" + stack.pop() + node).digest()
            rest >>= 1
        stack.append(node)
    while len(stack) > 1:
        right = stack.pop()
        stack[-1] = hashlib.sha256(b"\x01" + stack[-1] + right).digest()
    computed = stack[0] if stack else hashlib.sha256(b"").digest()
    claim(computed == root, "the entries lead to another root")
    return f"{size} entries"


def entries_of(reader, index, size, _cache={}):
    """The entry at `index`; keeps the last bundle, for the package reads a whole bundle for each entry."""
    bundle = index // 256
    if _cache.get("bundle") != (bundle, size):
        width = min(256, size - bundle * 256)
        raw = reader.read_entry_bundle(bundle, None if width == 256 else width)
        claim(raw is not None, f"bundle {bundle} is missing")
        _cache.update(bundle=(bundle, size), entries=aics_tlog.tiles.parse_entry_bundle(raw))
    return _cache["entries"][index % 256]


def check_inclusion(reader, size, root):
    """Proofs of the first, last and some middle entries, made and checked by the package."""
    chosen = sorted({0, 1, 255, 256, size // 3, size // 2, size - 1} & set(range(size)))
    for index in chosen:
        proof = inclusion_proof_from_tiles(reader, index, size)
        entry = read_entry(reader, index, size)
        claim(verify_leaf_inclusion(entry, index, size, proof, root), f"entry {index} is not proven")
        claim(not verify_leaf_inclusion(entry + b"!", index, size, proof, root), f"a changed entry {index} is proven")
    return f"{len(chosen)} proofs"


def check_consistency(reader, size, root):
    """Older heads are the past of this one."""
    chosen = sorted({1, 2, 255, 256, size // 2, size} & set(range(1, size + 1)))
    for old in chosen:
        past = tree_root_from_tiles(reader, old, size)
        proof = consistency_proof_from_tiles(reader, old, size)
        claim(verify_consistency(old, size, past, root, proof), f"size {old} is not the past")
    return f"{len(chosen)} proofs"


def main():
    parser = argparse.ArgumentParser(description="Verify an export with an independent implementation.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vkey", help="the log's verifier key as you know it; default: the export's own")
    options = parser.parse_args()
    if aics_tlog.__version__ != VERSION:
        print(f"MISSING: aics-tlog {VERSION} is wanted, {aics_tlog.__version__} is installed", file=sys.stderr)
        return 3
    folder = options.folder
    passed = failed = 0

    def run(name, check, *arguments):
        nonlocal passed, failed
        try:
            print(f"ok    {name}: {check(*arguments)}")
            passed += 1
            return True
        except Exception as error:  # whatever the other implementation raises is a failed check
            print(f"WRONG {name}: {type(error).__name__}: {error}")
            failed += 1
            return False

    head = {}

    def check_checkpoint():
        key = parse_vkey((options.vkey or (folder / "vkey").read_text()).strip())
        note = parse_note((folder / "checkpoint").read_bytes())
        result = verify_checkpoint(note, key, expected_origin=key.name)
        claim(result.ok, result.error)
        head.update(key=key, size=result.size, root=result.root)
        return f"{result.origin}, size {result.size}, root {result.root.hex()}"

    def check_tiles():
        report = audit_tiles(reader, size, root)
        return f"{report.tiles} tiles, {report.bundles} bundles"

    if run("checkpoint", check_checkpoint):
        reader, size, root = FileSystemTileReader(folder), head["size"], head["root"]
        run("manifest", check_manifest, folder, head["key"])
        run("tiles", check_tiles)
        run("entries", check_entries, reader, size, root)
        run("inclusion", check_inclusion, reader, size, root)
        run("consistency", check_consistency, reader, size, root)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
