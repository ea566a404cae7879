/** Makes a photo small: drawn anew, it keeps nothing that the camera wrote into it (time, place, owner). */
export interface Limits {
  /** longest side in pixels */
  edge: number;
  kilobytes: number;
}

/** How good the picture is, from fine to coarse, until it is small enough. */
const QUALITIES = [0.85, 0.7, 0.5, 0.35];

/** Undefined when the file is no picture that this browser can read. */
export async function shrink(
  file: Blob,
  { edge, kilobytes }: Limits,
): Promise<{ blob: Blob; canvas: HTMLCanvasElement } | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined || picture.width === 0) return undefined;
  for (let longest = edge; longest >= 320; longest = Math.floor(longest / 1.5)) {
    const canvas = drawn(picture, longest);
    for (const quality of QUALITIES) {
      const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', quality));
      if (blob !== null && blob.size <= kilobytes * 1024) return { blob, canvas };
    }
  }
  return undefined;
}

function drawn(picture: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
