#!/usr/bin/env bash
# run.sh [OPTIONS] KERNEL -- COMMAND [ARG...]
#
# Boot a kernel in QEMU with this machine's own / as its root, run COMMAND as root in the current directory, print its
# stdout and stderr, and exit with its exit status. 124: time limit. 125: the guest died (its console goes to stderr).
# The root is read-only on this side; what the guest writes stays in its memory and is lost.
#
# KERNEL is a series that kernels.sh unpacked (6.12), or a directory of that form.
#
#   --share DIR       DIR is shared read-write, at the same path in the guest
#   --modules "A B"   load these kernel modules before COMMAND
#   --time S          limit in seconds, boot included (default 120)
#   --memory MB       default 1024
#   --append ARGS     more kernel arguments
#   --timing          print to stderr the seconds until the guest was ready, and in all
#   --verbose         print the guest's kernel console to stderr at the end
#
# Needs root, and the packages qemu-system-x86, virtiofsd (part of qemu-system-common up to Debian 12), busybox-static.
set -euo pipefail

usage() { sed -n '2,/^set -euo/{/^set/d;s/^# \?//p}' "$0" >&2; exit 2; }
die() { echo "run.sh: $*" >&2; exit 2; }

project=$(cd "$(dirname "$0")/../.." && pwd)
busybox=${BUSYBOX:-$(command -v busybox || true)}
shares=() modules='' append='' limit=120 memory=1024 timing='' verbose=''

while [ $# -gt 0 ]; do
  case $1 in
    --timing) timing=1 ;;
    --verbose) verbose=1 ;;
    --share) shares+=("$(realpath "$2")"); shift ;;
    --modules) modules+=" $2"; shift ;;
    --append) append+=" $2"; shift ;;
    --time) limit=$2; shift ;;
    --memory) memory=$2; shift ;;
    -*) usage ;;
    *) break ;;
  esac
  shift
