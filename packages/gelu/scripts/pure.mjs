// A plugin for the bundle: bundlers drop what a program does not use only where they see that nothing else depends on its
// being made. Our modules make things at their top level and do nothing there, which is said here once, of all of them.
import { RolldownMagicString } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/** The value of arithmetic on numbers and `known` constants, else undefined. */
function numberOf(node, known) {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (node.type === 'ParenthesizedExpression') return numberOf(node.expression, known);
  if (node.type === 'Identifier') return known.get(node.name);
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = numberOf(node.argument, known);
    return value === undefined ? undefined : -value;
  }
  if (node.type !== 'BinaryExpression') return undefined;
  const [a, b] = [numberOf(node.left, known), numberOf(node.right, known)];
  if (a === undefined || b === undefined) return undefined;
  const { [node.operator]: operation } = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '**': a ** b,
    '<<': a << b,
  };
  return operation;
}

/** Whether every bundler sees that making it has no effect. */
function isSeen(node, code) {
  switch (node?.type) {
    case undefined: // a hole, or a declaration without a value
    case 'Literal':
    case 'Identifier':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
      return true;
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'UnaryExpression': // Bun takes a BigInt's sign for an operation that may fail
      return node.argument.type === 'Literal' && typeof node.argument.value !== 'bigint';
    case 'ArrayExpression':
      return node.elements.every((element) => isSeen(element, code));
    case 'ObjectExpression':
      return node.properties.every((p) => p.type === 'Property' && !p.computed && isSeen(p.value, code));
    case 'CallExpression':
    case 'NewExpression':
      return code.slice(0, node.start).endsWith('__PURE__ */ ') && node.arguments.every((a) => isSeen(a, code));
    default:
      return false;
  }
}

/** For the chunks whose file names `appliesTo` takes. */
export const pure = (appliesTo) => ({
  name: 'pure',
  renderChunk(code, { fileName }) {
    if (!appliesTo(fileName)) return null;
    const text = new RolldownMagicString(code);
    const known = new Map();
    for (const statement of parseAst(code).body) {
      const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (declaration?.type !== 'VariableDeclaration') continue;
      for (const { id, init } of declaration.declarations) {
        const number = init && declaration.kind === 'const' ? numberOf(init, known) : undefined;
        if (number !== undefined) {
          known.set(id.name, number);
          if (init.type === 'BinaryExpression') text.overwrite(init.start, init.end, String(number));
        } else if (!isSeen(init, code)) {
          text.appendLeft(init.start, '/* @__PURE__ */ (() => (').appendRight(init.end, '))()');
        }
      }
    }
    return { code: text };
  },
});
