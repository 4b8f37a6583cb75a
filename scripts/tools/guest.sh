#!/usr/bin/env bash
# guest.sh [OPTION]... -- COMMAND [ARGUMENT]...
# Boots another kernel under QEMU (no KVM needed) with this machine's root shared into the guest, runs COMMAND there as root in
# the current folder, prints its output as it comes, and exits with its exit status; 125 if the guest did not get that far.
#   -k SUITE[:PACKAGE]  kernel from a Debian package, default linux-image-cloud-amd64 (bookworm: 6.1, trixie: 6.12); kept in .tools/kernels
#   -b VMLINUZ -M DIR   instead: a kernel and its modules folder (it holds kernel/); without one virtiofs and overlay must be built in
#   -w DIR              a folder whose changes reach this machine (again for more); all else is an overlay that vanishes with the guest
#   -e NAME=VALUE       environment (again for more); PATH and HOME are passed on
#   -i                  the guest's clock counts its instructions (2 ns each) while it works, so that a second holds the same work
#                       whatever else the host does; 6.1 does not boot so
#   -m MIB (1024)  -p CPUS (2)  -t SECONDS (120)  -c FILE: keep the guest's console here
# Needs, as root: apt-get install --no-install-recommends qemu-system-x86 busybox-static cpio (Debian 13: virtiofsd too).
set -euo pipefail
here=$(dirname "$(realpath "$0")") kernels=$(realpath "$(dirname "$(realpath "$0")")/../..")/.tools/kernels
kernel='' vmlinuz='' modules='' memory=1024 cpus=2 limit=120 console='' writable=() variables=() clock=()
usage() { sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
while getopts k:b:M:w:e:im:p:t:c: option; do
  case $option in
    k) kernel=$OPTARG ;; b) vmlinuz=$OPTARG ;; M) modules=$OPTARG ;; w) writable+=("$(realpath "$OPTARG")") ;;
    e) variables+=("$OPTARG") ;; i) clock=(-icount shift=1) ;; m) memory=$OPTARG ;; p) cpus=$OPTARG ;; t) limit=$OPTARG ;; c) console=$OPTARG ;; *) usage ;;
  esac
done
shift $((OPTIND - 1)); [ "${1:-}" = -- ] && shift
[ $# -gt 0 ] || usage
say() { echo "guest: $*" >&2; }

if [ -n "$kernel" ]; then
  suite=${kernel%%:*} package=linux-image-cloud-amd64
  [[ $kernel = *:* ]] && package=${kernel#*:}
  at=$kernels/$suite-$package
  if ! compgen -G "$at/boot/vmlinuz-*" > /dev/null; then
    ONLY='^linux-image-[0-9]' "$here/debian-from-suite.sh" "$at" "$suite" "$package" || exit 125
  fi
  vmlinuz=$(compgen -G "$at/boot/vmlinuz-*" | head -1) modules=$(compgen -G "$at/usr/lib/modules/*" | head -1)
fi
[ -f "$vmlinuz" ] || usage
for candidate in /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd; do [ -x $candidate ] && { virtiofsd=$candidate; break; }; done
busybox=$(command -v busybox) && [ -n "${virtiofsd:-}" ] && command -v qemu-system-x86_64 cpio > /dev/null || usage

work=$(mktemp -d); children=()
finish() {
  for child in "${children[@]}"; do kill "$child" 2> /dev/null || true; done
  wait 2> /dev/null || true
  [ -z "$console" ] || cp "$work/console" "$console" 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT; trap 'exit 130' INT TERM
initrd=$work/initrd.d
mkdir -p "$initrd"/{bin,mod,proc,sys,dev,rw,host}; cp "$busybox" "$initrd/bin/busybox"; : > "$work/stdout"; : > "$work/stderr"

# what is not built in, in the order that insmod needs
count=0
for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci fuse virtiofs overlay; do
  file=$([ -z "$modules" ] || find "$modules/" -name "$module.ko*" -print -quit); [ -n "$file" ] || continue
  out=$initrd/mod/$((count += 1)).ko
  case $file in *.xz) xz -dc "$file" > "$out" ;; *.zst) zstd -qdc "$file" > "$out" ;; *) cp "$file" "$out" ;; esac
done

