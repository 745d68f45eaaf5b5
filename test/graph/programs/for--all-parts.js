// entry -> i = 0
// i = 0 -> test i < n
// test i < n -> true a(i) | false end
// a(i) -> throw2 thrown | i++
// i++ -> test i < n

function f() {
  for (let i = 0; i < n; i++) a(i);
}
