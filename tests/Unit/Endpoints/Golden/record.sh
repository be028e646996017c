#!/usr/bin/env bash
# Records what Docker makes of create requests: record.sh SOCKET IMAGE FULL_IMAGE < requests.jsonl
# One line of input per case: {"name": ..., "request": {...}}; IMAGE is a plain image, FULL_IMAGE one whose config sets everything.
# Writes NAME.json beside this script: the request, the image's config, the inspect answer and the list entry of the container, never started,
# with its id, name, times and the engine's own folders replaced by fixed ones.
set -euo pipefail
socket=$1 image=$2 full=$3
here=$(cd "$(dirname "$0")" && pwd)
id=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
api() { curl -sf --unix-socket "$socket" -H 'Content-Type: application/json' "$@"; }
root=$(api http://docker/info | jq -r .DockerRootDir)
while read -r line; do
  name=$(jq -r .name <<<"$line")
  request=$(jq -c --arg image "$image" --arg full "$full" '.request | .Image |= if . == "full" then $full else $image end' <<<"$line")
  config=$(api "http://docker/images/$(jq -r .Image <<<"$request")/json" | jq -c .Config)
  container=$(api -X POST "http://docker/containers/create?name=golden" -d "$request" | jq -r .Id)
  summary=$(api "http://docker/containers/json?all=1&filters=%7B%22id%22%3A%5B%22$container%22%5D%7D" |
    sed -e "s/$container/$id/g" -e "s#$root#/data#g" | jq '.[0] + {Created: 1767323045, ImageID: "sha256:\("0" * 64)"}')
  api "http://docker/containers/$container/json" |
    sed -e "s/$container/$id/g" -e "s/${container:0:12}/${id:0:12}/g" -e "s#$root#/data#g" |
    jq --argjson request "$request" --argjson config "$config" --argjson summary "$summary" \
      '{request: $request, imageConfig: $config, inspect: (. + {Created: "2026-01-02T03:04:05.6789Z", Image: "sha256:\("0" * 64)"} | del(.GraphDriver)), summary: $summary}' \
      > "$here/$name.json"
  api -X DELETE "http://docker/containers/$container?v=1"
done
