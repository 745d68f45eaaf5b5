// entry -> test a
// test a -> true test b | false end
// test b -> true test a | false test c
// test c -> true end | false d()
// d() -> throw2 thrown | test a

function f(a) {
  while (a) {
    if (b) continue;
    if (c) break;
    d();
  }
}
