# Turns a page into a script of bash, for .ci/guides: 'sh' blocks are run as they stand, blocks with a title become the file of that
# name, and the lines of an 'output' block must be among those that the last sh block has printed.

/^```/ && !inside {
  inside = 1
  text = ""
  title = $0
  kind = ($0 == "```sh") ? "sh" : ($0 == "```output") ? "output" : (sub(/^.* title="/, "", title) && sub(/".*$/, "", title)) ? "file" : ""
  next
}

/^```$/ {
  inside = 0
  if (kind == "sh") print quoted("show") text
  if (kind == "sh") commands++
  if (kind == "output") print quoted("printed")
  if (kind == "file") print quoted("write '" title "'")
  next
}

inside { text = text $0 "\n" }

END {
  if (inside || !commands) print "echo 'error: a block without an end, or no block of commands' >&3; exit 1"
}

# A call of a function of .ci/guides that reads the block.
function quoted(call) {
  return call " <<'END OF THE BLOCK'\n" text "END OF THE BLOCK\n"
}
