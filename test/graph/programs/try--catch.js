// entry -> await a
// await a -> throw1 bind error | c()
// bind error -> b(error)
// c() -> throw2 thrown | end
// b(error) -> throw2 thrown | c()

async function f() {
  try {
    await a;
  } catch (error) {
    b(error);
  }
  c();
}
