#!/usr/bin/env bash
# usage: check_links.sh EMBED_PROGRAM WRIT_PROGRAM: builds a bundle with writ, runs it in a program that has only the
# runtime, and looks at what that program is linked with.
set -euo pipefail
embed=$1 writ=$2
bundle=$(mktemp --suffix=.writb)
trap 'rm -f "$bundle"' EXIT
"$writ" build -p std -o "$bundle"
"$embed" "$bundle" | grep -q AIS-ID-001
if ldd "$embed" | grep -Eiq 'antlr|yaml'; then
  echo "the runtime pulls in a parser:" >&2
  ldd "$embed" >&2
  exit 1
fi
if nm -C "$embed" | grep -Eq 'antlr4::|YAML::|writ::syntax::|writ::check::'; then
  echo "the runtime holds compiler symbols" >&2
  exit 1
fi
echo "the runtime links neither ANTLR nor yaml-cpp"
