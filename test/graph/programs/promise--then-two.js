// entry -> a()
// a() -> throw2 bind () => c | settle a()
// settle a() -> throw1 bind () => c | bind () => b
// bind () => c -> return c
// bind () => b -> return b
// return c -> return return a().then(() => b, () =…
// return b -> return return a().then(() => b, () =…
// return return a().then(() => b, () =… -> end

function f() {
  return a().then(() => b, () => c);
}
