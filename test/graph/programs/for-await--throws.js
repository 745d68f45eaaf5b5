// entry -> test for await (const one of list)…
// test for await (const one of list)… -> throw1 thrown | false end | true bind const one
// bind const one -> a(one)
// a(one) -> throw2 thrown | test for await (const one of list)…

async function f(list) {
  for await (const one of list) a(one);
}
