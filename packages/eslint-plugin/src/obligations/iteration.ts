/** Array methods: the function runs any number of times, before the call returns. */
export const iterates: ReadonlySet<string> = new Set([
  'forEach', 'map', 'filter', 'reduce', 'reduceRight', 'some', 'every', 'find', 'findIndex',
  'flatMap', 'sort', 'each', 'eachSeries', 'eachLimit', 'mapSeries', 'times',
]);
