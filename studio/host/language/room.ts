import { userFault } from '@skerry/shared/base/fault';
import type { Model } from '@skerry/shared/metamodel/model';
import { type TextPlace, textPlace } from '@skerry/shared/validation/text-place';
import type { CallReply, Handlers } from '@skerry/studio/bridge/calls/index';
import type { LANGUAGE_CALLS } from '@skerry/studio/bridge/calls/language-calls';
import type { HostContext } from '../host-context.ts';
import { servicesOf } from './services.ts';

export interface LanguageRoom {
  readonly handlers: Pick<Handlers, keyof typeof LANGUAGE_CALLS>;
}

interface Slot {
  readonly document: string;
  readonly path: readonly (string | number)[];
}

/** Language services for whatever text is being typed: its place in the open project gives language and surroundings. */
export function languageRoom(context: HostContext): LanguageRoom {
  const at = (slot: Slot) => {
    const { model } = context.session();
    const place = placeOf(model, slot);
    return { place, services: servicesOf(place), model };
  };
  return {
    handlers: {
      'language/complete': (asked) =>
        at(asked).services.complete(asked.text, asked.offset) as CallReply<'language/complete'>,
      'language/hover': (asked) => at(asked).services.hover(asked.text, asked.offset),
      'language/diagnose': (asked) =>
        at(asked)
          .place.check(asked.text)
          .map((one) => ({
            ...one,
            document: asked.document,
            path: [...asked.path],
          })) as CallReply<'language/diagnose'>,
      'language/definition': (asked) => at(asked).services.definition(asked.text, asked.offset, asked.document),
      'language/signature': (asked) =>
        at(asked).services.signature(asked.text, asked.offset) as CallReply<'language/signature'>,
    },
  };
}

/** @throws Fault `language/no-such-document`, `language/no-text-here` */
function placeOf(model: Model, { document: path, path: inner }: Slot): TextPlace {
  const document = model.documents.get(path);
  if (!document) {
    throw userFault('language/no-such-document', `There is no document at ${path} that could be read.`);
  }
  const place = textPlace(model, document, inner);
  if (!place) {
    throw userFault('language/no-text-here', `${path} takes no text in one of the languages at ${inner.join('/')}.`);
  }
  return place;
}
