// The device of headless Chromium, driven over the DevTools protocol. Every function answers with JSON; data is base64.
const objects = new Map();
let nextID = 1, device, lost = '';

const keep = o => { objects.set(nextID, o); return nextID++; };
const bytes = s => Uint8Array.from(atob(s), c => c.charCodeAt(0));
const text = p => {
  let s = '';
  for (let i = 0; i < p.length; i += 32768) s += String.fromCharCode(...p.subarray(i, i + 32768));
  return btoa(s);
};

// scoped runs f between error scopes and throws what they caught.
async function scoped(f) {
  for (const kind of ['internal', 'out-of-memory', 'validation']) device.pushErrorScope(kind);
  let result, thrown;
  try { result = await f(); } catch (e) { thrown = e; }
  for (let i = 0; i < 3; i++) {
    const e = await device.popErrorScope();
    if (e && !thrown) thrown = e;
  }
  if (lost) throw new Error(lost);
  if (thrown) throw thrown;
  return result;
}

const calls = {
  async open() {
    if (!navigator.gpu) throw new Error('the browser has no WebGPU');
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error('the browser has no adapter');
    const l = adapter.limits;
    const requiredLimits = {};
    for (const k of ['maxStorageBuffersPerShaderStage', 'maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeInvocationsPerWorkgroup',
      'maxComputeWorkgroupSizeX', 'maxComputeWorkgroupSizeY', 'maxComputeWorkgroupSizeZ', 'maxComputeWorkgroupStorageSize']) requiredLimits[k] = l[k];
    device = await adapter.requestDevice({requiredLimits});
    device.lost.then(i => { lost = 'the device was lost: ' + i.message; });
    return {vendor: adapter.info.vendor, architecture: adapter.info.architecture, description: adapter.info.description,
      agent: navigator.userAgent, ...requiredLimits};
  },
  async kernel({code, entry, bindings}) {
    return scoped(async () => {
      const module = device.createShaderModule({code});
      for (const m of (await module.getCompilationInfo()).messages)
        if (m.type === 'error') throw new Error(`line ${m.lineNum}:${m.linePos}: ${m.message}`);
      const types = {read: 'read-only-storage', read_write: 'storage', uniform: 'uniform'};
      const layout = device.createBindGroupLayout({entries: bindings.map((b, binding) =>
        ({binding, visibility: GPUShaderStage.COMPUTE, buffer: {type: types[b]}}))});
      const pipeline = await device.createComputePipelineAsync({
        layout: device.createPipelineLayout({bindGroupLayouts: [layout]}), compute: {module, entryPoint: entry}});
      return keep({pipeline, layout});
    });
  },
  async alloc({size}) {
    return scoped(() => keep(device.createBuffer({size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST})));
  },
  async write({id, off, data}) { return scoped(() => { device.queue.writeBuffer(objects.get(id), off, bytes(data)); }); },
  async read({id, off, len}) {
    const staging = device.createBuffer({size: len, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST});
    try {
      return await scoped(async () => {
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(objects.get(id), off, staging, 0, len);
        device.queue.submit([encoder.finish()]);
        await staging.mapAsync(GPUMapMode.READ);
        return text(new Uint8Array(staging.getMappedRange()));
      });
    } finally { staging.destroy(); }
  },
  async wait() { await device.queue.onSubmittedWorkDone(); },
  async submit({work}) {
    return scoped(() => {
      const encoder = device.createCommandEncoder();
      for (const w of work) {
        const [a, b] = w.bind || [];
        if (w.op === 'copy') {
          encoder.copyBufferToBuffer(objects.get(a.id), a.off, objects.get(b.id), b.off, a.len);
        } else if (w.op === 'fill') {
          const from = device.createBuffer({size: a.len, usage: GPUBufferUsage.COPY_SRC, mappedAtCreation: true});
          new Uint32Array(from.getMappedRange()).fill(w.value);
          from.unmap();
          encoder.copyBufferToBuffer(from, 0, objects.get(a.id), a.off, a.len);
        } else {
          const {pipeline, layout} = objects.get(w.kernel);
          const pass = encoder.beginComputePass();
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, device.createBindGroup({layout, entries: (w.bind || []).map((r, binding) =>
            ({binding, resource: {buffer: objects.get(r.id), offset: r.off, size: r.len}}))}));
          pass.dispatchWorkgroups(...w.grid);
          pass.end();
        }
      }
      device.queue.submit([encoder.finish()]);
    });
  },
  async release({id}) {
    const o = objects.get(id);
    objects.delete(id);
    if (o && o.destroy) o.destroy();
  },
};

async function call(name, args) {
  try { return JSON.stringify({ok: (await calls[name](args)) ?? null}); }
  catch (e) { return JSON.stringify({error: e.message || String(e)}); }
}
