// entry -> test a
// test a -> true b() | false c()
// b() -> throw2 thrown | return return a ? b() : c();
// c() -> throw2 thrown | return return a ? b() : c();
// return return a ? b() : c(); -> end

function f(a) {
  return a ? b() : c();
}
