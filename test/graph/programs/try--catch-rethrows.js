// entry -> await a
// await a -> throw1 bind error | end
// bind error -> throw throw error;
// throw throw error; -> throw0 thrown

async function f() {
  try {
    await a;
  } catch (error) {
    throw error;
  }
}
