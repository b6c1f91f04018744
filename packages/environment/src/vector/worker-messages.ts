/** What a worker is started with, beside the port through which it is called. */
export interface WorkerSetup {
  /** The URL of the module that makes environments. */
  readonly module: string;
  readonly options: unknown;
  /** How many environments this worker holds. */
  readonly count: number;
}

/** A call of one of the worker's environments. */
export interface WorkerRequest {
  readonly id: number;
  /** Its index in this worker. */
  readonly environment: number;
  readonly method: 'reset' | 'step' | 'state' | 'restore' | 'close';
  readonly argument: unknown;
}

/** The answer to the request of the same id. */
export type WorkerReply =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: unknown };
