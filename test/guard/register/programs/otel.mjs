// Traces pg as an application does that has OpenTelemetry, with a tracer that only keeps names.
import { trace } from '@opentelemetry/api';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

/** @type {string[]} */
const names = [];
const span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 });
trace.setGlobalTracerProvider({
  getTracer: () => ({
    startSpan(name) {
      names.push(name);
      return span;
    },
    startActiveSpan() {
      throw new Error('Nobody should have called this.');
    },
  }),
});
const library = createRequire(import.meta.url).resolve('@opentelemetry/instrumentation-pg');
const core = createRequire(library).resolve('@opentelemetry/instrumentation');
register(createRequire(core).resolve('import-in-the-middle/hook.mjs'), pathToFileURL(core));
new PgInstrumentation().setTracerProvider(trace.getTracerProvider());
process.on('exit', () => console.log(`spans: ${names.join(', ')}`));
