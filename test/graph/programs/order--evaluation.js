// entry -> c()
// c() -> throw2 thrown | d.e
// d.e -> throw3 thrown | a.b(c(), d.e)
// a.b(c(), d.e) -> throw2 thrown | end

function f() {
  a.b(c(), d.e);
}
