from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import (
    FileExtensionValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from groundwave.audio.errors import EncodingUnusable
from groundwave.audio.job import Encoding
from groundwave.stations import validators
from groundwave.stations.models.licensee import Licensee


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class StationQuerySet(models.QuerySet["Station"]):
    def for_lineup(self) -> StationQuerySet:
        """Bring along what the transmitter must know of each."""
        return self.prefetch_related(
            "mounts", "source_keys__person", "source_keys__windows"
        )

    def note_tape(self, slug: str, *, begins_at: datetime | None) -> None:
        """Keep when the tape of that station begins; told often, and mostly known."""
        others = self.filter(slug=slug).exclude(tape_begins_at=begins_at)
        if others.exists():
            others.update(tape_begins_at=begins_at)


def _seconds(
    label: StrPromise, default: float, *, most: float, help_text: StrPromise
) -> models.FloatField[float, float]:
    return models.FloatField(
        label,
        default=default,
        validators=[MinValueValidator(0), MaxValueValidator(most)],
        help_text=help_text,
    )


class Station(ClusterableModel):
    """One continuous service that a listener tunes to."""

    licensee = models.ForeignKey(
        Licensee,
        verbose_name=_("licensee"),
        on_delete=models.PROTECT,
        related_name="stations",
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        validators=[validators.is_station_slug, validators.is_not_reserved],
        help_text=_(
            "Encoders send to it and the paths of its mounts begin with it: kgnd. "
            "Changing it moves the station, so tell everybody who connects."
        ),
    )
    description = models.CharField(
        _("tagline"),
        max_length=200,
        blank=True,
        help_text=_("What it is in a few words: Jazz and news for the valley."),
    )
    genre = models.CharField(_("genre"), max_length=80, blank=True)
    website = models.URLField(
        _("web address"),
        blank=True,
        help_text=_("Where radios and directories send people to."),
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        default="UTC",
        validators=[validators.is_timezone],
        help_text=_("The wall clock in the studio goes by it."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Stations are listed from low to high.")
    )

    grace_seconds = _seconds(
        _("grace period"),
        2.0,
        most=60,
        help_text=_(
            "Seconds a lost source has to come back before the next takes over."
        ),
    )
    silence_seconds = _seconds(
        _("silence"),
        15.0,
        most=600,
        help_text=_("Seconds of silence after which the next source takes over."),
    )
    silence_dbfs = models.FloatField(
        _("silence level"),
        default=-50.0,
        validators=[MinValueValidator(-120), MaxValueValidator(-10)],
        help_text=_("What is quieter than this, in dBFS, is silence."),
    )
    return_seconds = _seconds(
        _("return"),
        3.0,
        most=600,
        help_text=_(
            "Seconds a source must be well again before it is put back on air."
        ),
    )
    burst_seconds = _seconds(
        _("burst"),
        4.0,
        most=20,
        help_text=_("Seconds of sound sent at once to somebody who tunes in."),
    )
    tape_hours = models.FloatField(
        _("tape"),
        default=24.0 * 14,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 3660)],
        help_text=_("Hours of the programme that are kept; two weeks are 336."),
    )
    tape_begins_at = models.DateTimeField(
        _("tape begins"), null=True, blank=True, editable=False
    )
    relays = models.TextField(
        _("relays"),
        blank=True,
        validators=[validators.are_relay_addresses],
        help_text=_(
            "Addresses of streams to carry when no encoder is on air, one on each line."
        ),
    )
    standby = models.FileField(
        _("standby sound"),
        upload_to="standby/",
        blank=True,
        validators=[
            FileExtensionValidator(validators.STANDBY_KINDS),
            validators.is_of_standby_size,
        ],
        help_text=_(
            "Heard when nothing else is; at most ten minutes are used. Empty for the "
            "built-in one."
        ),
    )
    max_listeners = models.PositiveIntegerField(
        _("most listeners"),
        default=0,
        help_text=_("0 for as many as the machine carries."),
    )
    charset = models.CharField(
        _("charset of titles"),
        max_length=30,
        blank=True,
        validators=[validators.is_charset],
        help_text=_("Only for an old encoder whose titles show wrong letters: cp1252."),
    )

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["position", "pk"]
        permissions = [
            ("watch_the_air", "Can see what is on the air"),
            ("work_the_air", "Can kick and hold sources"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def relay_addresses(self) -> tuple[str, ...]:
        return tuple(validators.relay_addresses(self.relays))


class Codec(models.TextChoices):
    MP3 = "mp3", _("MP3")
    AAC = "aac", _("AAC")


BITRATES = (48, 64, 96, 128, 160, 192, 256, 320)


class Mount(models.Model):
    """A path where one encoding of a station is heard."""

    station = ParentalKey(
        Station,
        verbose_name=_("station"),
        on_delete=models.CASCADE,
        related_name="mounts",
    )
    path = models.CharField(
        _("path"),
        max_length=80,
        unique=True,
        validators=[validators.is_mount_path],
        help_text=_("Listeners find it there: /kgnd.mp3."),
        error_messages={"unique": _("Another mount is heard at this path.")},
    )
    codec = models.CharField(_("codec"), max_length=8, choices=Codec.choices)
    bitrate_kbps = models.PositiveSmallIntegerField(
        _("bitrate"),
        default=128,
        choices=[(n, f"{n} kbit/s") for n in BITRATES],
    )
    sample_rate = models.PositiveIntegerField(
        _("sample rate"),
        default=44100,
        choices=[(44100, "44.1 kHz"), (48000, "48 kHz")],
    )
    channels = models.PositiveSmallIntegerField(
        _("channels"), default=2, choices=[(1, _("mono")), (2, _("stereo"))]
    )

    class Meta:
        verbose_name = _("mount")
        verbose_name_plural = _("mounts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(path__startswith="/"),
                name="mount_path_starts_with_a_slash",
            ),
            models.CheckConstraint(
                condition=models.Q(channels__in=[1, 2]),
                name="mount_is_mono_or_stereo",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        """Refuse a path that says another codec, and an encoding that nobody makes."""
        self._require_own_ending()
        self._require_encoder()

    def _require_own_ending(self) -> None:
        said = self.path.rpartition(".")[2]
        if said == self.codec or said not in Codec.values or not self.codec:
            return
        raise ValidationError(
            {
                "path": _(
                    "%(path)s says %(said)s; end it with .%(codec)s or choose %(said)s."
                )
                % {"path": self.path, "said": Codec(said).label, "codec": self.codec}
            }
        )

    def _require_encoder(self) -> None:
        if self._is_made_with(self.bitrate_kbps):
            return
        made = [bitrate for bitrate in BITRATES if self._is_made_with(bitrate)]
        if made:  # else another field is wrong, and says so itself
            raise ValidationError(
                {
                    "bitrate_kbps": _(
                        "%(codec)s in %(channels)s at %(rate)s carries less than that. "
                        "Choose %(most)s kbit/s or less."
                    )
                    % {
                        "codec": self.get_codec_display(),
                        "channels": self.get_channels_display(),
                        "rate": self.get_sample_rate_display(),
                        "most": made[-1],
                    }
                }
            )

    def _is_made_with(self, bitrate_kbps: int) -> bool:
        try:
            Encoding(
                name=self.path,
                codec=self.codec,  # type: ignore[arg-type]
                bitrate_kbps=bitrate_kbps,
                sample_rate=self.sample_rate,
                channels=self.channels,
            )
        except EncodingUnusable:
            return False
        return True
