// entry -> await b
// await b -> throw1 thrown | a = await b
// a = await b -> test a
// test a -> true c() | false end
// c() -> throw2 thrown | end

const a = await b;
if (a) c();
