// entry -> a()
// a() -> throw2 d() | settle a()
// settle a() -> throw1 d() | bind () => b()
// bind () => b() -> b()
// b() -> throw2 d() | settle b()
// settle b() -> throw1 d() | return b()
// return b() -> d()
// d() -> throw2 thrown | end

async function f() {
  try {
    a().then(() => b());
  } catch {
    c();
  }
  d();
}
