// entry -> test a
// test a -> true b() | false end
// b() -> throw2 thrown | end

class A {
  static {
    if (a) b();
  }
}
