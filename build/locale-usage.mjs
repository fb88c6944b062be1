// Which keys and which codes do the sources name?
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { listFiles } from './check-files.mjs';

const CODE = /^[a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*$/;

/**
 * The string literals of the sources, the patterns of their template literals (`kit.step.${step}` may be any key
 * that starts with `kit.step.`), and the error or notice codes that core, hosts and shell make.
 */
export function readUsage() {
  const literals = new Set();
  const patterns = [];
  const codes = new Map();

  for (const file of listFiles(/\.tsx?$/, ['renderer', 'electron'])) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isStringLiteralLike(node)) {
        literals.add(node.text);
        if (CODE.test(node.text) && makesCode(node)) codes.set(node.text, codes.get(node.text) ?? file);
      } else if (ts.isTemplateExpression(node) && node.head.text.includes('.')) {
        const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
        patterns.push(new RegExp(`^${parts.map((part) => literally(part)).join('.+')}$`));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { literals, patterns, codes };
}

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `new CodedError('area/what', …)`, or the value of a `code` member. */
function makesCode(node) {
  const { parent } = node;
  if (ts.isNewExpression(parent)) {
    return (
      ts.isIdentifier(parent.expression) &&
      parent.expression.text === 'CodedError' &&
      parent.arguments?.[0] === node
    );
  }
  return ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name) && parent.name.text === 'code';
}
