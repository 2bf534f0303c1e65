import { parseSync } from 'vite';

export type Import = {
  /** What is imported as it is written; nothing when it is computed. */
  specifier: string | undefined;
  line: number;
  /** static: loaded with the file; dynamic: when it is reached; type: never. */
  loads: 'static' | 'dynamic' | 'type';
};

export type Finding = { line: number; what: string };

export type ParsedSource = {
  imports: Import[];
  /** Uses of the type `any`. */
  anys: Finding[];
  /** Reading the clock or making up numbers. */
  impurities: Finding[];
};

type Node = { type: string; start: number; [key: string]: unknown };

/** A real parser, so that comments and texts that look like imports are none. @throws when the text does not parse */
export function parseSource(path: string, text: string): ParsedSource {
  const result = parseSync(path, text);
  const error = result.errors[0];
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const found: ParsedSource = { imports: [], anys: [], impurities: [] };
  const add = (specifier: string | undefined, offset: number, loads: Import['loads']) =>
    found.imports.push({ specifier, line: lineAt(offset), loads });

  for (const comment of result.comments) {
    const reference = /^\/\s*<reference\s+(?:types|path)="([^"]+)"/.exec(comment.value);
    if (reference) add(reference[1], comment.start, 'type');
  }
  visit(result.program as unknown as Node, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        if (node.source) add(textOf(node.source), node.start, isTypeOnly(node) ? 'type' : 'static');
        break;
      case 'ImportExpression':
        add(textOf(node.source), node.start, 'dynamic');
        break;
      case 'TSImportType':
        add(textOf(node.source ?? node.argument), node.start, 'type');
        break;
      case 'TSExternalModuleReference':
        add(textOf(node.expression), node.start, 'static');
        break;
      case 'CallExpression':
        if (nameOf(node.callee) === 'require') add(textOf((node.arguments as Node[])[0]), node.start, 'static');
        if (nameOf(node.callee) === 'Date') found.impurities.push({ line: lineAt(node.start), what: 'Date()' });
        break;
      case 'NewExpression':
        if (nameOf(node.callee) === 'Date' && (node.arguments as Node[]).length === 0) {
          found.impurities.push({ line: lineAt(node.start), what: 'new Date()' });
        }
        break;
      case 'MemberExpression': {
        const member = `${nameOf(node.object)}.${nameOf(node.property)}`;
        if (impure.has(member)) found.impurities.push({ line: lineAt(node.start), what: member });
        break;
      }
      case 'TSAnyKeyword':
        found.anys.push({ line: lineAt(node.start), what: 'any' });
        break;
    }
  });
  return found;
}

const impure = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues']);

function visit(node: Node, enter: (node: Node) => void): void {
  enter(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, enter);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** `import type …`, or braces in which every name is marked `type`. */
function isTypeOnly(node: Node): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = (node.specifiers ?? []) as Node[];
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type');
}

function textOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'TSLiteralType') return textOf(value.literal);
  return value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' ? (value.name as string) : undefined;
}
