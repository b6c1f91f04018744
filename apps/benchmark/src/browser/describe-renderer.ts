/** The little of WebGL and WebGPU that tells what draws; no type of a browser is known to a build for Node. */
interface Graphics {
  readonly OffscreenCanvas?: new (
    width: number,
    height: number,
  ) => { getContext(kind: 'webgl2'): WebGl | null };
  readonly navigator?: {
    readonly gpu?: { requestAdapter(): Promise<{ readonly info?: AdapterInfo } | null> };
  };
}

interface WebGl {
  getExtension(name: 'WEBGL_debug_renderer_info'): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): unknown;
}

type AdapterInfo = Readonly<Record<'vendor' | 'architecture' | 'device' | 'description', string>>;

/** What computes, hardware or software, in the words of the browser. */
export async function describeRenderer(backend: 'webgl' | 'webgpu'): Promise<string> {
  const { OffscreenCanvas, navigator } = globalThis as unknown as Graphics;
  if (backend === 'webgpu') {
    const { vendor, architecture, device, description } =
      (await navigator?.gpu?.requestAdapter())?.info ?? {};
    return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unknown';
  }
  const gl = OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('webgl2');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'unknown';
}
