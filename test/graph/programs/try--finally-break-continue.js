// entry -> test for (const one of list) { try…
// test for (const one of list) { try… -> false b() | true bind const one
// bind const one -> test one
// b() -> throw2 thrown | end
// test one -> true a() | false a()
// a() -> throw2 thrown | b()
// a() -> throw2 thrown | test for (const one of list) { try…

function f(list) {
  for (const one of list) {
    try {
      if (one) break;
      continue;
    } finally {
      a();
    }
  }
  b();
}
