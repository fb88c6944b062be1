// `npm run check:purity`: what imports cannot tell. Core asks no clock and no dice and loads nothing later; only
// the vault touches WebCrypto; only the host adapters touch the bridge into Electron.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { listFiles, report } from './check-files.mjs';

const isCore = (file) => file.startsWith('renderer/core/');
/** What is refused, where, and what to do instead. */
const RULES = [
  {
    applies: (file) => file.startsWith('renderer/') && !file.startsWith('renderer/core/vault/'),
    refuses: (node) =>
      ts.isIdentifier(node) &&
      node.text === 'crypto' &&
      !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
      !ts.isPropertyAssignment(node.parent),
    says: 'uses "crypto"; only renderer/core/vault/ may',
  },
  {
    applies: isCore,
    refuses: (node) => isMember(node, 'Date', 'now') || isMember(node, 'Math', 'random'),
    says: 'asks the clock or the dice; take a Clock or a Random as a parameter',
  },
  {
    applies: isCore,
    refuses: (node) =>
      ts.isNewExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'Date' &&
      (node.arguments?.length ?? 0) === 0,
    says: 'makes a Date of the present; take a Clock as a parameter',
  },
  {
    applies: isCore,
    refuses: (node) => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword,
    says: 'imports at run time; import statically',
  },
  {
    applies: (file) => file.startsWith('renderer/') && !file.startsWith('renderer/host/'),
    refuses: (node) => isMember(node, 'window', 'host') || isMember(node, 'globalThis', 'host'),
    says: 'reaches for window.host; only renderer/host/ may',
  },
];

function isMember(node, object, member) {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object &&
    node.name.text === member
  );
}

const problems = [];
for (const file of listFiles(/\.tsx?$/, ['renderer'])) {
  if (file.endsWith('.d.ts')) continue;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const rules = RULES.filter((rule) => rule.applies(file));
  const visit = (node) => {
    for (const rule of rules) {
      if (!rule.refuses(node)) continue;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      problems.push(`${file}:${line + 1}: ${rule.says}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
report('purity', problems);
