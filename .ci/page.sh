# shellcheck shell=bash
# What the script of a page calls, for .ci/guides. Its output goes to the file $1 and, after each block, to the terminal: descriptor 3.

exec 3>&1 >"$1" 2>&1
output="$1"
mark=0
trap 'tail -c +$((mark + 1)) "$output" >&3; jobs -p | xargs -r kill 2>/dev/null || true' EXIT # a server that a failed page leaves

# Shows what the last block has printed, and the lines of the next one.
show() {
  tail -c +$((mark + 1)) "$output" >&3
  mark="$(stat -c %s "$output")"
  sed 's/^/$ /' >&3
}

write() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}

# Fails unless the lines were printed, in this order. A number with a point may be another, and … is anything; but where the page shows
# an interval, the printed one must overlap it. No page can promise more: each kind of processor rounds differently.
printed() {
  tee "$output.page" | sed -E 's/[][\.*^$+?(){}|]/\\&/g; s/[0-9]+\\\.[0-9]+/[0-9]+\\.[0-9]+/g; s/ +/ +/g; s/ *…/.*/g' >"$output.expected"
  tail -c +$((mark + 1)) "$output" | sed 's/\x1b\[[0-9;]*m//g' | awk '
    function interval(line, ends) {
      gsub(/−/, "-", line)
      return match(line, /\[[-+0-9.]+, [-+0-9.]+\]/) && split(substr(line, RSTART + 1, RLENGTH - 2), ends, ", ")
    }
    function is_near(page, line,    shown, there) {
      return !interval(page, shown) || !interval(line, there) || (shown[1] + 0 <= there[2] + 0 && there[1] + 0 <= shown[2] + 0)
    }
    file == "page" { page[FNR] = $0; next }
    file == "expected" { expected[FNR] = $0; lines = FNR; next }
    found < lines && $0 ~ ("^" expected[found + 1] " *$") && is_near(page[found + 1], $0) { found++ }
    END { if (found < lines) { print "error: the page says that this is printed: " page[found + 1]; exit 1 } }
  ' file=page "$output.page" file=expected "$output.expected" file=printed - >&3
}

# What a page has installed need not be installed again for the next.
mvn() {
  case " $* " in
    *' install '*) [ ! -f "$output.installed" ] || return 0; touch "$output.installed"; set -- -T 2 "$@" ;;
  esac
  # shellcheck disable=SC2086
  command mvn ${maven_flags-} -q "$@"
}
