package kernels_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu/webgputest"
)

// The path tracer once more, in float64: the same paths by the same random numbers.

type vec [3]float64

func (a vec) add(b vec) vec     { return vec{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func (a vec) sub(b vec) vec     { return vec{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func (a vec) mul(b vec) vec     { return vec{a[0] * b[0], a[1] * b[1], a[2] * b[2]} }
func (a vec) by(s float64) vec  { return vec{a[0] * s, a[1] * s, a[2] * s} }
func (a vec) dot(b vec) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func (a vec) unit() vec         { return a.by(1 / math.Sqrt(a.dot(a))) }
func (a vec) max() float64      { return max(a[0], a[1], a[2]) }
func (a vec) cross(b vec) vec {
	return vec{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}
func (a vec) into(c, s float64) vec { return vec{c*a[0] - s*a[2], a[1], s*a[0] + c*a[2]} }
func direction(u uint32) [2]float64 {
	s, c := math.Sincos(float64(u) / (1 << 31) * math.Pi)
	return [2]float64{c, s}
}
func row(scene []float32, i int) vec {
	return vec{float64(scene[i]), float64(scene[i+1]), float64(scene[i+2])}
}
func at(scene []float32, i int) float64 { return float64(scene[i]) }

func (a vec) around(cosine float64, d [2]float64) vec {
	side := 1.0
	if a[2] < 0 {
		side = -1
	}
	k := -1 / (side + a[2])
	s := vec{1 + side*a[0]*a[0]*k, side * a[0] * a[1] * k, -side * a[0]}
	t := vec{a[0] * a[1] * k, side + a[1]*a[1]*k, -a[1]}
	return a.by(cosine).add(s.by(d[0]).add(t.by(d[1])).by(math.Sqrt(max(1-cosine*cosine, 0))))
}

func pcg4d(v [4]uint32) (bits [4]uint32, u [4]float64) {
	mix := func() {
		v[0] += v[1] * v[3]
		v[1] += v[2] * v[0]
		v[2] += v[0] * v[1]
		v[3] += v[1] * v[2]
	}
	for i := range v {
		v[i] = v[i]*1664525 + 1013904223
	}
	mix()
	for i := range v {
		v[i] ^= v[i] >> 16
	}
	mix()
	for i := range v {
		u[i] = float64(v[i]>>8) / (1 << 24)
	}
	return v, u
}

// tracer is a picture of a scene.
type tracer struct {
	scene                  []float32
	w, h                   int
	objects, lights, depth int
	samples, seed          uint32
}

func (r *tracer) turned(i int) (c, s float64) {
	s, c = math.Sincos(2 * math.Pi * math.Trunc(at(r.scene, i+7)*(1<<20)) / (1 << 20))
	return c, s
}

func (r *tracer) nearest(o, d vec) (float64, int) {
	best, which := math.Inf(1), -1
	for i := range r.objects {
		k := 32 + 16*i
		off := o.sub(row(r.scene, k))
		enter, leave := math.Inf(1), math.Inf(-1)
		if r.scene[k+3] == 0 {
			b := off.dot(d)
			l := off.sub(d.by(b))
			if rest := at(r.scene, k+4)*at(r.scene, k+4) - l.dot(l); rest > 0 {
				enter, leave = -b-math.Sqrt(rest), -b+math.Sqrt(rest)
			}
		} else {
			c, s := r.turned(k)
			off, ray := off.into(c, s), d.into(c, s)
			enter, leave = math.Inf(-1), math.Inf(1)
			for x := range 3 {
				a, b := (-at(r.scene, k+4+x)-off[x])/ray[x], (at(r.scene, k+4+x)-off[x])/ray[x]
				enter, leave = max(enter, min(a, b)), min(leave, max(a, b))
			}
		}
		if enter >= leave {
			continue
		}
		if enter <= 0 {
			enter = leave
		}
		if enter > 0 && enter < best {
			best, which = enter, i
		}
	}
	return best, which
}

func (r *tracer) normal(i int, p vec) vec {
	k := 32 + 16*i
	off := p.sub(row(r.scene, k))
	if r.scene[k+3] == 0 {
		return off.by(1 / at(r.scene, k+4))
	}
	c, s := r.turned(k)
	off = off.into(c, s)
	most, n := 0.0, vec{}
	for x := range 3 {
		if far := math.Abs(off[x] / at(r.scene, k+4+x)); far > most {
			most, n = far, vec{}
			n[x] = math.Copysign(1, off[x])
		}
	}
	return n.into(c, -s)
}

func schlick(cosine, index float64) float64 {
	f := (1 - index) * (1 - index) / ((1 + index) * (1 + index))
	return f + (1-f)*math.Pow(min(max(1-cosine, 0), 1), 5)
}

// sample is the light of one path.
func (r *tracer) sample(x, y int, number uint32) vec {
	pixel := uint32(y*r.w + x)
	bits, u := pcg4d([4]uint32{pixel, number, 0, r.seed})
	eye := row(r.scene, 0)
	ahead := row(r.scene, 4).sub(eye).unit()
	right := ahead.cross(vec{0, 1, 0}).unit()
	up := right.cross(ahead)
	across := (float64(x) + u[0] - float64(r.w)/2) / float64(r.h) * at(r.scene, 3)
	down := (float64(y) + u[1] - float64(r.h)/2) / float64(r.h) * at(r.scene, 3)
	spot, lens := direction(bits[2]), math.Sqrt(u[3])*at(r.scene, 7)
	start := right.by(spot[0] * lens).add(up.by(spot[1] * lens))
	o := eye.add(start)
	d := ahead.add(right.by(across)).sub(up.by(down)).by(at(r.scene, 8)).sub(start).unit()
	light, weight, direct := vec{}, vec{1, 1, 1}, true
	for bounce := uint32(1); bounce <= uint32(r.depth); bounce++ {
		far, which := r.nearest(o, d)
		if which < 0 {
			low := math.Pow(1-min(max(d[1], 0), 1), 3)
			light = light.add(weight.mul(row(r.scene, 16).by(1 - low).add(row(r.scene, 20).by(low))))
			break
		}
		k := 32 + 16*which
		p, color, glow := o.add(d.by(far)), row(r.scene, k+8), at(r.scene, k+11)
		kind, rough, index, checker := at(r.scene, k+12), at(r.scene, k+13), at(r.scene, k+14), at(r.scene, k+15)
		if direct || which >= r.lights {
			light = light.add(weight.mul(color.by(glow)))
		}
		if glow > 0 {
			break
		}
		n := r.normal(which, p)
		inside := d.dot(n) > 0
		if inside {
			n = n.by(-1)
		}
		cosine := min(-d.dot(n), 1)
		bits, u := pcg4d([4]uint32{pixel, number, 2 * bounce, r.seed})
		mirrored := d.add(n.by(2 * cosine))
		ratio, facing := 1/index, cosine
		if inside {
			ratio = index
		}
		rest := 1 - ratio*ratio*(1-cosine*cosine)
		through := math.Sqrt(max(rest, 0))
		if inside {
			facing = through
		}
		direct = true
		switch {
		case kind == 1:
			d = mirrored.add(n.around(2*u[1]-1, direction(bits[0])).by(rough)).unit()
			d = d.add(n.by(2 * max(-d.dot(n), 0)))
			weight = weight.mul(color)
			o = p.add(n.by(1e-3))
		case kind == 2 && (rest <= 0 || u[1] < schlick(facing, index)), kind == 3 && u[1] < schlick(facing, index):
			d, o = mirrored, p.add(n.by(1e-3))
		case kind == 2:
			d = d.by(ratio).add(n.by(ratio*cosine - through)).unit()
			weight = weight.mul(color)
			o = p.sub(n.by(1e-3))
		default:
			if checker > 0 {
				odd := 0
				for x := range 3 {
					odd += int(math.Floor(p[x]/checker + 1e-3))
				}
				if odd&1 != 0 {
					color = color.by(0.45)
				}
			}
			weight = weight.mul(color)
			o = p.add(n.by(1e-3))
			if r.lights > 0 {
				direct = false
				light = light.add(weight.mul(r.lit(o, n, pixel, number, bounce)))
			}
			d = n.around(math.Sqrt(1-u[2]), direction(bits[0]))
		}
		if bounce > 3 {
			stay := min(max(weight.max(), 0.05), 1)
			if u[3] >= stay {
				break
			}
			weight = weight.by(1 / stay)
		}
	}
	return light.by(min(light.max(), 12) / max(light.max(), 1e-6))
}

// lit is the light of a lamp that is aimed at.
func (r *tracer) lit(o, n vec, pixel, number, bounce uint32) vec {
	bits, u := pcg4d([4]uint32{pixel, number, 2*bounce + 1, r.seed})
	k := 32 + 16*min(int(u[0]*float64(r.lights)), r.lights-1)
	towards, radius := row(r.scene, k).sub(o), at(r.scene, k+4)
	square := towards.dot(towards)
	if square <= radius*radius {
		return vec{}
	}
	cap := 1 - math.Sqrt(1-radius*radius/square)
	ray := towards.unit().around(1-u[1]*cap, direction(bits[2]))
	if ray.dot(n) <= 0 {
		return vec{}
	}
	if _, which := r.nearest(o, ray); 32+16*which != k {
		return vec{}
	}
	return row(r.scene, k+8).by(at(r.scene, k+11) * ray.dot(n) * 2 * cap * float64(r.lights))
}

// light is the mean light of every pixel, computed here.
func (r *tracer) light() []vec {
	list := make([]vec, r.w*r.h)
	for i := range list {
		for s := range r.samples {
			list[i] = list[i].add(r.sample(i%r.w, i/r.w, s))
		}
		list[i] = list[i].by(1 / float64(r.samples))
	}
	return list
}

// run is what a device makes of it: the mean light, and the picture.
func (r *tracer) run(t *testing.T, d gpu.Device) ([]vec, []byte) {
	t.Helper()
	k, err := kernels.New("path-trace", shapeOf{
		"W": int64(r.w), "H": int64(r.h), "SAMPLES": int64(r.samples), "DEPTH": int64(r.depth), "OBJECTS": int64(r.objects), "LIGHTS": int64(r.lights),
	}, "")
	require.NoError(t, err)
	p := k.Program()
	for i := range p.Buffers {
		b := &p.Buffers[i]
		b.Keep = b.Name == "sums" || b.Name == "scene"
	}
	task := gpu.Task{Seed: uint64(r.seed), Inputs: map[string]gpu.Input{}}
	if r.scene != nil {
		var raw []byte
		for _, x := range r.scene {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
		}
		task.Inputs["scene"] = bytes.NewReader(raw)
	}
	out, sink := gputest.Collect()
	task.Outputs = sink
	_, err = gpu.Run(t.Context(), d, p, task)
	require.NoError(t, err)
	if r.scene == nil {
		for raw := out["scene"].Bytes(); len(raw) > 0; raw = raw[4:] {
			r.scene = append(r.scene, math.Float32frombits(binary.LittleEndian.Uint32(raw)))
		}
	}
	var list []vec
	for raw := out["sums"].Bytes(); len(raw) > 0; raw = raw[16:] {
		var v [4]float64
		for i := range v {
			v[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:])))
		}
		require.Equal(t, float64(r.samples), v[3])
		list = append(list, vec{v[0], v[1], v[2]}.by(1/v[3]))
	}
	return list, out["picture"].Bytes()
}

func both(t *testing.T) []gpu.Device {
	devices := []gpu.Device{eval.Open()}
	if d := webgputest.Open(t); d != nil {
		devices = append(devices, d)
	}
	return devices
}

// shown is the byte of the picture for an amount of light: the film curve, and the sRGB curve of the standard.
func shown(x float64) float64 {
	x = min(max(x*(2.51*x+0.03)/(x*(2.43*x+0.59)+0.14), 0), 1)
	if x <= 0.0031308 {
		return 255 * 12.92 * x
	}
	return 255 * (1.055*math.Pow(x, 1/2.4) - 0.055)
}

// Nearly all pixels are those of the reference; where a path turned the other way at an edge, one may differ, and on the
// whole there is the same light.
func TestPathTrace(t *testing.T) {
	t.Parallel()
	for _, r := range []tracer{
		{w: 45, h: 26, objects: 25, lights: 3, depth: 12, samples: 3, seed: 9},
		{w: 9, h: 17, objects: 25, lights: 0, depth: 1, samples: 2, seed: 1},
		{w: 16, h: 8, objects: 7, lights: 1, depth: 6, samples: 4, seed: 1 << 31},
	} {
		for _, d := range both(t) {
			r := r
			got, picture := r.run(t, d)
			want := r.light()
			same, sum, total := 0, vec{}, vec{}
			for i, w := range want {
				off := got[i].sub(w)
				if max(math.Abs(off[0]), math.Abs(off[1]), math.Abs(off[2])) <= 1e-3*(1+w.max()) {
					same++
				}
				sum, total = sum.add(got[i]), total.add(w)
				for c := range 3 {
					require.InDelta(t, shown(got[i][c]*at(r.scene, 9)), float64(picture[4*i+c]), 1.2, "pixel %d", i)
				}
				require.Equal(t, byte(255), picture[4*i+3])
			}
			t.Logf("%s: %d of %d pixels", d.Info().Backend, same, len(want))
			require.Greater(t, float64(same), 0.97*float64(len(want)))
			for c := range 3 {
				require.InEpsilon(t, total[c], sum[c], 0.01)
			}
		}
	}
}

func view(eye, target vec) []float32 {
	return []float32{float32(eye[0]), float32(eye[1]), float32(eye[2]), 0.8, float32(target[0]), float32(target[1]), float32(target[2]), 0, 1, 1, 0, 0, 0, 0, 0, 0}
}

func evenSky(light float32) []float32 {
	return []float32{light, light, light, 0, light, light, light, 0, 0, 0, 0, 0, 0, 0, 0, 0}
}

// White things in a white furnace cannot be seen: every material reflects all the light there is, and no more.
func TestPathTraceFurnace(t *testing.T) {
	t.Parallel()
	scene := append(view(vec{0, 1, 6}, vec{0, 0, 0}), evenSky(1)...)
	for i, material := range []float32{0, 1, 2, 3} {
		scene = append(scene, 2.2*float32(i)-3.3, 0, 0, float32(i%2), 0.9, 0.9, 0.9, 0.07, 1, 1, 1, 0, material, 0.4, 1.5, 0)
	}
	scene = append(scene, 0, -2, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 2, 0, 1.3, 0)
	r := tracer{scene: scene, w: 41, h: 24, objects: 5, depth: 64, samples: 8, seed: 3}
	for _, d := range both(t) {
		light, _ := r.run(t, d)
		for i, v := range light {
			require.InDelta(t, 1, v[0], 2e-3, "pixel %d on %s", i, d.Info().Backend)
		}
	}
}

// A lamp over a floor gives each point the light that theory gives it, whether paths aim at it or find it by chance.
func TestPathTraceIrradiance(t *testing.T) {
	t.Parallel()
	const radius, height, glow, grey = 1.0, 2.0, 3.0, 0.5
	scene := append(view(vec{0, 0.5, 0.02}, vec{0, 0, 0}), evenSky(0)...)
	scene = append(scene, 0, height, 0, 0, radius, 0, 0, 0, 1, 1, 1, glow, 0, 0, 0, 0)
	scene = append(scene, 0, -1, 0, 1, 50, 1, 50, 0.03, grey, grey, grey, 0, 0, 0, 0, 0)
	scene[3] = 0.05 // the picture shows next to nothing but the point below the lamp
	const want = grey * glow * radius * radius / (height * height)
	for lights, tolerance := range []float64{0.03, 0.006} {
		r := tracer{scene: scene, w: 16, h: 16, objects: 2, lights: lights, depth: 3, samples: 128, seed: 5}
		for _, d := range both(t) {
			mean := 0.0
			light, _ := r.run(t, d)
			for _, v := range light {
				mean += v[1] / float64(len(light))
			}
			require.InEpsilon(t, want, mean, tolerance, "%d lights on %s", lights, d.Info().Backend)
		}
	}
}

// Bands are rows of the picture, and a picture interrupted at a checkpoint is the same.
func TestPathTraceBands(t *testing.T) {
	t.Parallel()
	shape := shapeOf{"W": 30, "H": 20, "SAMPLES": 20}
	d := both(t)[len(both(t))-1]
	whole, err := kernels.Builtin("path-trace", shape)
	require.NoError(t, err)
	saved := gputest.SaveAll(t, d, whole, nil, 7, nil)
	require.Len(t, saved.Checkpoints, 2)
	for _, c := range saved.Checkpoints {
		require.Equal(t, saved.Outputs, gputest.SaveAll(t, d, whole, nil, 7, c).Outputs)
	}
	shape["ROWS"] = 12
	band, err := kernels.Builtin("path-trace", shape)
	require.NoError(t, err)
	var rows []byte
	for i := range uint64(2) {
		out, sink := gputest.Collect()
		_, err := gpu.Run(t.Context(), d, band, gpu.Task{Seed: 7 + i<<32, Outputs: sink})
		require.NoError(t, err)
		rows = append(rows, out["picture"].Bytes()...)
	}
	require.Equal(t, saved.Outputs["picture"], rows[:4*30*20])
	require.Equal(t, make([]byte, 4*30*4), blackened(rows[4*30*20:]), "rows below the picture are black")
	if dir := os.Getenv("GPUMESH_RENDER"); dir != "" {
		shape := shapeOf{"W": 960, "H": 540, "SAMPLES": 200}
		p, err := kernels.Builtin("path-trace", shape)
		require.NoError(t, err)
		out, sink := gputest.Collect()
		_, err = gpu.Run(t.Context(), d, p, gpu.Task{Seed: 7, Outputs: sink})
		require.NoError(t, err)
		f, err := os.Create(dir + "/path-trace.png")
		require.NoError(t, err)
		require.NoError(t, png.Encode(f, &image.NRGBA{Pix: out["picture"].Bytes(), Stride: 4 * 960, Rect: image.Rect(0, 0, 960, 540)}))
		require.NoError(t, f.Close())
	}
}

// In the reproducible form, every device draws the same bytes.
func TestPathTraceReproducible(t *testing.T) {
	t.Parallel()
	p, err := kernels.Builtin("path-trace", shapeOf{"W": 40, "H": 24, "SAMPLES": 2})
	require.NoError(t, err)
	report, err := gpu.Check(p)
	require.NoError(t, err)
	require.NoError(t, report.Reproducible(p))
	for i := range p.Modules {
		m := &p.Modules[i]
		for _, r := range report.Reasons {
			if r.Module == m.Name && !r.Note {
				m.Float = gpu.Reproducible1
			}
		}
	}
	var first gputest.Saved
	for i, d := range both(t) {
		got := gputest.SaveAll(t, d, p, nil, 11, nil)
		if i == 0 {
			first = got
			continue
		}
		require.Equal(t, first.Result.Leaves, got.Result.Leaves)
		require.Equal(t, first.Outputs, got.Outputs)
	}
}

// blackened clears the opacity.
func blackened(p []byte) []byte {
	for i := 3; i < len(p); i += 4 {
		p[i] = 0
	}
	return p
}
