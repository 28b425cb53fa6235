# Shared by the collectors: reading with retries, paging, and the record of what could not be read.
# Sourced, not run. Needs bash, jq and, for Azure and Graph, a signed-in `az`.

# Every request of the collectors goes through here. Only reading is possible: other verbs are refused.
#   WRIT_COLLECT_RETRIES  attempts for one request (default 6)
#   WRIT_COLLECT_PAUSE    seconds before the first repetition, doubled each time (default 2)
reading() {
  case "$1 ${2:-}" in
    "az graph") [ "$3" = query ] || { echo "collect: refused: $*" >&2; return 90; } ;;
    "az rest")
      case " $* " in
        *" --method get "*) ;;
        *) echo "collect: refused, not a read: $*" >&2; return 90 ;;
      esac ;;
    "az account") [ "$3" = show ] || [ "$3" = list ] || { echo "collect: refused: $*" >&2; return 90; } ;;
    "pwsh "*) ;;
    *) echo "collect: refused: $*" >&2; return 90 ;;
  esac
  local attempts=${WRIT_COLLECT_RETRIES:-6} pause=${WRIT_COLLECT_PAUSE:-2} answer errors status told
  errors=$(mktemp)
  for ((attempt = 1; ; attempt++)); do
    status=0
    answer=$("$@" 2>"$errors") || status=$?
    if [ "$status" -eq 0 ]; then
      rm -f "$errors"
      printf '%s' "$answer"
      return 0
    fi
    # Throttling and passing trouble are worth waiting for; a refusal is not.
    if ! grep -qiE '429|TooManyRequests|Too Many Requests|throttl|503|ServiceUnavailable|502|504|GatewayTimeout|timed out' "$errors" ||
      [ "$attempt" -ge "$attempts" ]; then
      tail -n 3 "$errors" | tr '\n' ' ' | cut -c1-400 >&2
      rm -f "$errors"
      return "$status"
    fi
    told=$(grep -oiE 'retry[- ]after[": ]*[0-9]+' "$errors" | grep -oE '[0-9]+' | head -n 1 || true)
    sleep "${told:-$pause}"
    pause=$((pause * 2))
  done
}

# One line of NDJSON in $OUT/problems.ndjson for everything that could not be read, and a word on standard error.
problem() { # what, why
  jq -cn --arg what "$1" --arg why "$2" '{what: $what, why: $why}' >>"$OUT/problems.ndjson"
  echo "collect: could not read $1: $2" >&2
}

# All rows of a REST collection, one a line: follows nextLink and @odata.nextLink.
#   rest_rows URL WHAT [JQ-FILTER applied to each row]
# A page that cannot be read ends the collection and is a problem; the rows before it stay.
rest_rows() {
  local url=$1 what=$2 filter=${3:-.} page why after='' seen=0 resource=()
  case "$url" in https://graph.microsoft.com/*) resource=(--resource https://graph.microsoft.com) ;; esac
  while [ -n "$url" ]; do
    why=$(mktemp)
    if ! page=$(reading az rest --method get --url "$url" "${resource[@]}" --output json 2>"$why"); then
      [ "$seen" -gt 0 ] && after=" (after $seen pages)"
      problem "$what$after" "$(cat "$why")"
      rm -f "$why"
      return 1
    fi
    rm -f "$why"
    if ! jq -c "(if type == \"object\" and has(\"value\") then .value[] else . end) | $filter" <<<"$page"; then
      problem "$what" "the answer is not what was expected"
      return 1
    fi
    seen=$((seen + 1))
    url=$(jq -r '.nextLink // ."@odata.nextLink" // empty' <<<"$page" 2>/dev/null || true)
  done
}

# The rows of a table file: lines that are neither empty nor comments.
table() { grep -vE '^[[:space:]]*(#|$)' "$1"; }
