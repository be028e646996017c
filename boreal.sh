#!/usr/bin/env bash
# One door for developers. Run without arguments for the list of tasks.
set -euo pipefail
cd "$(dirname "$0")"

task_build() { # native boreald, boreal and boreal-shim into artifacts/bin
  mkdir -p artifacts/bin
  local project
  for project in ${*:-Boreal.Shim Boreal.Daemon Boreal.Cli}; do
    dotnet publish "src/$project" -c Release -r "linux-$(native_arch)" -o "artifacts/publish/$project" -v quiet -nologo
    find "artifacts/publish/$project" -maxdepth 1 -type f ! -name '*.dbg' ! -name '*.xml' ! -name '*.json' ! -name '*.pdb' \
      -exec cp -f --remove-destination -t artifacts/bin {} +
  done
}

native_arch() { case $(uname -m) in x86_64) echo x64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

case ${1:-} in
  build) shift; task_build "$@" ;;
  *) sed -n 's/^task_\([a-z]*\)() { # /  \1\t/p' "$0"; exit 2 ;;
esac
