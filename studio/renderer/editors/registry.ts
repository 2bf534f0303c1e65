import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import type { EditorDeclaration } from './editor.ts';

/** One row per editor; the first that names the kind shows it. An entity opens in the domain model of its module. */
export const EDITORS: readonly EditorDeclaration[] = [
  {
    id: 'domain-model',
    kinds: ['domain', 'entity'],
    icon: 'type-hierarchy-sub',
    load: async () => (await import('./domain-model/domain-model-editor.tsx')).DomainModelEditor,
  },
  {
    id: 'flow',
    kinds: ['microflow', 'nanoflow'],
    icon: 'zap',
    load: async () => (await import('./flow/flow-editor.tsx')).FlowEditor,
  },
  {
    id: 'page',
    kinds: ['page', 'snippet', 'layout'],
    icon: 'browser',
    load: async () => (await import('./page/page-editor.tsx')).PageEditor,
  },
  {
    id: 'navigation-profile',
    kinds: ['navigationProfile'],
    icon: 'device-mobile',
    load: async () => (await import('./navigation-profile/navigation-profile-editor.tsx')).NavigationProfileEditor,
  },
];

export function editorOf(kind: DocumentKind): EditorDeclaration | undefined {
  return EDITORS.find((editor) => editor.kinds.includes(kind));
}
