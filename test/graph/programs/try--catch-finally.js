// entry -> await a
// await a -> throw1 b() | c()
// b() -> throw2 c() | c()
// c() -> throw2 thrown | end
// c() -> throw2 thrown | thrown

async function f() {
  try {
    await a;
  } catch {
    b();
  } finally {
    c();
  }
}
