#!/usr/bin/env bash
# Command-line cases: a folder holds `cmd` (run by bash in the folder, $WRIT is the program), and the expected `stdout`,
# `stderr` (first lines only, optional) and `code`.
# usage: run_cases.sh WRIT [CASE…]        WRIT_UPDATE=1 rewrites the expectations
set -u
WRIT=$(realpath "$1")
shift
export WRIT NO_COLOR=1 LC_ALL=C TZ=UTC
here=$(cd "$(dirname "$0")/cases" && pwd)
[ $# -gt 0 ] || set -- "$here"/*/
passed=0 failed=0
for folder in "$@"; do
  name=$(basename "$folder")
  cd "$folder" || exit 2
  actual_out=$(mktemp) actual_err=$(mktemp)
  bash ./cmd >"$actual_out" 2>"$actual_err" </dev/null
  code=$?
  if [ -n "${WRIT_UPDATE:-}" ]; then
    cp "$actual_out" stdout
    [ -s "$actual_err" ] && cp "$actual_err" stderr || rm -f stderr
    echo "$code" >code
  fi
  ok=1
  diff -u stdout "$actual_out" || ok=0
  if [ -f stderr ]; then diff -u stderr "$actual_err" || ok=0; elif [ -s "$actual_err" ]; then
    cat "$actual_err"
    ok=0
  fi
  [ "$(cat code)" = "$code" ] || { echo "exit code $code, expected $(cat code)"; ok=0; }
  if [ $ok = 1 ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAILED: $name"
  fi
  rm -f "$actual_out" "$actual_err"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
