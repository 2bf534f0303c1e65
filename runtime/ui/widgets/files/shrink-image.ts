const LONGEST_SIDE = 1600;
const QUALITY = 0.82;

/** A photo as it is kept: at most 1600 px on its longer side, JPEG. Small pictures of other kinds stay as they are. */
export async function shrinkImage(
  file: File,
): Promise<{ readonly body: Uint8Array; readonly mediaType: string; readonly name: string }> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < 300_000)
    return { body: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'image/png', name: file.name };
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return {
    body: new Uint8Array(await blob.arrayBuffer()),
    mediaType: 'image/jpeg',
    name: `${file.name.replace(/\.\w+$/, '')}.jpg`,
  };
}
