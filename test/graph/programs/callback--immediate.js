// entry -> (() => { a(); })()
// (() => { a(); })() -> throw2 thrown | callback () => { a(); }
// callback () => { a(); } -> run a()
// a() -> throw2 threw () => { a(); } | b()
// threw () => { a(); } -> throw0 thrown | crash gone
// b() -> throw2 thrown | end

function f() {
  (() => {
    a();
  })();
  b();
}
