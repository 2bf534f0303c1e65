import type { Channel } from './channel.ts';
import { type TextChannel, type TextLine, textChannel } from './text-channel.ts';

/** Two ends of one pipe in this process. What one sends arrives at the other a moment later, as after a journey. */
export function memoryChannels(): readonly [Channel, Channel] {
  const [one, other] = memoryLines();
  return [one.channel, other.channel];
}

/** The same with the lines beneath, for tests that speak out of turn. */
export function memoryLines(): readonly [TextChannel & { line: TextLine }, TextChannel & { line: TextLine }] {
  const lineTo = (far: () => TextChannel): TextLine => ({
    send: (text) => void Promise.resolve().then(() => far().receive(text)),
    close: () => void Promise.resolve().then(() => far().ended()),
  });
  const oneLine = lineTo(() => other);
  const otherLine = lineTo(() => one);
  const one = { ...textChannel(oneLine), line: oneLine };
  const other = { ...textChannel(otherLine), line: otherLine };
  return [one, other];
}
