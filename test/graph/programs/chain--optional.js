// entry -> test a
// test a -> true a?.b | false d()
// a?.b -> throw3 thrown | a?.b.c()
// d() -> throw2 thrown | end
// a?.b.c() -> throw2 thrown | d()

function f(a) {
  a?.b.c();
  d();
}
