#!/usr/bin/env bash
# The collectors against stand-ins for az and pwsh: paging, throttling, partial failure, and that nothing but reading happens.
# usage: tests/collect/run.sh WRIT
set -uo pipefail
writ=$(realpath "$1")
cd "$(dirname "$0")/../.."
collect=$PWD/samples/collect
command -v jq >/dev/null || { echo "SKIP: jq is not installed"; exit 77; }
export PATH=$PWD/tests/collect/stub:$PATH WRIT_COLLECT_PAUSE=0 WRIT_COLLECT_RETRIES=3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0 checks=0

fresh() { rm -rf "$work"/*; export STUB=$work/stub; mkdir -p "$STUB"; : >"$STUB/answered"; : >"$STUB/calls.log"; }
is() { # what, expected, actual
  checks=$((checks + 1))
  [ "$2" = "$3" ] || { echo "FAIL $1: expected '$2', got '$3'"; failures=$((failures + 1)); }
}
has() { # what, pattern, file
  checks=$((checks + 1))
  grep -qE -- "$2" "$3" || { echo "FAIL $1: no '$2' in:"; head -n 20 "$3"; failures=$((failures + 1)); }
}
S=/subscriptions/11111111-1111-1111-1111-111111111111
account() { printf '{"id":"%s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/%s","name":"%s","type":"microsoft.cognitiveservices/accounts","properties":{}}' "$S" "$1" "$1"; }
page() { printf '{"count":1,"data":[%s],"skip_token":%s,"total_records":3}' "$1" "$2"; }
below() { echo "rest-subscriptions_11111111-1111-1111-1111-111111111111_resourceGroups_rg_providers_Microsoft.CognitiveServices_accounts_$1_$2"; }

for script in collect resource-graph child-resources provider-mode graph purview pipelines; do
  "$collect/$script" --help >"$work/help" 2>&1
  is "$script --help exits" 0 $?
  has "$script --help" "^usage: $script" "$work/help"
  "$collect/$script" --no-such-option >"$work/help" 2>&1
  is "$script with a wrong option exits" 2 $?
done

# Paging by token: three pages, one row each.
fresh
page "$(account a1)" '"t1"' >"$STUB/graph-resources.1"
page "$(account a2)" '"t2"' >"$STUB/graph-resources.2"
page "$(account a3)" null >"$STUB/graph-resources.3"
"$collect/collect" --out "$work/out" --only resource-graph --subscriptions s1 s2 2>"$work/err"
is "paging exits" 0 $?
is "rows of three pages" "a1 a2 a3" "$(jq -r .name "$work/out/resource-graph.ndjson" | paste -sd' ')"
has "the token is passed on" "--skip-token t2 --subscriptions s1 s2" "$STUB/calls.log"
has "pages have an order" "order by id asc" "$STUB/calls.log"

# Throttled twice, then answered.
fresh
echo 'ERROR: (RateLimiting) 429 Too Many Requests. Retry-After: 0' >"$STUB/graph-resources.1.error"
echo '(429) throttled' >"$STUB/graph-resources.2.error"
page "$(account a1)" null >"$STUB/graph-resources.3"
"$collect/collect" --out "$work/out" --only resource-graph 2>"$work/err"
is "after throttling exits" 0 $?
is "after throttling rows" 1 "$(wc -l <"$work/out/resource-graph.ndjson")"

# Throttled for good: what is missing is named, the other tables stay.
fresh
for n in 1 2 3; do echo '429' >"$STUB/graph-resources.$n.error"; done
echo "{\"data\":[{\"id\":\"$S\",\"type\":\"microsoft.resources/subscriptions\"}]}" >"$STUB/graph-resourcecontainers.1"
"$collect/collect" --out "$work/out" --only resource-graph 2>"$work/err"
is "throttled for good exits" 3 $?
is "the other rows stay" 1 "$(wc -l <"$work/out/resource-graph.ndjson")"
is "the problem is named" "Resource Graph table resources" "$(jq -r .what "$work/out/problems.ndjson")"
is "three attempts" 3 "$(grep -c 'graph query -q resources ' "$STUB/calls.log")"

# A page in the middle fails: not complete, the first page stays, no repetition of a refusal.
fresh
page "$(account a1)" '"t1"' >"$STUB/graph-resources.1"
echo '(AuthorizationFailed) no' >"$STUB/graph-resources.2.error"
"$collect/collect" --out "$work/out" --only resource-graph 2>"$work/err"
is "failed page exits" 3 $?
is "first page stays" a1 "$(jq -r .name "$work/out/resource-graph.ndjson")"
is "a refusal is not repeated" 2 "$(grep -c 'graph query -q resources ' "$STUB/calls.log")"

# Children: pages by nextLink, types stamped, one collection refused, children of children, diagnostic settings.
fresh
page "$(account a1)" null >"$STUB/graph-resources.1"
printf '{"value":[{"id":"%s/d1","name":"d1"}],"nextLink":"https://management.azure.com%s/deployments?api-version=1&skip=2"}' \
  "$S/x" "$S/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a1" >"$STUB/$(below a1 deployments).1"
printf '{"value":[{"id":"%s/d2","name":"d2","type":"Microsoft.CognitiveServices/accounts/deployments"}]}' "$S/x" >"$STUB/$(below a1 deployments)-page2.1"
echo '(Forbidden) raiPolicies' >"$STUB/$(below a1 raiPolicies).1.error"
printf '{"value":[{"id":"%s","name":"p1","type":"Microsoft.CognitiveServices/accounts/projects"}]}' \
  "$S/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a1/projects/p1" >"$STUB/$(below a1 projects).1"
printf '{"value":[{"name":"c1","id":"%s/c1"}]}' "$S/x" >"$STUB/$(below a1 projects_p1_connections).1"
"$collect/collect" --out "$work/out" --only resource-graph child-resources 2>"$work/err"
is "a refused collection exits" 3 $?
is "children" "c1 d1 d2 p1" "$(jq -r .name "$work/out/child-resources.ndjson" | sort | paste -sd' ')"
is "type of a row without one" Microsoft.CognitiveServices/accounts/deployments "$(jq -r 'select(.name=="d1").type' "$work/out/child-resources.ndjson")"
has "refused collection" "Microsoft.CognitiveServices/accounts/raiPolicies of .*/a1" "$work/out/problems.ndjson"
has "diagnostic settings are asked for" "accounts/a1/providers/Microsoft.Insights/diagnosticSettings" "$STUB/calls.log"

# A service that names its rows otherwise, and children of subscriptions.
fresh
echo "{\"data\":[{\"id\":\"$S\",\"type\":\"microsoft.resources/subscriptions\"}]}" >"$STUB/graph-resourcecontainers.1"
echo '{"value":[{"id":"a","name":"a","type":"Microsoft.Security/Locations/alerts","properties":{"severity":"High"}}]}' \
  >"$STUB/rest-subscriptions_11111111-1111-1111-1111-111111111111_providers_Microsoft.Security_alerts.1"
"$collect/collect" --out "$work/out" --only resource-graph child-resources 2>"$work/err"
is "alerts exit" 0 $?
is "type of alerts" Microsoft.Security/alerts "$(jq -r .type "$work/out/child-resources.ndjson")"

# The resource at the end of an attack path; a path whose graph says nothing stays as it is.
fresh
printf '{"data":[%s,%s],"skip_token":null}' \
  '{"id":"p1","type":"microsoft.security/attackpaths","properties":{"targetEntityInternalID":"2","graphComponent":{"entities":[{"entityInternalID":"2","entityIdentifiers":{"azureResourceId":"/the/model"}},{"entityInternalID":"1","entityIdentifiers":{"azureResourceId":"/the/door"}}]}}}' \
  '{"id":"p2","type":"microsoft.security/attackpaths","properties":{"displayName":"x"}}' >"$STUB/graph-securityresources-attackpaths.1"
"$collect/collect" --out "$work/out" --only resource-graph 2>"$work/err"
is "attack paths exit" 0 $?
is "ends of attack paths" "/the/model null" "$(jq -r .properties.target "$work/out/resource-graph.ndjson" | paste -sd' ')"

# The provider's view: a deployment with its filter; one whose filter was not read is named; one that names no filter has no row.
fresh
B=$S/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts
{
  printf '{"id":"%s/A1/deployments/chat","name":"chat","type":"Microsoft.CognitiveServices/accounts/deployments","properties":{"raiPolicyName":"Strict","model":{"format":"OpenAI"}}}\n' "$B"
  printf '{"id":"%s/a1/deployments/lost","name":"lost","type":"Microsoft.CognitiveServices/accounts/deployments","properties":{"raiPolicyName":"gone"}}\n' "$B"
  printf '{"id":"%s/a1/deployments/bare","name":"bare","type":"Microsoft.CognitiveServices/accounts/deployments","properties":{}}\n' "$B"
  printf '{"id":"%s/a1/raiPolicies/strict","name":"strict","type":"Microsoft.CognitiveServices/accounts/raiPolicies","properties":{"mode":"Blocking","contentFilters":[{"name":"Jailbreak","source":"Prompt","enabled":true,"blocking":true}]}}\n' "$B"
} >"$work/children.ndjson"
OUT=$work "$collect/provider-mode" "$work/children.ndjson" >"$work/provider.ndjson" 2>"$work/err"
is "provider-mode with an unread filter exits" 1 $?
is "the provider's rows" "chat OpenAI Blocking Jailbreak" "$(jq -r '[.name, .properties.model.publisher, .properties.raiPolicy.mode, .properties.raiPolicy.contentFilters[0].name] | join(" ")' "$work/provider.ndjson")"
has "the unread filter is named" "deployments/lost" "$work/problems.ndjson"
"$writ" eval -p std --control AIS-CF-101 --format json "$work/provider.ndjson" >"$work/report.json" 2>>"$work/err"
is "the row is evaluated" compliant "$(jq -r '.verdicts[].verdict' "$work/report.json")"
echo 'broken' >"$work/broken.ndjson"
OUT=$work "$collect/provider-mode" "$work/broken.ndjson" >"$work/provider.ndjson" 2>"$work/err"
is "provider-mode with broken rows exits" 1 $?

# Graph: types, rights of each agent, discovered apps below their streams, a page that fails.
fresh
printf '{"value":[{"id":"agent1","displayName":"A"}],"@odata.nextLink":"https://graph.microsoft.com/beta/x?skip=2"}' >"$STUB/rest-beta_servicePrincipals_microsoft.graph.agentIdentity.1"
echo '(403) Insufficient privileges' >"$STUB/rest-beta_x-page2.1.error"
echo '{"value":[{"id":"role1","principalId":"agent1"}]}' >"$STUB/rest-v1.0_servicePrincipals_agent1_appRoleAssignments.1"
echo '{"value":[{"id":"s1"}]}' >"$STUB/rest-beta_security_dataDiscovery_cloudAppDiscovery_uploadedStreams.1"
echo '{"value":[{"id":"app1","displayName":"Chat"}]}' >"$STUB/rest-beta_security_dataDiscovery_cloudAppDiscovery_uploadedStreams_s1_aggregatedAppsDetails_period_duration_P90D_.1"
"$collect/collect" --out "$work/out" --only graph 2>"$work/err"
is "graph with a failed page exits" 3 $?
is "rows of Graph" "Microsoft.Graph/agentIdentities Microsoft.Graph/appRoleAssignments Microsoft.Graph/discoveredCloudApps" \
  "$(jq -r .type "$work/out/graph.ndjson" | sort | paste -sd' ')"
has "failed page" "agentIdentities \(after 1 pages\)" "$work/out/problems.ndjson"
has "Graph has its own audience" "--resource https://graph.microsoft.com" "$STUB/calls.log"

# Purview: JSON in strings is opened, a failing cmdlet does not hide the others.
fresh
echo '[{"Name":"copilot","Guid":"g1","Mode":"Enable","Locations":"[{\"Workload\":\"Applications\"}]"}]' >"$STUB/Get-DlpCompliancePolicy.json"
echo 'not licensed' >"$STUB/Get-InsiderRiskPolicy.error"
"$collect/collect" --out "$work/out" --only purview 2>"$work/err"
is "purview exits" 3 $?
is "opened JSON" Applications "$(jq -r '.Locations[0].Workload' "$work/out/purview.ndjson")"
is "failed cmdlet" Get-InsiderRiskPolicy "$(jq -r .what "$work/out/problems.ndjson")"
is "only Get- cmdlets" 0 "$(grep pwsh "$STUB/calls.log" | grep -cvE 'Connect-[A-Za-z]+ -ShowBanner:\$false \| Out-Null; @\(Get-[A-Za-z]+\)')"

# Artifacts of pipelines.
fresh
mkdir -p "$work/artifacts/red-team-runs" "$work/artifacts/gates"
echo '{"displayName":"nightly","status":"Completed"}' >"$work/artifacts/red-team-runs/nightly.json"
echo '[{"repository":"a"},{"repository":"b","id":"own"}]' >"$work/artifacts/gates/github.json"
echo 'broken' >"$work/artifacts/gates/z.json"
"$collect/collect" --out "$work/out" --only pipelines --artifacts "$work/artifacts" 2>"$work/err"
is "broken artifact exits" 3 $?
is "artifact ids" "gates/github#0 own red-team-runs/nightly" "$(jq -r .id "$work/out/pipelines.ndjson" | sort | paste -sd' ')"

# A whole run: complete, read only, and Writ evaluates it.
fresh
page "$(account a1)" null >"$STUB/graph-resources.1"
"$collect/collect" --out "$work/out" 2>"$work/err"
is "whole run exits" 0 $?
is "only reads" 0 "$(grep -cvE '^(account show|graph query -q|rest --method get|pwsh )' "$STUB/calls.log")"
"$writ" eval -p std --format json "$work"/out/*.ndjson >"$work/report.json" 2>"$work/err"
is "the collected account is evaluated" true "$(jq '[.verdicts[].resource.name] | index("a1") != null' "$work/report.json")"
"$collect/collect" --out "$work/out" 2>"$work/err"
is "a folder that is not empty" 2 $?
fresh
(. "$collect/common.sh"; OUT=$work reading az rest --method delete --url https://management.azure.com/x) 2>"$work/err"
is "the filter refuses other verbs" 90 $?
(. "$collect/common.sh"; OUT=$work reading az group delete -n x) 2>>"$work/err"
is "the filter refuses other commands" 90 $?
is "nothing was called" 0 "$(wc -l <"$STUB/calls.log")"

# The tables name types that the catalogue or the library knows.
known=$(awk '/^[A-Z]/ {print tolower($1)}' stdlib/catalog/types.list; grep -rhoE '^record [A-Za-z.]+(/[A-Za-z]+)+' stdlib/std | cut -c8- | tr 'A-Z' 'a-z')
for type in $(grep -vhE '^#' "$collect/child-collections.txt" | awk '{sub("^!", "", $4); print tolower($4)}'); do
  checks=$((checks + 1))
  grep -qxF -- "$type" <<<"$known" || case $type in
    # Only on the way to their children.
    */models | */data | microsoft.apimanagement/service/apis) ;;
    *) echo "FAIL child-collections.txt: nobody knows $type"; failures=$((failures + 1)) ;;
  esac
done

# And every type that a control of the library looks at is gathered by some collector. What only the provider's registry knows is not.
gathered=$(cat "$collect"/*.txt "$collect/graph" "$collect/pipelines" "$collect/resource-graph" "$collect/provider-mode" | grep -oE '[A-Za-z.]+(/[A-Za-z]+)+' | tr 'A-Z' 'a-z'
  echo microsoft.resources/subscriptions)
while read -r type; do
  checks=$((checks + 1))
  grep -qxF -- "$type" <<<"$gathered" || case $type in
    microsoft.machinelearningservices.v2.data/workspaces/deployments) ;;
    *) echo "FAIL: no collector gathers $type"; failures=$((failures + 1)) ;;
  esac
done < <(grep -rhoE '^  on [A-Z].*|(some|no|count\() ?[A-Z][A-Za-z.]*(/[A-Za-z]+)+' stdlib/std --include='*.writ' | grep -oE '[A-Z][A-Za-z.0-9]*(/[A-Za-z]+)+' | tr 'A-Z' 'a-z' | sort -u)

echo "$checks checks, $failures failures"
[ "$failures" -eq 0 ]
