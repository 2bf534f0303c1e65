import { Tooltip } from '@base-ui/react/tooltip';
import { type ReactNode, useState } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Checkbox } from '../design/checkbox.tsx';
import { ContextMenu } from '../design/context-menu.tsx';
import { Dialog } from '../design/dialog.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Kbd } from '../design/kbd.tsx';
import { Menu, type MenuItem } from '../design/menu.tsx';
import { ModeGlyph, type ScopeMode } from '../design/mode-glyph.tsx';
import { NumberField } from '../design/number-field.tsx';
import { Select } from '../design/select.tsx';
import { Spinner } from '../design/spinner.tsx';
import { Splitter } from '../design/splitter.tsx';
import { Switch } from '../design/switch.tsx';
import { Tabs } from '../design/tabs.tsx';
import { TextField } from '../design/text-field.tsx';
import { ToggleRow } from '../design/toggle-row.tsx';
import { useWords } from '../words/index.ts';
import { Mark } from '../workbench/mark.tsx';
import styles from './gallery.module.css';

const MODES: readonly ScopeMode[] = ['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online', 'none'];
const TONES = ['neutral', 'accent', 'error', 'warning', 'info', 'success'] as const;
const SURFACES = ['0', '1', '2', '3', 'raised'] as const;

const ITEMS: readonly MenuItem[] = [
  { id: 'open', title: 'Open', icon: 'go-to-file', keys: 'Enter', run: () => {} },
  { id: 'rename', title: 'Rename', keys: 'F2', run: () => {} },
  { id: 'off', title: 'Not now', disabled: true, run: () => {} },
  { id: 'line', separator: true },
  { id: 'grid', title: 'Grid', isChecked: true, run: () => {} },
  { id: 'more', title: 'More', items: [{ id: 'inner', title: 'Inner', run: () => {} }] },
  { id: 'delete', title: 'Delete', icon: 'trash', keys: 'Delete', tone: 'danger', run: () => {} },
];

/** Every design component in both themes side by side, for looking at and for tests. */
export function Gallery() {
  const t = useWords('gallery');
  return (
    <Tooltip.Provider>
      <main className={styles.gallery}>
        <h1 className="visually-hidden">{t('title')}</h1>
        {(['dark', 'light'] as const).map((theme) => (
          <section key={theme} data-theme={theme} aria-label={t(theme)} className={styles.theme}>
            <Specimens theme={t(theme)} />
          </section>
        ))}
      </main>
    </Tooltip.Provider>
  );
}

function Specimens({ theme }: { readonly theme: string }) {
  const [text, setText] = useState('Inspection');
  const [number, setNumber] = useState<number | undefined>(200);
  const [mode, setMode] = useState('all');
  const [isOn, setOn] = useState(true);
  const [tab, setTab] = useState('one');
  const [view, setView] = useState('form');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <h2 className={styles.title}>
        <Mark size={24} /> {theme}
      </h2>
      <Shelf title="Surfaces">
        {SURFACES.map((surface) => (
          <div key={surface} className={styles.swatch} style={{ background: `var(--surface-${surface})` }}>
            <span>{surface}</span>
            <span style={{ color: 'var(--text-2)' }}>text-2</span>
          </div>
        ))}
      </Shelf>
      <Shelf title="Button">
        <Button tone="accent" icon="add">
          Accent
        </Button>
        <Button icon="refresh">Plain</Button>
        <Button tone="danger">Danger</Button>
        <Button size="small">Small</Button>
        <Button disabled>Disabled</Button>
        <IconButton icon="split-horizontal" label="Split" />
        <IconButton icon="layout-panel" label="Panel" isPressed />
      </Shelf>
      <Shelf title="Fields">
        <TextField label="Name" value={text} onChange={setText} />
        <TextField label="Faulty" value="2nd" onChange={setText} error="A name starts with a letter." />
        <NumberField label="Length" value={number} onChange={setNumber} min={1} />
        <Select
          label="Download"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'all', label: 'All', icon: 'circle-filled' },
            { value: 'constrained', label: 'By XPath', hint: 'constraint' },
            { value: 'never', label: 'Never' },
          ]}
        />
      </Shelf>
      <Shelf title="Choices">
        <Checkbox label="Required" checked={isOn} onChange={setOn} />
        <Checkbox label="Mixed" checked={false} isMixed onChange={setOn} />
        <Switch label="Offline" checked={isOn} onChange={setOn} />
        <Switch label="Online" checked={!isOn} onChange={(next) => setOn(!next)} />
        <ToggleRow
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'form', label: 'Form', icon: 'list-flat' },
            { value: 'text', label: 'Text', icon: 'json' },
          ]}
        />
      </Shelf>
      <Shelf title="Menus and dialog">
        <Menu items={ITEMS} trigger={<Button icon="menu">Menu</Button>} />
        <ContextMenu items={ITEMS}>
          <div className={styles.area}>Right-click here</div>
        </ContextMenu>
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Dialog
          title="Rename Inspection"
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          footer={
            <Button tone="accent" onClick={() => setOpen(false)}>
              Rename
            </Button>
          }
        >
          <TextField label="New name" value={text} onChange={setText} />
        </Dialog>
      </Shelf>
      <Shelf title="Badges">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            12
          </Badge>
        ))}
        <Kbd keys="$mod+Shift+KeyP" />
        <Spinner label="Working" />
      </Shelf>
      <Shelf title="Modes">
        {MODES.map((one) => (
          <span key={one} className={styles.mode} style={{ background: `var(--mode-${one}-soft)` }}>
            <ModeGlyph mode={one} /> {one}
          </span>
        ))}
      </Shelf>
      <div className={styles.box}>
        <Tabs
          label="Tabs"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'one', title: 'Problems', badge: <Badge tone="error">3</Badge>, panel: <Empty /> },
            { id: 'two', title: 'Output', panel: <Empty /> },
          ]}
        />
      </div>
      <div className={styles.box}>
        <Splitter
          direction="horizontal"
          initial={160}
          min={60}
          storageKey="skerry.gallery.split"
          label={`Split ${theme}`}
        >
          <div className={styles.pane}>One</div>
          <div className={styles.pane}>Two</div>
        </Splitter>
      </div>
    </>
  );
}

function Empty() {
  return (
    <EmptyState icon="pass" title="Nothing wrong" action={<Button size="small">Check again</Button>}>
      What the checks find shows here.
    </EmptyState>
  );
}

function Shelf({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.shelf}>
      <h3 className={styles.name}>{title}</h3>
      <div className={styles.items}>{children}</div>
    </div>
  );
}
