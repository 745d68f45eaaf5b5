// entry -> a()
// a() -> throw2 d() | settle a()
// settle a() -> throw1 d() | bind (b) => b.c
// bind (b) => b.c -> b.c
// b.c -> throw3 d() | return b.c
// return b.c -> return return a().then((b) => b.c);
// return return a().then((b) => b.c); -> d()
// d() -> throw2 thrown | end
// d() -> throw2 thrown | thrown

async function f() {
  try {
    return a().then((b) => b.c);
  } catch {
    e();
  } finally {
    d();
  }
}
