# What the launcher needs in the source tree alone: where the parts are, and how they are built.
# shellcheck shell=sh disable=SC2034,SC2154 # here, java, version, start: the launcher's

home="$here"
jars="$home/numclip-runner/target"
options="$home/numclip-dist/src/main/conf/java.options"
picture="$home/numclip-core/src/test/resources/golden/images/photo.jpg"

# Sets class_path. Beside the jar there may be those of its sources and documentation.
is_built() {
  class_path=''
  for jar in "$jars"/numclip-runner-*.jar; do
    case "$jar" in
      *-sources.jar | *-javadoc.jar | */numclip-runner-\*.jar) ;;
      *) class_path="$jar:$jars/lib/*" ;;
    esac
  done
  [ -n "$class_path" ] && [ -d "$jars/lib" ]
}

# After a pull the old build would answer without a word.
tell_if_older() {
  # shellcheck disable=SC2012 # no name of ours needs find
  newest="$(ls -dt "$jars/lib" "$jars"/numclip-runner-*.jar "$jars"/lib/numclip-*.jar "$home"/plugins/numclip-*.jar 2>/dev/null | head -n 1)"
  changed="$(find "$home"/pom.xml "$home"/numclip-*/pom.xml "$home"/numclip-*/src/main -type f -newer "$newest" 2>/dev/null | head -n 1)"
  [ -z "$changed" ] ||
    echo "note: ${changed#"$home"/} is newer than what is built; '$command --rebuild' builds it again" >&2
}

build() {
  command -v mvn >/dev/null 2>&1 || fail "NumCLIP is not built and Maven is not installed" "install Maven 3.8 or later" 69
  echo "Building NumCLIP (once; a few minutes if the libraries have to be downloaded) ..." >&2
  color=never
  [ ! -t 2 ] || color=auto
  (cd "$home" && mvn -q -B -ntp -Dstyle.color="$color" -DskipTests package) >&2 || fail "the build failed" "see the messages above" 70
  touch "$jars/lib" # where Maven finds nothing to do
  is_built
  archive="$jars/classes-$version.jsa"
  make_archive >/dev/null 2>&1
}
