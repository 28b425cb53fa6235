#!/usr/bin/env bash
# Malformed definitions: each gives exactly one error, with its place, and exit code 2, from `check` and from `eval`.
# expected.txt has a line a file: code, line:column, message. Large files are made here.
# usage: run.sh WRIT        WRIT_UPDATE_GOLDENS=1 rewrites expected.txt
set -u
WRIT=$(realpath "$1")
export NO_COLOR=1 LC_ALL=C
cd "$(dirname "$0")" || exit 2
made=$(mktemp -d)
out=$(mktemp -d)
trap 'rm -rf "$made" "$out"' EXIT

# repeat COUNT TEXT
repeat() { awk -v n="$1" -v t="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", t }'; }
rule() { printf '{"policyRule": {"if": %s, "then": {"effect": "audit"}}}\n' "$(cat)"; }
test='{"field": "kind", "equals": "a"}'
{ repeat 20000 '['; } >"$made/large-open-brackets.json"
{ repeat 1300 '['; repeat 1300 ']'; } >"$made/large-nested-arrays.json"
{ repeat 1300 '{"a":'; printf 1; repeat 1300 '}'; } >"$made/large-nested-objects.json"
{ repeat 256 '{"not": {"anyOf": ['; printf '%s' "$test"; repeat 256 ']}}'; } | rule >"$made/large-fine.json"
{ repeat 513 '{"not": '; printf '%s' "$test"; repeat 513 '}'; } | rule >"$made/large-nested-conditions.json"
{ printf '{"allOf": ['; repeat 4096 "$test, "; printf '%s]}' "$test"; } | rule >"$made/large-many-conditions.json"
{ printf '{"value": "['; repeat 65 'not('; printf 'true()'; repeat 65 ')'; printf ']", "equals": true}'; } | rule >"$made/large-nested-calls.json"
{ printf '{"value": "['; repeat 100000 'not('; printf ']", "equals": true}'; } | rule >"$made/large-open-calls.json"
{ printf '{"value": "[concat('; repeat 128 "'a', "; printf "'a')]\", \"equals\": \"a\"}"; } | rule >"$made/large-many-arguments.json"
{ printf '{"value": "[concat('\'; repeat 82000 a; printf "')]\", \"equals\": \"a\"}"; } | rule >"$made/large-expression.json"
{ printf '{"allOf": ['; repeat 2048 "{\"value\": \"[true()]\", \"equals\": true}, "; printf "{\"value\": \"[true()]\", \"equals\": true}]}"; } | rule >"$made/large-many-calls.json"
{ printf '{"field": "kind", "in": '; repeat 200 '['; repeat 200 ']'; printf '}'; } | rule >"$made/large-nested-value.json"
deep() { repeat 130 '{"a": '; printf 1; repeat 130 '}'; }
{ printf '{"parameters": {"p": {"type": "Object", "defaultValue": '; deep; printf '}}, "policyRule": {"if": %s, "then": {"effect": "audit"}}}\n' "$test"; } >"$made/large-nested-default.json"
{ printf '{"policyRule": {"if": %s, "then": {"effect": "deployIfNotExists", "details": {"type": "Contoso.Lab/widgets/parts", "roleDefinitionIds": ["r"], "deployment": {"properties": {"mode": "incremental", "template": ' "$test"; deep; printf '}}}}}}\n'; } >"$made/large-nested-template.json"
printf '\xff\xfe{\x00}\x00' >"$made/json-utf16.json"
{ repeat 3000 '/* comment */ '; printf '{"policyRule": 5}\n'; } >"$made/large-comments.jsonc"
{ printf '{"displayName": "'; repeat 300000 x; printf '", "policyRule": 5}\n'; } >"$made/large-name.json"
{ printf '{"policyRule": {"if": {"field": "kind", "%s": 1}, "then": {"effect": "audit"}}}\n' "$(repeat 20000 o)"; } >"$made/large-operator.json"

failed=0
files=0
complain() {
  echo "$1"
  failed=$((failed + 1))
}
# read_error FILE: number of errors; code, place and text of the first one
read_error() {
  local line text='' place='-'
  errors=0
  while IFS= read -r line; do
    case $line in
    'error['*)
      errors=$((errors + 1))
      [ -n "$text" ] || text=${line#error[}
      ;;
    *'--> '*) [ "$place" != - ] || place=${line#*:} ;;
    esac
  done <"$1"
  text=${text:0:300}
  message="${text%%]*} $place ${text#*]: }"
}
for file in *.json *.jsonc *.ndjson "$made"/*; do
  files=$((files + 1))
  name=$(basename "$file")
  "$WRIT" check --aliases catalogue/aliases.json "$file" >/dev/null 2>"$out/errors"
  code=$?
  if [ "$name" = large-fine.json ]; then
    [ $code = 0 ] || complain "$name: exit code $code, and it is a correct definition"
    continue
  fi
  [ $code = 2 ] || complain "$name: check gives exit code $code"
  read_error "$out/errors"
  [ "$errors" = 1 ] || complain "$name: $errors errors"
  echo "$name $message"
  checked=$message
  "$WRIT" eval -p "$file" --aliases catalogue/aliases.json catalogue/resource.json >/dev/null 2>"$out/evaluated" </dev/null
  code=$?
  [ $code = 2 ] || complain "$name: eval gives exit code $code"
  read_error "$out/evaluated"
  [ "$message" = "$checked" ] || complain "$name: eval reports something else"
done >"$out/actual" 2>&1
failed=$(grep -c -E '^[^ ]+: ' "$out/actual")
grep -E '^[^ ]+: ' "$out/actual"
grep -v -E '^[^ ]+: ' "$out/actual" >"$out/lines"
if [ -n "${WRIT_UPDATE_GOLDENS:-}" ]; then
  cp "$out/lines" expected.txt
fi
diff -u expected.txt "$out/lines" || failed=$((failed + 1))
lines=$(wc -l <"$out/lines")
echo "$lines malformed definitions, $failed problems"
[ "$failed" = 0 ] && [ "$lines" -ge 150 ]
