/** The parts of a workbook that hold no cells (ECMA-376 part 1, 18; transitional). No author, no company, no time. */
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface PlacedSheet {
  /** Escaped for XML. */
  readonly name: string;
  /** `$A$1:$D$20` when the sheet has filters. */
  readonly filter: string | null;
}

export const sheetPath = (number: number): string => `xl/worksheets/sheet${number}.xml`;

export function contentTypes(sheets: number): string {
  const overrides = Array.from(
    { length: sheets },
    (_, i) => `<Override PartName="/${sheetPath(i + 1)}" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
  ).join('');
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/>${overrides}<Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${SPREADSHEET}.sharedStrings+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`;
}

export const packageRelations = (): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${DOCUMENT}/extended-properties" Target="docProps/app.xml"/></Relationships>`;

export const appProperties = (): string =>
  `${HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Baikoo</Application></Properties>`;

export function workbookRelations(sheets: number): string {
  const relations = Array.from(
    { length: sheets },
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  ).join('');
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations}<Relationship Id="rId${sheets + 1}" Type="${DOCUMENT}/styles" Target="styles.xml"/><Relationship Id="rId${sheets + 2}" Type="${DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`;
}

export function workbookXml(sheets: readonly PlacedSheet[]): string {
  const list = sheets
    .map(({ name }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('');
  const filters = sheets
    .map(({ name, filter }, i) =>
      filter === null
        ? ''
        : `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">'${name.replaceAll("'", "''")}'!${filter}</definedName>`,
    )
    .join('');
  const names = filters === '' ? '' : `<definedNames>${filters}</definedNames>`;
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><workbookPr date1904="0"/><bookViews><workbookView activeTab="0"/></bookViews><sheets>${list}</sheets>${names}</workbook>`;
}

/** The order of `cellXfs` is that of `STYLE` in `xlsx-cells.ts`; position 0 is the default that Excel asks for. */
export function stylesXml(days: 'dmy' | 'ymd'): string {
  // [$-419], Russian: without a language LibreOffice swaps this pattern for the date order of its own locale.
  const day = days === 'dmy' ? '[$-419]dd\\.mm\\.yyyy' : 'yyyy\\-mm\\-dd';
  const xf = (attributes: string, alignment: string): string =>
    `<xf xfId="0" borderId="0" ${attributes} applyAlignment="1"><alignment vertical="top"${alignment}/></xf>`;
  const plain = 'numFmtId="0" fontId="0" fillId="0"';
  // 49 is "@", text: what is typed over a code later stays text as well. Not for long texts: up to Excel 2007 a cell of
  // that format with more than 255 characters shows only #####.
  const text = 'numFmtId="49" fontId="0" fillId="0" applyNumberFormat="1"';
  const cellXfs = [
    xf(plain, ''),
    xf('numFmtId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"', ' wrapText="1"'),
    xf(plain, ' wrapText="1"'),
    xf(text, ''),
    xf(`${plain} quotePrefix="1"`, ' wrapText="1"'),
    xf(`${text} quotePrefix="1"`, ''),
    xf(plain, ''),
    xf('numFmtId="164" fontId="0" fillId="0" applyNumberFormat="1"', ' horizontal="left"'),
    xf('numFmtId="165" fontId="0" fillId="0" applyNumberFormat="1"', ' horizontal="left"'),
  ];
  const font = (bold: string): string =>
    `<font>${bold}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="${day}"/><numFmt numFmtId="165" formatCode="${day}\\ hh:mm:ss"/></numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF2"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cellXfs.length}">${cellXfs.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
