// node host.mjs FOLDER KEY CERTIFICATE: serve a folder over HTTP/2 and TLS, as the hosts do that a site is published at, and
// say the port. Over HTTP/1.1 each file that is asked for at once opens a connection of its own, which no such host does.
import { createSecureServer } from "node:http2";
import { readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const [folder, key, certificate] = process.argv.slice(2);
const TEXTS = {
  ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain",
};
const OTHERS = { ".woff2": "font/woff2", ".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".jpg": "image/jpeg" };

function answer(request, response) {
  const named = join(folder, decodeURIComponent(new URL(request.url, "https://localhost").pathname));
  const path = statSync(named).isDirectory() ? join(named, "index.html") : named;
  const text = TEXTS[extname(path)];
  const data = text ? gzipSync(readFileSync(path), { level: 6 }) : readFileSync(path);
  response.writeHead(200, {
    "content-type": text ? `${text}; charset=utf-8` : (OTHERS[extname(path)] ?? "application/octet-stream"),
    "content-length": data.length,
    "cache-control": "max-age=600",
    ...(text && { "content-encoding": "gzip" }),
  });
  response.end(data);
}

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate), allowHTTP1: true }, (request, response) => {
  try {
    answer(request, response);
  } catch {
    response.writeHead(404);
    response.end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
