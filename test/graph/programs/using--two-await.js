// entry -> b()
// b() -> throw2 thrown | a = b()
// a = b() -> d()
// d() -> throw2 dispose a = b() | c = d()
// c = d() -> e()
// e() -> throw2 dispose c = d() | dispose c = d()
// dispose c = d() -> dispose a = b()
// dispose c = d() -> dispose a = b()
// dispose a = b() -> end
// dispose a = b() -> thrown

async function f() {
  await using a = b(), c = d();
  e();
}
