// entry -> a = b
// a = b -> c = d
// c = d -> return return a;
// return return a; -> dispose c = d
// dispose c = d -> dispose a = b
// dispose a = b -> end

function f() {
  using a = b, c = d;
  return a;
}
