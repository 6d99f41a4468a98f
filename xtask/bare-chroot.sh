#!/usr/bin/env bash
# Runs a command of this repository in a bare Debian: debootstrap's minimal system, git, and the Rust toolchain of this
# machine, nothing else. A machine that has everything hides what ./test forgets to install.
#
#   sudo xtask/bare-chroot.sh [COMMAND...]        default: ./test
#
# Needs root and debootstrap. Parameters, by environment:
#   BARE_FOLDER   where the bare system lies; made when missing, kept afterwards       (default: a new temporary folder)
#   BARE_FRESH    when set, a BARE_FOLDER that is there is emptied first
#   BARE_SUITE    Debian's release                                                     (default: bookworm)
#   BARE_MIRROR   Debian's mirror, as debootstrap takes it                             (default: debootstrap's)
#   BARE_APT      a folder laid over the bare system's /etc/apt: sources, proxies      (default: none)
#   BARE_CA       a folder of further certificate authorities, *.crt                   (default: none)
#   BARE_WORK     when set, the work tree is taken as it is, uncommitted changes included; else a clone of HEAD
# Proxy and certificate variables of this shell (HTTPS_PROXY, SSL_CERT_FILE, ...) are passed on when they are set.

set -euo pipefail

repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="${BARE_FOLDER:-$(mktemp -d)}"
suite="${BARE_SUITE:-bookworm}"
[ $# -gt 0 ] || set -- ./test

say() { printf 'bare: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

[ "$(id -u)" -eq 0 ] || fail "needs root: it makes a chroot"
command -v debootstrap >/dev/null || fail "needs debootstrap (apt-get install debootstrap)"
[ "$folder" != / ] || fail "BARE_FOLDER may not be /"
if grep -q " $folder/" /proc/mounts; then fail "something is mounted under $folder; unmount it first"; fi

if [ -n "${BARE_FRESH-}" ]; then rm -rf "$folder"; fi
if [ ! -x "$folder/bin/sh" ]; then
  say "making $suite in $folder"
  debootstrap --variant=minbase "$suite" "$folder" ${BARE_MIRROR:+"$BARE_MIRROR"} >&2
fi

# The network as this machine has it.
cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
if [ -n "${BARE_APT-}" ]; then
  rm -f "$folder/etc/apt/sources.list"
  cp -rL "$BARE_APT/." "$folder/etc/apt/"
fi
if [ -n "${BARE_CA-}" ]; then
  mkdir -p "$folder/usr/local/share/ca-certificates"
  cp -L "$BARE_CA"/*.crt "$folder/usr/local/share/ca-certificates/"
fi

mounts=()
# shellcheck disable=SC2317 # The trap reaches it.
unmount() {
  local at
  for ((at = ${#mounts[@]} - 1; at >= 0; at--)); do umount -l "${mounts[at]}" || true; done
}
trap unmount EXIT
mount_at() { # mount_at PLACE MOUNT-ARGUMENTS...
  local place="$folder$1"
  shift
  mkdir -p "$place"
  mount "$@" "$place"
  mounts+=("$place")
}
mount_at /proc -t proc proc
mount_at /sys -t sysfs -o ro sysfs
mount_at /dev -t tmpfs -o mode=755 tmpfs
for device in null zero full random urandom tty; do
  touch "$folder/dev/$device"
  mount --bind "/dev/$device" "$folder/dev/$device"
  mounts+=("$folder/dev/$device")
done
ln -sf /proc/self/fd "$folder/dev/fd"
mount_at /dev/shm -t tmpfs -o mode=1777 tmpfs
mount_at /dev/pts -t devpts devpts
# cargo, rustc, clippy and rustfmt, without whatever else lies beside them on this machine.
mount_at /opt/rust --bind "$(rustc --print sysroot)"
mount -o remount,bind,ro "$folder/opt/rust"

passed_on=(HOME=/home/bare USER=root LANG=C.UTF-8 CI=true PATH=/opt/rust/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
for name in HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy \
  SSL_CERT_FILE SSL_CERT_DIR CARGO_HTTP_CAINFO GIT_SSL_CAINFO NODE_EXTRA_CA_CERTS PIP_CERT SHOWCLEAR_CHROMIUM; do
  if [ -n "${!name-}" ]; then passed_on+=("$name=${!name}"); fi
done
inside() { env -i "${passed_on[@]}" chroot "$folder" "$@"; }

say "git"
inside sh -c 'command -v git >/dev/null || { apt-get -q update && apt-get -q install -y --no-install-recommends git; }' >&2

rm -rf "$folder/home/bare" && mkdir -p "$folder/home/bare"
if [ -n "${BARE_WORK-}" ]; then
  say "the work tree as it is"
  mkdir "$folder/home/bare/showclear"
  (cd "$repository" && git ls-files -z --cached --others --exclude-standard | tar --null -T - --ignore-failed-read -cf - 2>/dev/null) \
    | tar -xf - -C "$folder/home/bare/showclear" --no-same-owner
  inside sh -c 'cd && cd showclear && git init -q && git add -A'
else
  say "a clone of $(git -C "$repository" rev-parse --short HEAD)"
  git clone -q --no-hardlinks "$repository" "$folder/home/bare/showclear"
fi

say "$*"
packages() { grep -c '^Package: ' "$folder/var/lib/dpkg/status"; }
before="$(packages)"
code=0
begin=$SECONDS
inside sh -c 'cd && cd showclear && exec "$@"' sh "$@" || code=$?
say "exit code $code after $((SECONDS - begin)) s"
say "packages: $before before, $(packages) after"

left=0
for process in /proc/[0-9]*; do
  if [ "$(readlink "$process/root" 2>/dev/null)" = "$folder" ]; then
    say "left running: ${process#/proc/} $(tr '\0' ' ' <"$process/cmdline")"
    left=1
  fi
done
[ $left -eq 0 ] || exit 1
exit $code
