// Renders drawings for fetch.py: node render.mjs RENDERER SIDE, one {"file", "svg"} a line on standard input;
// a line of output for each that is done.
import { writeFileSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const { Resvg } = (await import(pathToFileURL(process.argv[2]))).default
const side = Number(process.argv[3])

const fitted = (svg, mode) => new Resvg(svg, { fitTo: { mode, value: side }, font: { loadSystemFonts: false } })

for await (const line of createInterface({ input: process.stdin })) {
  const { file, svg } = JSON.parse(line)
  try {
    let drawing = fitted(svg, 'width')
    if (drawing.height > drawing.width) drawing = fitted(svg, 'height')
    writeFileSync(file, drawing.render().asPng())
  } catch (problem) {
    console.error(`left out: ${file}: ${String(problem).split('\n')[0]}`)
  }
  writeSync(1, '\n')
}
