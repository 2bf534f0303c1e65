import { useCanvas } from '../../canvas/canvas-context.ts';
import type { ShapeProps } from '../../canvas/content.ts';
import { Icon } from '../../design/icon.tsx';
import type { FlowBadge, FlowNodeData } from './flow-diagram.ts';
import styles from './flow-nodes.module.css';
import { NODE_ICONS } from './node-icons.ts';
import { nodeSentence } from './node-words.ts';

type Props = ShapeProps<FlowNodeData>;

const BADGE_ICONS: { readonly [K in FlowBadge['kind']]: string } = {
  service: 'server',
  call: 'cloud',
  sync: 'cloud',
  opaque: 'question',
  error: 'shield',
};

function hintOf({ words, badges, problems, node }: FlowNodeData): string {
  return [nodeSentence(words), node.documentation, ...badges.map(({ text }) => text), ...problems]
    .filter(Boolean)
    .join('\n');
}

function classesOf(base: string | undefined, { isError, problems }: FlowNodeData, isSelected: boolean): string {
  const problem = problems.length === 0 ? undefined : isError ? styles.hasError : styles.hasWarning;
  return [base, problem, isSelected && styles.selected].filter(Boolean).join(' ');
}

function Badges({ data }: { readonly data: FlowNodeData }) {
  const { badges, problems, isError } = data;
  if (badges.length === 0 && problems.length === 0) return null;
  return (
    <span className={styles.badges}>
      {badges.map(({ kind, text }) => (
        <span key={kind} role="img" aria-label={text} title={text} className={styles[`badge-${kind}`]}>
          <Icon name={BADGE_ICONS[kind]} />
        </span>
      ))}
      {problems.length > 0 && (
        <span
          role="img"
          aria-label={problems.join(' ')}
          title={problems.join('\n')}
          className={isError ? styles.error : styles.warning}
        >
          <Icon name={isError ? 'error' : 'warning'} />
        </span>
      )}
    </span>
  );
}

export function ActivityNode({ data, isSelected }: Props) {
  const { isFar } = useCanvas();
  const { words, node } = data;
  return (
    <div className={classesOf(styles.activity, data, isSelected)} data-kind={node.kind} title={hintOf(data)}>
      {isFar ? (
        <span className={styles.far}>
          <Icon name={NODE_ICONS[node.kind]} />
        </span>
      ) : (
        <>
          <div className={styles.title}>
            <Icon name={NODE_ICONS[node.kind]} className={styles.icon ?? ''} />
            <span>{words.title}</span>
          </div>
          {words.text && <p className={words.output ? styles.textShort : styles.text}>{words.text}</p>}
          {words.output && <code className={styles.output}>{words.output}</code>}
        </>
      )}
      <Badges data={data} />
    </div>
  );
}

export function DecisionNode({ data, isSelected, width, height }: Props) {
  const { isFar } = useCanvas();
  const { words } = data;
  return (
    <div className={classesOf(styles.decision, data, isSelected)} title={hintOf(data)}>
      <svg aria-hidden="true" width={width} height={height}>
        <path d={`M1 ${height / 2}L18 1H${width - 18}L${width - 1} ${height / 2}L${width - 18} ${height - 1}H18Z`} />
      </svg>
      {!isFar && <p>{words.text}</p>}
      <Badges data={data} />
    </div>
  );
}

export function EventNode({ data, isSelected }: Props) {
  const { isFar } = useCanvas();
  const { words, node } = data;
  return (
    <div className={classesOf(styles.event, data, isSelected)} data-kind={node.kind} title={hintOf(data)}>
      <Icon name={NODE_ICONS[node.kind]} />
      {!isFar && node.kind === 'end' && words.text && <code className={styles.value}>{words.text}</code>}
      <Badges data={data} />
    </div>
  );
}

export function LoopNode({ data, isSelected }: Props) {
  const { isFar } = useCanvas();
  const { words } = data;
  return (
    <div className={classesOf(styles.loop, data, isSelected)} title={hintOf(data)}>
      {!isFar && (
        <div className={styles.loopTitle}>
          <Icon name={NODE_ICONS.loop} className={styles.icon ?? ''} />
          <span className={styles.loopText}>{words.text}</span>
        </div>
      )}
      <Badges data={data} />
    </div>
  );
}

export function AnnotationNode({ data, isSelected }: Props) {
  return (
    <div className={classesOf(styles.note, data, isSelected)} title={data.words.text}>
      <p>{data.words.text}</p>
    </div>
  );
}
