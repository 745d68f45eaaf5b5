// entry -> b()
// b() -> throw2 thrown | a = b()
// a = b() -> d()
// d() -> throw2 dispose a = b() | c = d()
// c = d() -> e()
// e() -> throw2 dispose c = d() | dispose c = d()
// dispose c = d() -> throw1 dispose a = b() | dispose a = b()
// dispose c = d() -> throw1 dispose a = b() | dispose a = b()
// dispose a = b() -> throw1 thrown | end
// dispose a = b() -> throw1 thrown | thrown

async function f() {
  await using a = b(), c = d();
  e();
}
