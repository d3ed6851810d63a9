"""
Sound files made ready for a mount, for the loop that plays when no source does.

Decoding a file is as dangerous as decoding a stream, so a child does it. Results
are kept by content and encoding: the same sound is never conformed twice, and a
changed file is never mistaken for the one before.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from groundwave.audio.errors import ConformFailed
from groundwave.audio.job import NO_SOUND, CodecJob, Encoding, unfinished
from groundwave.audio.process import child_environment


async def conform_file(
    path: Path, encodings: Iterable[Encoding], *, into: Path
) -> dict[str, Path]:
    """
    Return, by encoding name, files of plain MP3 or ADTS frames that sound as *path*.

    They lie in the folder *into*, which is made if need be. What is there already
    is not made again.

    Raises:
        ConformFailed: nothing in the file decodes, or the child failed.
        OSError: the file or the folder cannot be used.
    """
    digest = await asyncio.to_thread(_digest, path)
    files = {encoding: into / _name(digest, encoding) for encoding in encodings}
    # By file: two mounts that sound the same share one, which is made once.
    missing = {file: encoding for encoding, file in files.items() if not file.exists()}
    if missing:
        await _conform(path, list(missing.values()), digest, into)
    return {encoding.name: file for encoding, file in files.items()}


async def _conform(
    path: Path, encodings: list[Encoding], digest: str, into: Path
) -> None:
    job = CodecJob(
        content_type="",
        encodings=tuple(
            msgspec.structs.replace(encoding, name=_name(digest, encoding))
            for encoding in encodings
        ),
    )
    status, said = await _run(path, into, job)
    if status == NO_SOUND:
        raise ConformFailed(
            f"{path.name} holds no sound that can be decoded; choose an MP3, AAC, M4A,"
            " Ogg, FLAC or WAV file.",
            permanent=True,
        )
    if status != 0:
        raise ConformFailed(
            f"{path.name} could not be conformed: {said}.", permanent=False
        )


async def _run(path: Path, into: Path, job: CodecJob) -> tuple[int | None, str]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "groundwave.audio.conform"),
        *(str(path), str(into), msgspec.json.encode(job).decode()),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=child_environment(),
    )
    try:
        _, stderr = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
        _clear_up(into, job, child.pid)
    said = stderr.decode(errors="replace").strip().rpartition("\n")[2]
    return child.returncode, said or f"the child ended with status {child.returncode}"


def _clear_up(into: Path, job: CodecJob, pid: int) -> None:
    for encoding in job.encodings:
        with suppress(OSError):
            unfinished(into, encoding.name, pid).unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(digest: str, encoding: Encoding) -> str:
    form = f"{encoding.bitrate_kbps}-{encoding.sample_rate}-{encoding.channels}"
    suffix = "mp3" if encoding.codec == "mp3" else "adts"
    return f"{digest[:32]}-{form}.{suffix}"
