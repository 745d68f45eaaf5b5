// entry -> test case 1: a();
// test case 1: a(); -> true a() | false test case 2: b(); break;
// a() -> throw2 thrown | b()
// test case 2: b(); break; -> true b() | false c()
// b() -> throw2 thrown | d()
// c() -> throw2 thrown | d()
// d() -> throw2 thrown | end

function f(k) {
  switch (k) {
    case 1:
      a();
    case 2:
      b();
      break;
    default:
      c();
  }
  d();
}
