// entry -> test case 1: b();
// test case 1: b(); -> true b() | false a()
// b() -> throw2 thrown | end
// a() -> throw2 thrown | b()

function f(k) {
  switch (k) {
    default:
      a();
    case 1:
      b();
  }
}
