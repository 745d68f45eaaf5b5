// entry -> a((error) => { if (error) ret…
// a((error) => { if (error) ret… -> throw2 thrown | callback (error) => { if (error) retur…
// callback (error) => { if (error) retur… -> run test error | skip c()
// test error -> true return return; | false b()
// c() -> throw2 thrown | end
// return return; -> c()
// b() -> throw2 threw (error) => { if (error) retur… | c()
// threw (error) => { if (error) retur… -> throw0 thrown | crash gone

function f() {
  a((error) => {
    if (error) return;
    b();
  });
  c();
}
