// entry -> test a
// test a -> true test b | false test c
// test b -> true test c | false d()
// test c -> true d() | false end
// d() -> throw2 thrown | end

function f(a, b, c) {
  if ((a && !b) || c) d();
}
