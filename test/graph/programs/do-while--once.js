// entry -> a()
// a() -> throw2 thrown | test b
// test b -> true a() | false c()
// c() -> throw2 thrown | end

function f() {
  do {
    a();
  } while (b);
  c();
}
