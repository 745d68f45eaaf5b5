// entry -> a()
// a() -> throw2 thrown | test a()
// test a() -> true b() | false a()
// b() -> throw2 thrown | end

function f() {
  while (true) {
    if (a()) break;
  }
  b();
}
