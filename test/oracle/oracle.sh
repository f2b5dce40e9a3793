#!/usr/bin/env bash
# oracle.sh ARGUMENT...: run oracle.c with these arguments.
#
# The first run builds it into .cache/oracle and unpacks Debian's newest libpcap beside it, with the C library that it
# was built against: the oracle runs under that loader, whatever this machine's release. Nothing is installed. Where
# Debian's sid cannot be reached, the oracle is this machine's own libpcap (--version tells).
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
cache=$project/.cache
oracle=$cache/oracle

# run TREE ARGUMENT...: through the loader of TREE, where there is one.
run() {
  local program=("$oracle/oracle") loader=("$1"/usr/lib/*/ld-linux-*.so.*)
  shift
  [ ! -e "${loader[0]}" ] || program=("${loader[0]}" --library-path "${loader[0]%/*}" "$oracle/oracle")
  exec "${program[@]}" "$@"
}

fetch() {
  . "$project/test/support/debian.sh"
  rm -rf "$oracle/tree.new"
  debian_sources sid sid &&
    debian_unpack "$oracle/tree.new" libpcap0.8t64 libc6 libdbus-1-3 libsystemd0 libcap2 libgcc-s1 &&
    (run "$oracle/tree.new" --version) >/dev/null &&
    mv "$oracle/tree.new" "$oracle/tree"
}

mkdir -p "$oracle"
{
  flock 9 # two test files may ask at once
  [ "$oracle/oracle" -nt "$project/test/oracle/oracle.c" ] ||
    clang -O1 -g -Wall -Werror -o "$oracle/oracle" "$project/test/oracle/oracle.c" -lpcap
  # A failure is remembered for a day: every test file would wait for the same refusal.
  if [ ! -e "$oracle/tree" ] && [ -z "$(find "$oracle/unreachable" -mtime -1 2>/dev/null)" ]; then
    fetch 9>&- || {
      touch "$oracle/unreachable"
      echo "oracle.sh: cannot unpack libpcap from Debian sid; using this machine's own" >&2
    }
  fi
} 9>"$oracle/lock"
run "$oracle/tree" "$@"
