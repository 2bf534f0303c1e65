import { useLayoutEffect, useRef } from 'react';

/** Parts of the usual size, down to about 9 px of 11. */
const SIZES = [1, 0.95, 0.9, 0.86, 0.82];

/**
 * A caption in a narrow place: words go below each other, a word that is too wide is set smaller, and only one that is
 * too wide even then is broken. Nothing is cut off.
 */
export function FittedCaption({ text }: { readonly text: string }) {
  const caption = useRef<HTMLSpanElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text needs fitting anew
  useLayoutEffect(() => {
    const element = caption.current;
    const place = element?.parentElement;
    if (!element || !place) return;
    const fit = () => {
      element.classList.remove('caption-broken');
      for (const size of SIZES) {
        element.style.fontSize = `${size}em`;
        if (element.scrollWidth <= element.clientWidth) return;
      }
      element.classList.add('caption-broken');
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(place);
    return () => observer.disconnect();
  }, [text]);

  return (
    <span ref={caption} className="caption">
      {text}
    </span>
  );
}
