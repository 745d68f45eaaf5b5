// entry -> fail(a)
// fail(a) -> throw0 b()
// b() -> throw2 thrown | thrown

function f(a) {
  try {
    fail(a);
  } finally {
    b();
  }
  c();
}
