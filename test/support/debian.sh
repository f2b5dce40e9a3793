# Sourced by bash scripts that unpack Debian packages of another release. Nothing is installed: each release gets apt
# lists of its own under .cache/apt, with the mirror of this machine's own apt configuration and the machine's keys.

# debian_mirror: the main archive's address. Mirrors keep the security archive beside it, as NAME-security.
debian_mirror() {
  local addresses
  addresses=$(apt-get update --print-uris 2>/dev/null)
  sed -n "\\#/debian/dists/[^/]*/main/#{s#^'\\(.*/debian/\\)dists/.*#\\1#p;q}" <<<"$addresses"
}

# debian_sources NAME SUITE...: apt lists of these suites, fresh within a day; sets the array apt_options.
debian_sources() {
  local name=$1 mirror suite archive dir keys
  shift
  dir=$cache/apt/$name
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { echo "apt on this machine knows no Debian mirror" >&2; return 1; }
  keys=$(find /usr/share/keyrings -name 'debian-archive-keyring.*' | sort | head -n1)
  # This machine's installed packages and pins have no say. Mirrors may lag: what is signed is good however old it is.
  apt_options=(-qq -o "Dir::Etc::SourceList=$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o Dir::State::Status=/dev/null
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o APT::Update::Error-Mode=any -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none
    -o APT::Sandbox::User=root)
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
  for suite; do
    case $suite in
      *-security) archive=${mirror%/}-security/ ;;
      *) archive=$mirror ;;
    esac
    echo "deb ${keys:+[signed-by=$keys] }$archive $suite main"
  done >"$dir/sources.list.new"
  if [ -n "$(find "$dir/updated" -mtime -1 2>/dev/null)" ] && cmp -s "$dir/sources.list.new" "$dir/sources.list"; then
    return
  fi
  mv "$dir/sources.list.new" "$dir/sources.list"
  # A suite that is out of reach is missed where a package is looked for.
  ! apt-get "${apt_options[@]}" update || touch "$dir/updated"
}

# debian_unpack TREE PACKAGE...: download the newest of each package in the current lists and unpack it into TREE.
debian_unpack() {
  local tree=$1 download status=0
  shift
  download=$(mktemp -d)
  (cd "$download" && apt-get "${apt_options[@]}" download "$@") || status=1
  if [ "$status" = 0 ]; then
    mkdir -p "$tree"
    for package in "$download"/*.deb; do dpkg -x "$package" "$tree" || status=1; done
  fi
  rm -rf "$download"
  return "$status"
}
