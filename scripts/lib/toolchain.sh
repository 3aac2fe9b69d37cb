# The machine and the Swift toolchain. Source it after messages.sh.

# The first toolchain that knows the manifest's settings.
readonly OLDEST_SWIFT=6.2

need_machine() {
  local kind
  kind="$(uname -s) $(uname -m)"
  [[ $kind == "Linux x86_64" ]] || fail "$EXIT_MISSING" "This needs Linux on x86_64; this machine says '$kind'."
}

need_swift() {
  local version
  command -v swift >/dev/null || fail "$EXIT_MISSING" \
    "There is no 'swift' on the PATH. Swift $OLDEST_SWIFT or newer is needed: https://www.swift.org/install/linux/"
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || fail "$EXIT_MISSING" "'swift --version' names no version: is the toolchain whole?"
  if [[ $(printf '%s\n' "$OLDEST_SWIFT" "$version" | sort -V | head -n 1) != "$OLDEST_SWIFT" ]]; then
    fail "$EXIT_MISSING" "Swift $version is too old: $OLDEST_SWIFT or newer is needed."
  fi
}
