# Sourced by ./mvnw and ./kontor: finds a JDK that can build and run Kontor.
# shellcheck shell=sh

java_oldest=25

# Ends the script with one sentence where Netty's and PostgreSQL's native parts do not exist.
require_system() {
    case "$(uname -s) $(uname -m)" in
        "Linux x86_64" | "Linux amd64" | "Linux aarch64" | "Linux arm64") ;;
        *)
            echo "kontor: runs on Linux on x86-64 or aarch64, and this is $(uname -s) on $(uname -m)." >&2
            exit 1
            ;;
    esac
}

# Prints the feature version (25 for 25.0.3) of the JDK in $1, or nothing where there is none.
java_feature_version() {
    [ -x "$1/bin/javac" ] || return 0
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p'
}

# Prints the home of the first JDK that is new enough; complains on stderr where there is none.
find_java_home() {
    on_path=$(command -v javac || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path")
        on_path=${on_path%/bin/javac}
    fi
    seen=
    for candidate in "${KONTOR_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        [ -n "$candidate" ] && [ -d "$candidate" ] || continue
        feature=$(java_feature_version "$candidate")
        [ -n "$feature" ] || continue
        if [ "$feature" -ge "$java_oldest" ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
        seen="$seen
    $candidate is JDK $feature"
    done
    echo "kontor: no JDK $java_oldest or newer found. Looked at KONTOR_JAVA_HOME, JAVA_HOME, javac on PATH, /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks.$seen" >&2
    echo "Install one (for instance Eclipse Temurin 25, https://adoptium.net) and set JAVA_HOME to it." >&2
    return 1
}
