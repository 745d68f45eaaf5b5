// entry -> throw throw a;
// throw throw a; -> throw0 thrown

function f() {
  throw a;
  b();
}
