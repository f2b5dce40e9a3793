#!/usr/bin/env bash
# kernels.sh [SERIES...]
#
# Unpack the newest Debian cloud kernel of each series (all of them by default) into .cache/guest/kernels/SERIES:
#     vmlinuz   version   lib/modules/VERSION/ (plain .ko files and modules.dep)
# Nothing is installed, and a kernel that is there already is left alone. Needs apt with a Debian mirror, busybox, xz.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
cache=$project/.cache
busybox=${BUSYBOX:-$(command -v busybox)}
. "$project/test/support/debian.sh"

# The releases that carry a series. Old kernels leave the archive's pool late, but their names change every month.
suites_of() {
  case $1 in
    5.10) echo bullseye bullseye-security ;;
    6.1) echo bookworm bookworm-security ;;
    6.12) echo trixie trixie-security ;;
    6.18) echo trixie-backports ;;
    7.2) echo trixie-backports sid ;;
    *) echo "kernels.sh: no such series: $1 (known: 5.10 6.1 6.12 6.18 7.2)" >&2; return 2 ;;
  esac
}

# newest_version SERIES: as it stands in the package names, for example 6.12.117+deb13.
newest_version() {
  apt-cache "${apt_options[@]}" search --names-only '^linux-(image|binary)-[0-9].*-cloud-amd64$' |
    sed -n 's/^linux-[a-z]*-\([^ ]*\)-cloud-amd64 .*/\1/p' | grep "^${1//./\\.}[.]" | sort -uV | tail -n1
}

# package_names VERSION: up to 6.18 one package holds a kernel, later ones have three.
package_names() {
  local parts
  parts=$(apt-cache "${apt_options[@]}" search --names-only "^linux-(binary|modules|base)-${1//[+.]/[+.]}-cloud-amd64$" |
    cut -d' ' -f1)
  echo "${parts:-linux-image-$1-cloud-amd64}"
}

# unpack_kernel DEST PACKAGE...
unpack_kernel() {
  local dest=$1 work=$1.new tree=$1.new/tree modules version
  shift
  rm -rf "$work"
  debian_unpack "$tree" "$@"
  modules=$(find "$tree" -path '*/modules/*' -name kernel -type d -printf '%h' -quit)
  [ -n "$modules" ] || { echo "kernels.sh: no modules in $*" >&2; return 1; }
  version=$(basename "$modules")
  mkdir -p "$work/lib/modules"
  find "$tree" -name 'vmlinuz*' -type f -exec cp {} "$work/vmlinuz" \;
  mv "$modules" "$work/lib/modules/$version"
  rm -rf "$tree"

  # A guest has no hardware: what drives some would only cost time and room.
  (cd "$work/lib/modules/$version/kernel" &&
    rm -rf sound drivers/{ata,gpu,hid,infiniband,input,md,media,nvme,scsi,target,thermal,usb,video} \
      fs/{btrfs,ceph,ext4,f2fs,gfs2,jfs,nfs,nfsd,nilfs2,ocfs2,reiserfs,smb,udf,ufs,xfs})
  find "$work/lib/modules/$version" -name '*.ko.xz' -print0 | xargs -0r -P "$(nproc)" -n 64 xz -d
  "$busybox" depmod -b "$work" "$version"
  echo "$version" >"$work/version"
  rm -rf "$dest"
  mv "$work" "$dest"
}

[ $# -gt 0 ] || set -- 5.10 6.1 6.12 6.18 7.2
mkdir -p "$cache/guest/kernels"
exec 9>"$cache/guest/kernels/lock"
flock 9 # two test files may ask at once
for series; do
  dest=$cache/guest/kernels/$series
  [ ! -e "$dest/version" ] || continue
  suites=$(suites_of "$series")
  debian_sources "$series" $suites
  version=$(newest_version "$series" || true)
  [ -n "$version" ] || { echo "kernels.sh: no $series kernel in $suites" >&2; exit 1; }
  unpack_kernel "$dest" $(package_names "$version")
  echo "kernels.sh: $series is $(cat "$dest/version")" >&2
done
