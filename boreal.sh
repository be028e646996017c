#!/usr/bin/env bash
# One door for developers. Run without arguments for the list of tasks.
set -euo pipefail
cd "$(dirname "$0")"

passed=0 failed=0 skipped=0

# The tests whose expectations are recorded from Docker.
recorded=()
for class in Script.ScriptTests Compose.ComposeTests Registries.RegistryScriptTests; do recorded+=(-class "Boreal.Tests.EndToEnd.$class"); done

task_build() { # native boreald, boreal and boreal-shim into artifacts/bin
  mkdir -p artifacts/bin
  local project
  for project in ${*:-Boreal.Shim Boreal.Daemon Boreal.Cli}; do
    dotnet publish "src/$project" -c Release -r "linux-$(native_arch)" -o "artifacts/publish/$project" -v quiet -nologo
    find "artifacts/publish/$project" -maxdepth 1 -type f ! -name '*.dbg' ! -name '*.xml' ! -name '*.json' ! -name '*.pdb' \
      -exec cp -f --remove-destination -t artifacts/bin {} +
  done
}

task_test() { # everything CI runs: all test lanes and the virtual machine; installs what is missing
  task_packages
  task_build
  lane Unit
  lane Linux
  lane Functional
  lane EndToEnd
  lane Testcontainers
  peer_lane
  vm_lane
  verdict
}

task_unit() { # tests that need nothing; arguments go to the test runner, e.g. -class 'Full.Name'
  lane Unit "$@"; verdict
}

task_linux() { # tests that need root and a kernel
  lane Linux "$@"; verdict
}

task_functional() { # tests that need ports
  lane Functional "$@"; verdict
}

task_e2e() { # tests of the published binaries with stock clients
  [ -x artifacts/bin/boreald ] || [ -n "${BOREAL_E2E_HOST:-}" ] || task_build
  lane EndToEnd "$@"
  [ $# -gt 0 ] || lane Testcontainers
  verdict
}

task_record() { # SOCKET: write the end-to-end scripts' expectations from the engine at unix://SOCKET
  BOREAL_E2E_HOST=unix://${1:?usage: ./boreal.sh record SOCKET} BOREAL_RECORD=1 \
    lane EndToEnd "${recorded[@]}" "${@:2}"
  verdict
}

task_bench() { # compare Boreal with peers: --peer NAME=unix://SOCKET ... (see bench/Compare)
  [ -x artifacts/bin/boreald ] || task_build
  dotnet build bench/Compare -c Release -v quiet -nologo
  artifacts/dotnet/bin/Boreal.Bench.Compare/release/Boreal.Bench.Compare "$@"
}

task_vm() { # the smoke tests in a virtual machine with cgroup v2 only
  [ -x artifacts/bin/boreald ] || task_build
  vm_lane; verdict
}

task_demo() { # the voting app on an engine of its own, with its addresses; then in another terminal: demo load | down
  eng/packages run
  [ -x artifacts/bin/boreald ] || task_build
  samples/voting-app/demo "$@"
}

task_format() { # format the code; --verify-no-changes only checks
  dotnet format Boreal.slnx "$@"
}

task_packages() { # install the Debian packages that the tests use and this machine lacks
  eng/packages
}

# Builds and runs one test project; its figures are added to the verdict.
lane() {
  local name=$1 log; shift
  echo "== $name"
  log=$(mktemp)
  if dotnet build "tests/$name" -v quiet -nologo >"$log" 2>&1; then
    "artifacts/dotnet/bin/Boreal.Tests.$name/debug/Boreal.Tests.$name" -noColor -noLogo "$@" 2>&1 | tee "$log" || true
  else
    cat "$log"
  fi
  count "$log"
  rm -f "$log"
}

# Adds up the runner's summary line. A runner that died before writing one is a failure.
count() {
  local total errors fail skip idle
  if read -r total errors fail skip idle < <(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\), Not Run: \([0-9]*\),.*/\1 \2 \3 \4 \5/p' "$1" | tail -n 1); then
    passed=$((passed + total - fail - skip - idle)) failed=$((failed + fail + errors)) skipped=$((skipped + skip))
  elif ! grep -q 'Total: 0$' "$1"; then
    failed=$((failed + 1))
  fi
}

# What was recorded from Docker, held against a Docker of the recorded version where BOREAL_PEER=unix://SOCKET names one; and what
# it and Boreal do together.
peer_lane() {
  [ -n "${BOREAL_PEER:-}" ] || return 0
  BOREAL_E2E_HOST=$BOREAL_PEER lane EndToEnd "${recorded[@]}"
  lane EndToEnd -class Boreal.Tests.EndToEnd.Registries.PeerTests -explicit only
}

vm_lane() {
  echo "== Vm"
  local log; log=$(mktemp)
  eng/vm/run 2>&1 | tee "$log" || true
  local good bad
  good=$(grep -c '^PASS ' "$log" || true) bad=$(grep -c '^FAIL ' "$log" || true)
  [ "$good" -gt 0 ] || bad=$((bad + 1))
  passed=$((passed + good)) failed=$((failed + bad))
  rm -f "$log"
}

verdict() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}

native_arch() { case $(uname -m) in x86_64) echo x64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

task=${1:-}
if [ -n "$task" ] && declare -F "task_$task" >/dev/null; then
  shift; "task_$task" "$@"
else
  sed -n 's/^task_\([a-z0-9]*\)() { # /  \1\t/p' "$0"; exit 2
fi
