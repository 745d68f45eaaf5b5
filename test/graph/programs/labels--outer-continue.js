// entry -> test for (const row of rows) { for…
// test for (const row of rows) { for… -> false end | true bind const row
// bind const row -> test for (const cell of row) { if …
// test for (const cell of row) { if … -> false a() | true bind const cell
// bind const cell -> test cell
// a() -> throw2 thrown | test for (const row of rows) { for…
// test cell -> true test for (const row of rows) { for… | false test row
// test row -> true end | false test for (const cell of row) { if …

function f(rows) {
  outer: for (const row of rows) {
    for (const cell of row) {
      if (cell) continue outer;
      if (row) break outer;
    }
    a();
  }
}
