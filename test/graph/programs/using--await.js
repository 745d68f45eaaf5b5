// entry -> b()
// b() -> throw2 thrown | a = b()
// a = b() -> c()
// c() -> throw2 dispose a = b() | dispose a = b()
// dispose a = b() -> end
// dispose a = b() -> thrown

async function f() {
  await using a = b();
  c();
}
