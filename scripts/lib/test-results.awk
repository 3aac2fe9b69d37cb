# Counts the test cases of a Swift Testing xunit file. With reasons=1 it prints each skipped test with its reason,
# otherwise "PASSED FAILED SKIPPED".

function decoded(text) {
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&#10;/, " ", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

function attribute(line, name) {
  if (!match(line, " " name "=\"[^\"]*\"")) return ""
  return decoded(substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4))
}

/<testcase / {
  test = attribute($0, "classname") "." attribute($0, "name")
  state = "passed"
  if (/\/>[ \t]*$/) passed += 1
  next
}
/<failure/ { state = "failed" }
/<skipped/ {
  state = "skipped"
  reason = $0
  sub(/^.*<skipped[^>]*>/, "", reason)
  sub(/<\/skipped>.*$/, "", reason)
  if (reasons) print "  " test ": " decoded(reason)
}
/<\/testcase>/ { count[state] += 1 }
END { if (!reasons) print passed + count["passed"], count["failed"] + 0, count["skipped"] + 0 }
