// entry -> test case 1: continue loop;
// test case 1: continue loop; -> true test case 1: continue loop; | false test case 2: break loop;
// test case 2: break loop; -> true c() | false b()
// b() -> throw2 thrown | test case 1: continue loop;
// c() -> throw2 thrown | end

function f(a) {
  loop: while (true) {
    switch (a) {
      case 1:
        continue loop;
      case 2:
        break loop;
      default:
        break;
    }
    b();
  }
  c();
}
