// What other folders may use of this one.

export { compileApi, type Api, type ApiData } from './api';
export { checkRequests, type CheckOptions } from './check/check';
export type { RequestFinding } from './check/finding';
export { targetOf, type Target } from './check/target';
export { correctRequest } from './correct';
export { requestFacts, type RequestFact } from './facts';
export type { ParsedRequest } from './model';
export { parseRequests } from './parse';
export { findReplies, type EnvelopeNames, type Reply } from './responses';
export { readRequests, type RequestReading } from './requests';
