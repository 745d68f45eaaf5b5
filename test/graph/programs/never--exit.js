// entry -> test a
// test a -> true process.exit(1) | false b()
// b() -> throw2 thrown | end

function f(a) {
  if (a) process.exit(1);
  b();
}
