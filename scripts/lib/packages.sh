# What the machine must have, as Debian packages. Source it after messages.sh.

# The compiler driver's start files and headers, the library under test, what the package manager fetches with.
readonly BUILD_PACKAGES=(ca-certificates gcc git libc6-dev libseccomp-dev libz3-dev pkgconf)
# A real profile that tests read, /usr/share/containers/seccomp.json, and the container runtimes that they start.
readonly TEST_PACKAGES=(golang-github-containers-common runc crun bubblewrap)
# The generator of the system call tables; the browser that pages are opened in.
readonly CHECK_PACKAGES=(python3-minimal chromium)

# missing_packages NAME…: those that dpkg does not know as installed, one a line.
missing_packages() {
  local name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || say "$name"
  done
}

# need_packages NAME…: installs what is missing, after saying so; nothing is asked.
need_packages() {
  local missing=() asRoot=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    need_without_apt
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) && return
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      fail "$EXIT_MISSING" "These Debian packages are missing: ${missing[*]}" \
        "Install them as root (apt-get install ${missing[*]}), then run this again."
    fi
    asRoot=(sudo)
    # Without a terminal there is nobody to type a password.
    [[ -t 2 ]] || asRoot+=(-n)
  fi
  say "Will install with apt-get: ${missing[*]}"
  # A package list of somebody else that cannot be had is no reason to stop; a package that cannot, is.
  quietly "Reading the package lists" "${asRoot[@]}" apt-get -q update ||
    say "Going on with the package lists that are there."
  quietly "Installing" "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "${missing[@]}" ||
    fail "$EXIT_MISSING" "The packages could not be installed: ${missing[*]}"
}

# On another distribution: name what is not there, install nothing.
need_without_apt() {
  local missing=() tool
  for tool in cc git pkg-config; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  pkg-config --atleast-version=2.5.4 libseccomp 2>/dev/null || missing+=("libseccomp >= 2.5.4 with its headers")
  pkg-config --exists z3 2>/dev/null || missing+=("Z3 with its headers and z3.pc")
  ((${#missing[@]} == 0)) && return
  fail "$EXIT_MISSING" "There is no apt-get here, and this is missing:" "${missing[@]/#/  }"
}
