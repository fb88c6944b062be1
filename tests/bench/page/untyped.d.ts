/** What the bench uses of two packages that bring no types for the browser. */
declare module 'exceljs/dist/exceljs.min.js' {
  const ExcelJS: typeof import('exceljs');
  export default ExcelJS;
}

declare module 'pouchdb-browser' {
  interface Row<T> {
    readonly doc?: T;
  }
  export default class PouchDB<T> {
    constructor(name: string, options: { auto_compaction: boolean });
    bulkDocs(documents: readonly object[]): Promise<unknown>;
    allDocs(options: { include_docs: true; keys?: readonly string[] }): Promise<{ rows: Row<T>[] }>;
    get(id: string): Promise<T & { readonly _id: string; readonly _rev: string }>;
    put(document: object): Promise<unknown>;
    close(): Promise<void>;
    static replicate(
      source: PouchDB<unknown>,
      target: PouchDB<unknown>,
    ): Promise<{ readonly docs_written: number }>;
  }
}
