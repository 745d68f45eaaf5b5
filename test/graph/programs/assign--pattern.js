// entry -> await b
// await b -> throw1 thrown | { a } = await b
// { a } = await b -> throw3 thrown | end

async function f() {
  const { a } = await b;
}
