export type ErrorDetail = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A failure that the caller cannot mend on the spot.
 *
 * `code` (`area/what`) is what the interface translates; `message` is a full English sentence for a log
 * or a developer, never for a person at the screen; `detail` holds primitives only, so that a record can
 * never be logged whole. `code` and `detail` survive a worker or process boundary through `toWire`.
 */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: string;
  readonly detail: ErrorDetail;

  constructor(code: string, message: string, detail: ErrorDetail = {}) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly detail: ErrorDetail;
}

/** What crosses a boundary: an unforeseen error becomes `internal/unexpected` and loses its message, which may quote data. */
export function toWire(error: unknown): WireError {
  if (error instanceof CodedError) return { code: error.code, message: error.message, detail: error.detail };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'internal/unexpected', message: 'An unforeseen error occurred.', detail: { name } };
}

export function fromWire(wire: WireError): CodedError {
  return new CodedError(wire.code, wire.message, wire.detail);
}

export function codeOf(error: unknown): string {
  return error instanceof CodedError ? error.code : 'internal/unexpected';
}