{
  printf 'cd %q || exit 125\nexec env -i PATH=%q HOME=%q TERM=dumb LANG=C.UTF-8' "$PWD" "$PATH" "${HOME:-/root}"
  [ ${#variables[@]} -eq 0 ] || printf ' %q' "${variables[@]}"
  printf ' %q' "$@"; echo ' < /dev/null'
} > "$work/command"

cat > "$initrd/init" << 'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin; export PATH=/bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
for a in $(cat /proc/cmdline); do case $a in guest.*) eval "${a#guest.}" ;; esac; done
i=1; while [ -f /mod/$i.ko ]; do insmod /mod/$i.ko; i=$((i + 1)); done
mount -t virtiofs hostroot /rw || { echo "virtiofs: no mount"; reboot -f; }
ln -s /proc/self/fd /dev/fd 2> /dev/null; ln -s fd/0 /dev/stdin; ln -s fd/1 /dev/stdout; ln -s fd/2 /dev/stderr
mkdir -p /dev/pts /dev/shm; mount -t devpts devpts /dev/pts; mount -t tmpfs shm /dev/shm
for m in tracefs:/sys/kernel/tracing debugfs:/sys/kernel/debug bpf:/sys/fs/bpf securityfs:/sys/kernel/security cgroup2:/sys/fs/cgroup; do
  mount -t ${m%%:*} ${m%%:*} ${m#*:} 2> /dev/null
done
ifconfig lo up 2> /dev/null
mkdir /up; mount -t tmpfs up /up; mkdir /up/upper /up/work
mount -t overlay -o lowerdir=/rw,upperdir=/up/upper,workdir=/up/work overlay /host || { echo "overlay: no mount"; reboot -f; }
mount -t tmpfs run /host/run
mount -t proc proc /host/proc; mount -o rbind /sys /host/sys; mount -o rbind /dev /host/dev
while read -r d; do mkdir -p "/host$d"; mount -o bind "/rw$d" "/host$d"; done < "/rw$work/writable"
chroot /host /bin/bash -s < "/rw$work/command" > "/rw$work/stdout" 2> "/rw$work/stderr"
echo $? > "/rw$work/status"
sync; reboot -f
INIT
chmod +x "$initrd/init"; printf '%s\n' "${writable[@]}" | sed '/^$/d' > "$work/writable"
(cd "$initrd" && find . | cpio -o -H newc --quiet) | gzip -1 > "$work/initrd"

# the whole root cannot be pivoted into, so chroot; submounts must look like plain folders, or the overlay refuses /dev and /proc
share=(-o source=/ -o cache=auto -o sandbox=chroot)
if "$virtiofsd" --help 2>&1 | grep -e --no-announce-submounts > /dev/null; then
  share=(--shared-dir / --cache auto --sandbox chroot --no-announce-submounts)
fi
"$virtiofsd" --socket-path="$work/fs" "${share[@]}" > "$work/virtiofsd.log" 2>&1 & children+=($!)
for _ in $(seq 100); do [ -S "$work/fs" ] && break; sleep 0.05; done
[ -S "$work/fs" ] || { say "virtiofsd did not start:"; cat "$work/virtiofsd.log" >&2; exit 125; }
# Without -cx16 some 6.12 boots crash. One thread for all processors: with one each, an emulated kernel now and then runs into
# the breakpoints by which it patches its own functions, and panics (int3), most often when thousands are traced at once.
timeout -k 5 "$limit" qemu-system-x86_64 -accel tcg,thread=single "${clock[@]}" -cpu qemu64,-cx16 -m "$memory" -smp "$cpus" -display none -no-reboot -nodefaults \
  -object memory-backend-memfd,id=mem,size="${memory}M",share=on -numa node,memdev=mem \
  -chardev socket,id=fs,path="$work/fs" -device vhost-user-fs-pci,chardev=fs,tag=hostroot -serial file:"$work/console" \
  -kernel "$vmlinuz" -initrd "$work/initrd" -append "console=ttyS0 quiet panic=-1 guest.work=$work" \
  < /dev/null > "$work/qemu.log" 2>&1 & qemu=$!; children+=("$qemu")
tail -n +1 -f --pid="$qemu" -s 0.1 "$work/stdout" & out_tail=$!
tail -n +1 -f --pid="$qemu" -s 0.1 "$work/stderr" >&2 & err_tail=$!
children+=("$out_tail" "$err_tail")
status=0; wait "$qemu" || status=$?
wait $out_tail $err_tail || true
[ -s "$work/status" ] && exit "$(cat "$work/status")"
if [ $status = 124 ]; then say "stopped after $limit seconds"; else say "ended without an exit status (qemu $status)"; fi
{ cat "$work/virtiofsd.log" "$work/qemu.log"; tail -20 "$work/console"; } >&2; exit 125
