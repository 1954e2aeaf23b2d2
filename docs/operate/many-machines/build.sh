#!/bin/sh
# What an image holds beside the sources: compiled translations, and styles and scripts in STATIC_ROOT.
#   build.sh PYTHON
set -eu
python=$1
cd "$(dirname "$0")/../../.."
"$python" manage.py compile_translations
"$python" manage.py collectstatic --no-input --verbosity 0
"$python" -m compileall -q site directory learning mentoring search