done
[ $# -ge 3 ] && [ "$2" = -- ] || usage
kernel=$1
[ -d "$kernel" ] || kernel=$project/.cache/guest/kernels/$kernel
kernel=$(realpath "$kernel")
shift 2

[ "$(id -u)" = 0 ] || die 'needs root'
[ -n "$busybox" ] || die 'no busybox (package busybox-static)'
[ -f "$kernel/vmlinuz" ] || die "no kernel in $kernel (run test/guest/kernels.sh)"
module_tree=$(echo "$kernel"/lib/modules/*)
for virtiofsd in "${VIRTIOFSD:-}" /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd "$(command -v virtiofsd || true)"; do
  [ ! -x "$virtiofsd" ] || break
done
[ -x "$virtiofsd" ] || die 'no virtiofsd (package virtiofsd, or qemu-system-common up to Debian 12)'

work=$(mktemp -d /tmp/guest.XXXXXX)
children=()
finish() {
  local pid
  for pid in ${children[@]+"${children[@]}"}; do kill "$pid" 2>/dev/null || true; done
  rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# The initramfs: busybox, the modules that a virtiofs root needs, and the two stages of start-up beside this script.
root=$work/root
module_root=$root/lib/modules/$(basename "$module_tree")
mkdir -p "$root"/{bin,proc,sys,dev,guest} "$module_root"
cp "$busybox" "$root/bin/busybox"
cp "$project/test/guest/init.sh" "$root/init"
cp "$project/test/guest/start.sh" "$root/guest/start.sh"
cp "$module_tree"/modules.{dep,alias} "$module_root/"
for name in virtio_pci virtiofs overlay; do
  for file in $(sed -n "s#^\([^:]*/$name[.]ko\):#\1 #p" "$module_tree/modules.dep"); do
    mkdir -p "$(dirname "$module_root/$file")"
    cp "$module_tree/$file" "$module_root/$file"
  done
done
{
  printf 'modules=%q\nshares=%q\nworking_directory=%q\n' "$modules" "${shares[*]-}" "$PWD"
  printf 'module_tree=%q\n' "$module_tree"
} >"$root/guest/config"
{
  printf exec
  for word; do printf " '%s'" "${word//\'/\'\\\'\'}"; done
} >"$root/guest/command"
(cd "$root" && find . | "$busybox" cpio -o -H newc 2>/dev/null) >"$work/initramfs"

# cx16=off: QEMU 7.2 emulates a plain cmpxchg16b with wrong flags, which crashes one boot in eight. One CPU: with two a
# guest now and then dies of "Oops: int3" while the kernel patches itself (static keys, kprobes, fentry).
qemu=(qemu-system-x86_64 -accel tcg,thread=multi -cpu max,cx16=off -smp 1 -m "$memory"
  -object "memory-backend-memfd,id=ram,size=${memory}M,share=on" -machine memory-backend=ram
  -nodefaults -no-user-config -display none -no-reboot -rtc base=utc
  -kernel "$kernel/vmlinuz" -initrd "$work/initramfs"
  -append "console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on$append")

# serve TAG DIR [ro]: a virtiofsd and its device. It gets a mount namespace of its own, so that the read-only view of /
# (and of the current directory, where that is another file system) leaves nothing behind here.
serve() {
  local socket=$work/$1.sock tries=0
  local options=(--shared-dir "$2" --cache always --sandbox chroot --xattr)
  case $virtiofsd in
    /usr/lib/qemu/*) options=(-o "source=$2,cache=always,sandbox=chroot,xattr") ;; # the C program of QEMU 7.2
  esac
  unshare -m bash -ec '
    bind() { mount --bind "$1" "$2"; mount -o remount,bind,ro "$2"; }
    view=$1 mount_point=$2
    shift 2
    if [ -n "$view" ]; then
      bind / "$view"
      [ "$mount_point" = / ] || bind "$mount_point" "$view$mount_point"
    fi
    exec "$@"' serve "${3:-}" "$(stat -c %m .)" "$virtiofsd" --socket-path="$socket" "${options[@]}" >"$work/$1.log" 2>&1 &
  children+=($!)
  until [ -S "$socket" ]; do
    tries=$((tries + 1))
    [ $tries -lt 250 ] || { cat "$work/$1.log" >&2; die 'virtiofsd did not start'; }
    sleep 0.02
  done
  qemu+=(-chardev "socket,id=$1,path=$socket" -device "vhost-user-fs-pci,chardev=$1,tag=$1")
}
mkdir "$work/view"
serve root "$work/view" "$work/view"
for number in "${!shares[@]}"; do serve "share$number" "${shares[$number]}"; done

# Serial ports: ttyS0 kernel console, ttyS1 stdout, ttyS2 stderr, ttyS3 status.
mkfifo "$work/stdout" "$work/stderr"
cat "$work/stdout" & print_stdout=$!
cat "$work/stderr" >&2 & print_stderr=$!
begin=$EPOCHREALTIME
timed_out=''
timeout --foreground -k 5 "$limit" "${qemu[@]}" \
  -serial "file:$work/console" \
  -chardev "file,id=stdout,path=$work/stdout" -serial chardev:stdout \
  -chardev "file,id=stderr,path=$work/stderr" -serial chardev:stderr \
  -serial "file:$work/status" </dev/null 2>"$work/qemu.log" &
machine=$!
children+=($machine)
wait $machine || [ $? -ne 124 ] || timed_out=1
end=$EPOCHREALTIME
[ -e "$work/status" ] || kill $print_stdout $print_stderr # qemu never opened them
wait $print_stdout $print_stderr || true

ready=$(sed -n 's/^ready //p' "$work/status" 2>/dev/null || true)
status=$(sed -n 's/^exit //p' "$work/status" 2>/dev/null || true)
[ -z "$verbose" ] || cat "$work/console" >&2
[ -z "$timing" ] || awk -v ready="${ready:-?}" -v begin="$begin" -v end="$end" \
  'BEGIN { printf "run.sh: ready after %s s, %.1f s in all\n", ready, end - begin }' >&2
[ -z "$status" ] || exit "$status"
echo 'run.sh: no exit status from the guest; its console, QEMU and virtiofsd said:' >&2
tail -n 60 "$work/console" "$work/qemu.log" "$work/root.log" >&2 || true
[ -z "$timed_out" ] || exit 124
exit 125
