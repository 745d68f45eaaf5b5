// entry -> b()
// b() -> throw2 thrown | a = b()
// a = b() -> c()
// c() -> throw2 dispose a = b() | dispose a = b()
// dispose a = b() -> throw1 thrown | end
// dispose a = b() -> throw1 thrown | thrown

async function f() {
  await using a = b();
  c();
}
