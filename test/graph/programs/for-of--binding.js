// entry -> test for (const one of list) a(one…
// test for (const one of list) a(one… -> false end | true bind const one
// bind const one -> a(one)
// a(one) -> throw2 thrown | test for (const one of list) a(one…

function f(list) {
  for (const one of list) a(one);
}
