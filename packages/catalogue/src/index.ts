export type {
  Acquire, AcquireTimeout, Arrival, DisposeEffect, Disposes, Driver, Evidence, FatalError, Gauges,
  Maker, Member, NativeOption, Package, Ping, Release, Role, Scope, StatementTimeout, TypeFacts,
} from './driver.ts';
export { drivers } from './drivers/index.ts';
export { mergeDrivers } from './merge.ts';
export { nearest } from './nearest.ts';
export type {
  DeadlockRecord, DirtyReturnRecord, ExhaustedRecord, LeakRecord, NestedAcquireRecord, OutcomeRecord,
  ReportBase, ReportedEvidence, ReportRecord, ReportSchemaVersion, ReportSite, SiteRecord, StaleHandleRecord,
} from './report.ts';
export { RecordError } from './record-error.ts';
export type { UserDriver } from './user-driver.ts';
