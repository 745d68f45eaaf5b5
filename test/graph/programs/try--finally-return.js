// entry -> await a
// await a -> throw1 b() | return return await a;
// return return await a; -> b()
// b() -> throw2 thrown | thrown
// b() -> throw2 thrown | end

async function f() {
  try {
    return await a;
  } finally {
    b();
  }
}
