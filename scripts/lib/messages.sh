# Messages and quiet steps, for the scripts beside this folder. Source it; it runs nothing.

# Something that a run needs is missing (EX_UNAVAILABLE of sysexits.h, as the command itself uses it).
readonly EXIT_MISSING=69

say() { printf '%s\n' "$*"; }

# fail STATUS LINE…: the lines on standard error, and the end.
fail() {
  local status=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$status"
}

# quietly LABEL COMMAND…: says what is done and how long it took; the command's output is shown only when it fails.
quietly() {
  local label=$1 log status=0 start=$SECONDS
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/crosscheck-log.XXXXXXXX")
  printf '%s ...' "$label"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    printf ' done (%d s)\n' "$((SECONDS - start))"
    rm -f "$log"
    return 0
  fi
  printf ' failed\n'
  {
    say "'$*' ended with status $status:"
    # A build's errors stand in the middle of its log, the reason of an installer's failure at the end.
    grep -E '(^|[ :])(error|E):' "$log" | sort -u | head -n 40 || true
    say "-- the end of its output --"
    tail -n 40 "$log"
    say "-- all of it: $log --"
  } >&2
  return "$status"
}
