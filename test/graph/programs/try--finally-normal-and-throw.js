// entry -> await a
// await a -> throw1 b() | b()
// b() -> throw2 thrown | c()
// b() -> throw2 thrown | thrown
// c() -> throw2 thrown | end

async function f() {
  try {
    await a;
  } finally {
    b();
  }
  c();
}
