import { walkDocument } from '@skerry/shared/metamodel/walk';
import { LANGUAGE_CALLS } from '@skerry/studio/bridge/calls/language-calls';
import { z } from '@skerry/studio/bridge/declare';
import { describe, expect, test } from 'vitest';
import { languageRoom } from '../../../../studio/host/language/room.ts';
import { sampleDocuments } from '../../../fixtures/sample-project.ts';
import { FakeContext, FakeSession } from '../fake-session.ts';

const session = new FakeSession(sampleDocuments());
const { handlers } = languageRoom(new FakeContext(session));

/** The first text in a document of which something holds. */
function slotIn(document: string, fits: (text: string, language: string) => boolean) {
  const content = session.content.get(document) ?? expect.fail(document);
  const slot = walkDocument(document, content).slots.find((one) => fits(one.text, one.language));
  return { document, path: [...(slot ?? expect.fail(`a text in ${document}`)).path] };
}

const SUBMIT = 'modules/Field/nanoflows/SubmitInspection.json';
const INSPECTION = 'modules/Field/entities/Inspection.json';

describe('language services', () => {
  test('a text of a flow sees the variables in scope at its node', async () => {
    const slot = slotIn(SUBMIT, (text, language) => language === 'expression' && text.includes('$Inspection'));
    const completion = await handlers['language/complete']({ ...slot, text: '$', offset: 1 });
    expect(z.safeParse(LANGUAGE_CALLS['language/complete'].reply, completion).success).toBe(true);
    expect(completion.items.map((item) => item.label)).toContain('$Inspection');
    const definition = await handlers['language/definition']({ ...slot, text: '$Inspection', offset: 4 });
    expect(definition).toMatchObject({ document: SUBMIT, span: { start: 0, end: 11 } });
    expect(definition?.element).toMatch(/^[a-z2-7]{16}$/);
  });

  test('an access rule’s constraint is about its entity', async () => {
    const slot = slotIn(INSPECTION, (text, language) => language === 'constraint' && text !== '');
    const { items } = await handlers['language/complete']({ ...slot, text: '[Status = ', offset: 10 });
    expect(items[0]).toMatchObject({ label: "'Draft'", kind: 'enumerationValue' });
    const hover = await handlers['language/hover']({ ...slot, text: '[Status = empty]', offset: 3 });
    expect(hover?.markdown).toContain('Enumeration Field.InspectionStatus');
    const found = await handlers['language/diagnose']({ ...slot, text: '[Statsu = empty]' });
    expect(found[0]).toMatchObject({ code: 'constraint/unknown-member', document: INSPECTION, path: slot.path });
    expect(z.safeParse(LANGUAGE_CALLS['language/diagnose'].reply, found).success).toBe(true);
    expect(await handlers['language/diagnose']({ ...slot, text: '' })).toEqual([]);
    const signature = await handlers['language/signature']({ ...slot, text: '[contains(Title, ', offset: 17 });
    expect(signature).toMatchObject({ active: 1, parameters: ['text', 'part'] });
  });

  test('an edit of the model is seen by the next question', async () => {
    const slot = slotIn(INSPECTION, (text, language) => language === 'constraint' && text !== '');
    session.put(INSPECTION, (entity) => ({
      ...entity,
      attributes: [
        ...entity.attributes,
        { id: 'abcdefghijklmnop', name: 'Weather', type: { kind: 'String', length: 20 } },
      ],
    }));
    const { items } = await handlers['language/complete']({ ...slot, text: '[W', offset: 2 });
    expect(items.map((item) => item.label)).toContain('Weather');
  });

  test('a place that takes no text, and a document that is not there, are refused', () => {
    const ask = (document: string, path: string[]) => () =>
      handlers['language/complete']({ document, path, text: '', offset: 0 });
    expect(ask(SUBMIT, ['name'])).toThrow(expect.objectContaining({ code: 'language/no-text-here' }));
    expect(ask('modules/Field/pages/Nothing.json', ['a'])).toThrow(
      expect.objectContaining({ code: 'language/no-such-document' }),
    );
  });
});
