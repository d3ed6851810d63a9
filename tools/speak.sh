#!/usr/bin/env bash
# Say some words into a WAV file, the way a small station's announcer sounds:
# flite's rms voice (Carnegie Mellon, free to use and redistribute), evened out by sox.
#
#   tools/speak.sh "Words to say." out.wav
#
# Needs Debian's flite and sox. 16 kHz mono is all the voice holds.
set -euo pipefail

words=$1
out=$2
raw=$(mktemp --suffix=.wav)
trap 'rm -f "$raw"' EXIT

flite -voice rms --setf duration_stretch=1.08 -t "$words" -o "$raw"
sox -R -D "$raw" -b 16 "$out" \
  highpass 85 \
  equalizer 220 1q -2 equalizer 3200 1q +2.5 \
  compand 0.005,0.12 6:-60,-60,-30,-18,-12,-9,0,-6 0 -30 0.02 \
  silence 1 0.01 0.3% fade t 0.01 reverse silence 1 0.01 0.3% fade t 0.03 reverse \
  norm -3
