// entry -> c()
// c() -> throw2 thrown | end

class A {
  b = c();
}
