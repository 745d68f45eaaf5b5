// entry -> test a
// test a -> true b() | false c()
// b() -> throw2 thrown | d()
// c() -> throw2 thrown | d()
// d() -> throw2 thrown | end

function f(a) {
  if (a) b();
  else c();
  d();
}
