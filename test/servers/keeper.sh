# Ends a server and removes its folder as soon as standard input closes, which it does with the
# process that started the server, however that ends.
# $1: the folder. $2: the signal that ends the server. Input: one line per start, the server's process id.
trap '' HUP INT TERM
pid=
while read -r line; do pid=$line; done
if [ -n "$pid" ]; then
  kill -s "$2" "$pid" 2>/dev/null
  kill -s CONT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 500 ]; do
    tries=$((tries + 1))
    sleep 0.02
  done
  kill -s KILL "$pid" 2>/dev/null
fi
rm -rf -- "$1"
