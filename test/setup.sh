#!/bin/sh
# Installs what the tests need beyond npm's packages: Chromium, for the tests of the page in a real browser, and redis-server, for
# those of the Redis store on a real one.
set -eu

need() { # PACKAGE, WHAT TO SAY WHERE IT CANNOT BE INSTALLED
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: install $2 by your system's means, then run npm test." >&2
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "setup: $2 is missing. Run: sudo apt-get update && sudo apt-get install -y $1" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y --no-install-recommends "$1" >/dev/null 2>&1 || {
    apt-get update >/dev/null
    apt-get install -y --no-install-recommends "$1" >/dev/null
  }
}

if ! { [ -x "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }; then
  need chromium "Chromium (or CHROMIUM, set to its path)"
  echo "setup: $(chromium --version)"
fi
if ! command -v redis-server >/dev/null 2>&1; then
  need redis-server redis-server
  echo "setup: $(redis-server --version)"
fi
