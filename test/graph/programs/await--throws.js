// entry -> await a
// await a -> throw1 thrown | b.c()
// b.c() -> throw2 thrown | end

async function f() {
  await a;
  b.c();
}
