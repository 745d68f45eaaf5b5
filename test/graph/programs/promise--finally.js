// entry -> a()
// a() -> throw2 bind () => b() | settle a()
// settle a() -> throw1 bind () => b() | bind () => b()
// bind () => b() -> b()
// bind () => b() -> b()
// b() -> throw2 thrown | settle b()
// b() -> throw2 thrown | settle b()
// settle b() -> throw1 thrown | return b()
// settle b() -> throw1 thrown | return b()
// return b() -> thrown
// return b() -> bind a().finally(() => b())
// bind a().finally(() => b()) -> return return a().finally(() => b());
// return return a().finally(() => b()); -> end

function f() {
  return a().finally(() => b());
}
