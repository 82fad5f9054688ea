// Pictures as bytes, and on a canvas.

/** The bytes behind a base64 text. */
export function decodePixels(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Fill a canvas with grey levels, one dot a pixel. */
export function paint(canvas, greys, width, height) {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  const dots = new Uint32Array(image.data.buffer); // red, green, blue and opacity in one number
  for (let index = 0; index < dots.length; index++) dots[index] = 0x010101 * greys[index];
  for (let index = 3; index < image.data.length; index += 4) image.data[index] = 255;
  canvas.getContext("2d").putImageData(image, 0, 0);
}
