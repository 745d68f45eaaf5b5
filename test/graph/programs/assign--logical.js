// entry -> test a
// test a -> true test a | false b()
// test a -> true a &&= c | false end
// b() -> throw2 thrown | a ??= b()
// a ??= b() -> test a
// a &&= c -> end

function f(a) {
  a ??= b();
  a &&= c;
}
