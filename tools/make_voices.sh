#!/usr/bin/env bash
# Make the demo studio's spoken breaks from the words in sounds/words.txt.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
sounds=$here/../src/groundwave/project/demo/sounds

while IFS=: read -r name words; do
  [[ -z $name || $name == \#* ]] && continue
  "$here/speak.sh" "${words# }" "$sounds/$name.wav"
  echo "$name.wav: $(stat -c %s "$sounds/$name.wav") bytes"
done < "$sounds/words.txt"
