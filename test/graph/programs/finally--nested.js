// entry -> await a
// await a -> throw1 b() | return return await a;
// return return await a; -> b()
// b() -> throw2 c() | c()
// b() -> throw2 c() | c()
// c() -> throw2 thrown | thrown
// c() -> throw2 thrown | end

async function f() {
  try {
    try {
      return await a;
    } finally {
      b();
    }
  } finally {
    c();
  }
}
