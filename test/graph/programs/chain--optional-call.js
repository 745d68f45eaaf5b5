// entry -> test a.b
// test a.b -> true c() | false end
// c() -> throw2 thrown | a.b?.(c())
// a.b?.(c()) -> throw2 thrown | end

function f(a) {
  a.b?.(c());
}
