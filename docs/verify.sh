#!/bin/sh
# Checks a copy of the publication log with sha256sum alone: sh verify.sh registro-publicaciones.txt
# Each line: number, instant, kind, reference, act, SHA-256, hash before, own hash; divided by tabs.
tab=$(printf '\t')
before=0000000000000000000000000000000000000000000000000000000000000000
number=0
while IFS= read -r line; do
  number=$((number + 1))
  own=${line##*"$tab"}
  rest=${line%"$tab"*}
  if [ "${rest%%"$tab"*}" != "$number" ] || [ "${rest##*"$tab"}" != "$before" ] ||
     [ "$(printf %s "$rest" | sha256sum | cut -c 1-64)" != "$own" ]; then
    echo "La entrada $number no es la que se publicó."
    exit 1
  fi
  before=$own
done < "$1"
echo "$number entradas. La última huella: $before"
