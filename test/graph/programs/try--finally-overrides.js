// entry -> await a
// await a -> throw1 return return b; | return return b;
// return return b; -> end
// return return b; -> end

async function f() {
  try {
    await a;
  } finally {
    return b;
  }
}
