#!/usr/bin/env bash
# make-default-profile.sh: makes native/runtime/data/default-kernel.profile anew from Debian's 6.12 kernel, in a guest.
# Loads every module that has tracepoints and those that people often trace, so that the profile has them too.
# Needs, as root: apt-get install --no-install-recommends qemu-system-x86 busybox-static cpio xz-utils (Debian 13: virtiofsd too).
. "$(dirname "$(realpath "$0")")/lib.sh"

step() { node --conditions=source --import tsx scripts/default-profile.ts "$@"; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# the first boot also fetches the kernel
scripts/tools/guest.sh -k trixie -- true
kernel=$(compgen -G '.tools/kernels/trixie-linux-image-cloud-amd64/usr/lib/modules/*/kernel' | head -1)
step modules "$kernel" "$folder/modules"

# shellcheck disable=SC2016 # the guest expands it
scripts/tools/guest.sh -k trixie -m 2048 -t 900 -w "$folder" -e FOLDER="$folder" -- bash -c '
  for module in "$FOLDER"/modules/*.ko; do
    busybox insmod "$module" 2> "$FOLDER/insmod.log" || echo "not loaded: $(basename "$module"): $(head -1 "$FOLDER/insmod.log")"
  done
  node --conditions=source --import tsx scripts/default-profile.ts capture "$FOLDER/captured.profile"'
mkdir -p native/runtime/data
step pack "$folder/captured.profile" native/runtime/data/default-kernel.profile
