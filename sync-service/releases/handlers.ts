import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { EventHandler } from '@skerry/shared/metamodel/entity';

export type Moment = EventHandler['moment'];
export type Event = EventHandler['event'];

/** A microflow that runs when something happens to an object. Nanoflows handle events on devices and are not among them. */
export interface Handler {
  readonly moment: Moment;
  readonly event: Event;
  /** `Module.Name` */
  readonly microflow: string;
  readonly passObject: boolean;
  readonly raiseErrorOnFalse: boolean;
}

export function handlersOf(view: DomainView, entity: string): readonly Handler[] {
  return view
    .lineage(entity)
    .toReversed()
    .flatMap((at) => view.entity(at)?.eventHandlers ?? [])
    .filter(({ flow }) => view.model.find('microflow', flow))
    .map(({ moment, event, flow, passObject, raiseErrorOnFalse }) => ({
      moment,
      event,
      microflow: flow,
      passObject,
      raiseErrorOnFalse,
    }));
}
