// Traces pg as an application does that has OpenTelemetry, with a tracer that only keeps names.
import { context, trace } from '@opentelemetry/api';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

const names = [];
const span = new Proxy({}, {
  get: (_span, key) => (key === 'isRecording' ? () => false : key === 'spanContext' ? () => ({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 }) : () => span),
});
const start = (name) => {
  names.push(name);
  return span;
};
trace.setGlobalTracerProvider({
  getTracer: () => ({ startSpan: start, startActiveSpan: (name, ...rest) => context.with(context.active(), rest.at(-1), undefined, start(name)) }),
});
const library = createRequire(import.meta.url).resolve('@opentelemetry/instrumentation-pg');
const core = createRequire(library).resolve('@opentelemetry/instrumentation');
register(createRequire(core).resolve('import-in-the-middle/hook.mjs'), pathToFileURL(core));
new PgInstrumentation().setTracerProvider(trace.getTracerProvider());
process.on('exit', () => console.log(`spans: ${names.join(', ')}`));
