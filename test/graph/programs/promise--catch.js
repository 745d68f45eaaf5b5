// entry -> a()
// a() -> throw2 bind () => b() | settle a()
// settle a() -> throw1 bind () => b() | bind a().catch(() => b())
// bind () => b() -> b()
// bind a().catch(() => b()) -> await a().catch(() => b())
// b() -> throw2 thrown | settle b()
// settle b() -> throw1 thrown | return b()
// await a().catch(() => b()) -> c()
// return b() -> await a().catch(() => b())
// c() -> throw2 thrown | end

async function f() {
  await a().catch(() => b());
  c();
}
