// entry -> test a
// test a -> true c() | false b()
// b() -> throw2 thrown | c()
// c() -> throw2 thrown | end

function f(a) {
  block: {
    if (a) break block;
    b();
  }
  c();
}
