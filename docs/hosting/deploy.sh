#!/bin/sh
# A plain server, over ssh and rsync. TARGET is where the site is served from: user@example.org:/srv/www/essays
# The new site is copied beside the old one; then one rename puts it in its place, so readers never see half of each.
set -eu
target=${TARGET:?name the server and the folder: TARGET=user@example.org:/srv/www/essays}
host=${target%%:*}
folder=${target#*:}
case $target in *:/*) ;; *) echo "TARGET needs a host and a folder from the root, not \"$target\"" >&2; exit 1 ;; esac
case $folder in *[!A-Za-z0-9/._-]*) echo "the folder may hold letters, digits and / . _ - only" >&2; exit 1 ;; esac

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
make check OUTPUT="$build/site"

release=$folder.releases/$(git rev-parse --short=12 HEAD)-$(date -u +%Y%m%dT%H%M%SZ)
# shellcheck disable=SC2029 # the folder is known here, and only here
ssh "$host" "mkdir -p '$folder.releases'"
rsync --recursive --checksum --chmod=D755,F644 --link-dest="$folder/" "$build/site/" "$host:$release/"
# shellcheck disable=SC2029
ssh "$host" "ln -sfn '$release' '$folder.new' && mv -T '$folder.new' '$folder'"
echo "served from $release; older releases stay beside it, to go back to or to delete"
