"""What to type into an encoder to go on air. Pure text, ready to be copied."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from groundwave.stations.address import Socket


@dataclass(frozen=True)
class EncoderHelp:
    """
    How one program is set up.

    Attributes:
        name: the program's.
        where: a sentence that says where the settings go.
        fields: what to type, by the program's own labels; empty where ``text`` is.
        text: what to copy whole.
    """

    name: str
    where: str
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""


def encoder_helps(station: str, name: str, key: str, at: Socket) -> list[EncoderHelp]:
    """Return how to send to the station at address *station*, known as *name*."""
    return [
        _butt(station, key, at),
        _mixxx(station, key, at),
        _liquidsoap(station, name, key, at),
        _ffmpeg(station, key, at),
    ]


def _butt(station: str, key: str, at: Socket) -> EncoderHelp:
    return EncoderHelp(
        name="BUTT",
        where=_(
            "Settings, Main, Server, Add. Then press the white triangle to go on air."
        ),
        fields=(
            (_("Type"), "Icecast"),
            (_("Address"), at.host),
            (_("Port"), str(at.port)),
            (_("Password"), key),
            (_("IceCast mountpoint"), station),
            (_("IceCast user"), "source"),
        ),
    )


def _mixxx(station: str, key: str, at: Socket) -> EncoderHelp:
    return EncoderHelp(
        name="Mixxx",
        where=_(
            "Preferences, Live Broadcasting. Then Options, Enable Live Broadcasting."
        ),
        fields=(
            (_("Type"), "Icecast 2"),
            (_("Host"), at.host),
            (_("Port"), str(at.port)),
            (_("Mount"), f"/{station}"),
            (_("Login"), "source"),
            (_("Password"), key),
            (_("Format"), "MP3, 128 kbps"),
        ),
    )


def _liquidsoap(station: str, name: str, key: str, at: Socket) -> EncoderHelp:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("#{", "\\#{")
    lines = [
        "output.icecast(",
        "  %mp3(bitrate=128),",
        f'  host="{at.host}", port={at.port}, mount="/{station}",',
        f'  user="source", password="{key}",',
        f'  name="{quoted}",',
        "  radio",
        ")",
    ]
    return EncoderHelp(
        name="Liquidsoap",
        where=_("At the end of your script, where radio is your source."),
        text="\n".join(lines),
    )


def _ffmpeg(station: str, key: str, at: Socket) -> EncoderHelp:
    lines = [
        "ffmpeg -re -i programme.mp3 -c:a libmp3lame -b:a 128k -f mp3 \\",
        "  -content_type audio/mpeg \\",
        f"  icecast://source:{key}@{at.host}:{at.port}/{station}",
    ]
    return EncoderHelp(
        name="ffmpeg",
        where=_("In a terminal; programme.mp3 is what you want to send."),
        text="\n".join(lines),
    )
