import type { BundleImage } from '@skerry/shared/bundle/content';
import { Camera, FileText, ImageOff, Paperclip } from 'lucide-react';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import { useApp, useCached, usePage, useScope } from '../../app-context.ts';
import { isObject, useSource } from '../../data/use-source.ts';
import { Sheet } from '../../shell/sheet.tsx';
import { Field } from '../inputs/field.tsx';
import { useAction } from '../use-action.ts';
import { classes, type WidgetProps } from '../widget-view.tsx';
import { shrinkImage } from './shrink-image.ts';
import { useFile } from './use-file.ts';

const MEGABYTE = 1024 * 1024;

function useContextFile(editable: boolean) {
  const { cache, device, shell, say } = useApp();
  const page = usePage();
  const context = useScope().variables.get('currentObject');
  const object = isObject(context) ? context.id : null;
  const loaded = useCached(() => (object ? (cache.get(object) ?? null) : null));
  const snapshot = loaded.ready ? loaded.value : null;
  const [busy, setBusy] = useState(false);
  return {
    object,
    busy,
    writable: editable && (snapshot?.writable.includes('Name') ?? false),
    async attach(name: string, mediaType: string, body: Uint8Array, maxMegabytes: number) {
      if (!object) return;
      if (body.length > maxMegabytes * MEGABYTE) return shell.toast('error', say('tooLarge', maxMegabytes));
      setBusy(true);
      const outcome = await device.setFile(object, name, mediaType, body);
      setBusy(false);
      if (!outcome.ok) return shell.toast('error', outcome.error.message);
      page.edited.add(object);
      cache.put([outcome.value]);
    },
  };
}

export function ImageUploadWidget({ widget, editable }: WidgetProps<'imageUpload'>) {
  const id = useId();
  const { say, shell } = useApp();
  const file = useContextFile(editable);
  const shown = useFile(file.object);

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const [picked] = event.target.files ?? [];
    event.target.value = '';
    if (!picked) return;
    try {
      const { name, mediaType, body } = await shrinkImage(picked);
      await file.attach(name, mediaType, body, widget.maxMegabytes);
    } catch {
      shell.toast('error', say('failed'));
    }
  }

  return (
    <Field id={id} label={widget.label} className={widget.class}>
      <div className="photo">
        {shown.url ? (
          <img src={shown.url} alt={shown.name} />
        ) : (
          <p className="photo-empty">
            <Camera size={28} aria-hidden />
            {shown.waiting ? say('loading') : say('noPhoto')}
          </p>
        )}
      </div>
      {file.writable && (
        <label className="button button-secondary file-button" aria-busy={file.busy}>
          <Camera size={18} aria-hidden />
          <span>{say('takePhoto')}</span>
          <input id={id} type="file" accept="image/*" capture="environment" onChange={(event) => void take(event)} />
        </label>
      )}
    </Field>
  );
}

export function FileUploadWidget({ widget, editable }: WidgetProps<'fileUpload'>) {
  const id = useId();
  const { say } = useApp();
  const file = useContextFile(editable);
  const shown = useFile(file.object);

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const [picked] = event.target.files ?? [];
    event.target.value = '';
    if (picked)
      await file.attach(
        picked.name,
        picked.type || 'application/octet-stream',
        new Uint8Array(await picked.arrayBuffer()),
        widget.maxMegabytes,
      );
  }

  return (
    <Field id={id} label={widget.label} className={widget.class}>
      {shown.name && (
        <p className="file-name">
          <FileText size={18} aria-hidden />
          {shown.url ? (
            <a href={shown.url} download={shown.name}>
              {shown.name}
            </a>
          ) : (
            shown.name
          )}
        </p>
      )}
      {file.writable && (
        <label className="button button-secondary file-button" aria-busy={file.busy}>
          <Paperclip size={18} aria-hidden />
          <span>{say('chooseFile')}</span>
          <input id={id} type="file" accept={widget.accept} onChange={(event) => void take(event)} />
        </label>
      )}
    </Field>
  );
}

export function ImageViewerWidget({ widget }: WidgetProps<'imageViewer'>) {
  const { say } = useApp();
  const { objects } = useSource(widget.source);
  const shown = useFile(objects[0]?.id ?? null);
  const action = useAction(widget.onClick);
  const [large, setLarge] = useState(false);
  const className = classes('viewer', widget.thumbnail && 'viewer-thumbnail', widget.class);
  if (!shown.url) {
    return (
      <div
        className={classes(className, 'viewer-empty')}
        role="img"
        aria-label={say(shown.waiting ? 'loading' : 'photoMissing')}
      >
        <ImageOff size={22} aria-hidden />
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={shown.name || say('open')}
        onClick={() => (action.idle ? setLarge(true) : action.run())}
      >
        <img src={shown.url} alt="" />
      </button>
      {large && (
        <Sheet title={shown.name} onClose={() => setLarge(false)}>
          <img className="viewer-large" src={shown.url} alt={shown.name} />
        </Sheet>
      )}
    </>
  );
}

/** A picture of the app itself. */
export function ImageWidget({ widget }: WidgetProps<'image'>) {
  const { content } = useApp();
  const image = content.images.get(widget.image);
  return image ? <img className={classes('picture', widget.class)} src={addressOf(image)} alt="" /> : null;
}

/** An app's own pictures are few and live as long as it runs, so their addresses are never taken back. */
const addresses = new WeakMap<BundleImage, string>();

function addressOf(image: BundleImage): string {
  const known = addresses.get(image);
  if (known) return known;
  const made = URL.createObjectURL(new Blob([image.bytes as BlobPart], { type: image.mediaType }));
  addresses.set(image, made);
  return made;
}

export function SignatureWidget({ widget, editable }: WidgetProps<'signature'>) {
  const id = useId();
  const { say } = useApp();
  const file = useContextFile(editable);
  const shown = useFile(file.object);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);

  function draw(event: React.PointerEvent<HTMLCanvasElement>) {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !canvas.current) return;
    const box = canvas.current.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * canvas.current.width;
    const y = ((event.clientY - box.top) / box.height) * canvas.current.height;
    if (event.type === 'pointerdown') {
      drawing.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(x, y);
    } else if (drawing.current) {
      pen.lineTo(x, y);
      pen.lineWidth = 3;
      pen.lineCap = 'round';
      pen.strokeStyle = '#13232a';
      pen.stroke();
    }
  }

  function keep() {
    if (!drawing.current) return;
    drawing.current = false;
    canvas.current?.toBlob((blob) => {
      if (blob)
        void blob.arrayBuffer().then((body) => file.attach('signature.png', 'image/png', new Uint8Array(body), 1));
    }, 'image/png');
  }

  return (
    <Field id={id} label={widget.label} layout="group" className={widget.class}>
      {file.writable ? (
        <>
          <canvas
            ref={canvas}
            className="signature"
            width={640}
            height={240}
            aria-label={say('sign')}
            role="img"
            onPointerDown={draw}
            onPointerMove={draw}
            onPointerUp={keep}
            onPointerCancel={keep}
          />
          <button
            type="button"
            className="button button-link"
            onClick={() => canvas.current?.getContext('2d')?.clearRect(0, 0, 640, 240)}
          >
            {say('wipe')}
          </button>
        </>
      ) : (
        shown.url && <img className="signature" src={shown.url} alt={shown.name} />
      )}
    </Field>
  );
}
