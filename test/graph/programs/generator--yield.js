// entry -> yield b
// yield b -> throw1 thrown | a = yield b
// a = yield b -> c(a)
// c(a) -> throw2 thrown | end

function* f() {
  const a = yield b;
  c(a);
}
