package kernels

// The still life that path-trace shows when a task brings no scene: lengths in decimetres, in the rows of renders.

var (
	stillCamera = [16]float32{0: 0.7, 3.1, 11.5, 0.6, 4: 0.1, 1.15, 0, 0.1, 8: 11.2, 0.9}
	stillSky    = [16]float32{0: 0.03, 0.07, 0.2, 0, 4: 0.46, 0.25, 0.17}
)

const (
	matt    = 0
	metal   = 1
	glass   = 2
	varnish = 3

	stillLights = 3 // at the start of stillLife
)

func ball(x, y, z, r float32, red, green, blue float32, material float32, rough, index float32) [16]float32 {
	return [16]float32{0: x, y, z, 0, 4: r, 8: red, green, blue, 0, 12: material, rough, index}
}

func lamp(x, y, z, r float32, red, green, blue, glow float32) [16]float32 {
	return [16]float32{0: x, y, z, 0, 4: r, 8: red, green, blue, glow}
}

func block(x, y, z, a, b, c, turn float32, red, green, blue float32, material float32, rough, index, checker float32) [16]float32 {
	return [16]float32{0: x, y, z, 1, 4: a, b, c, turn, 8: red, green, blue, 0, 12: material, rough, index, checker}
}

var stillLife = [][16]float32{
	lamp(-6.5, 8.5, 4.5, 2.2, 1, 0.84, 0.66, 11),  // a large warm one from the left
	lamp(9, 7, -4.5, 1.6, 0.5, 0.68, 1, 12),       // a cool one from behind
	lamp(1.22, 0.26, 2.95, 0.26, 1, 0.5, 0.16, 9), // an ember
	block(0, -0.5, 0, 90, 0.5, 90, 0, 0.46, 0.43, 0.41, varnish, 0, 1.4, 1.25),

	ball(-1.55, 1.3, 1.0, 1.3, 0.98, 0.99, 0.98, glass, 0, 1.5),
	ball(1.75, 1.45, -0.9, 1.45, 0.98, 0.76, 0.38, metal, 0.02, 0), // gold
	ball(-3.6, 1.05, -2.6, 1.05, 0.72, 0.1, 0.09, varnish, 0, 1.5),
	block(-0.5, 1.1, -3.6, 0.8, 1.1, 0.8, 0.07, 0.08, 0.32, 0.36, varnish, 0, 1.5, 0),
	ball(-0.5, 2.85, -3.6, 0.65, 0.96, 0.95, 0.94, metal, 0, 0),
	block(4.35, 0.65, -0.1, 0.65, 0.65, 0.65, 0.11, 0.95, 0.52, 0.36, metal, 0.1, 0, 0), // copper
	ball(4.3, 1.72, -0.1, 0.42, 0.93, 0.97, 0.94, glass, 0, 1.5),
	block(-4.4, 0.35, 1.1, 0.5, 0.35, 0.5, 0.06, 0.86, 0.84, 0.78, matt, 0, 0, 0),
	ball(-4.4, 1.1, 1.1, 0.4, 0.1, 0.28, 0.62, varnish, 0, 1.5),

	ball(0.35, 0.36, 2.2, 0.36, 0.9, 0.46, 0.08, varnish, 0, 1.5),
	ball(-0.25, 0.24, 3.15, 0.24, 0.85, 0.85, 0.9, metal, 0.06, 0),
	ball(2.55, 0.42, 2.0, 0.42, 0.12, 0.5, 0.3, varnish, 0, 1.5),
	ball(3.4, 0.28, 2.75, 0.28, 0.8, 0.2, 0.36, varnish, 0, 1.5),
	ball(-2.75, 0.3, 2.9, 0.3, 0.92, 0.78, 0.3, matt, 0, 0),
	ball(-3.5, 0.2, 2.2, 0.2, 0.95, 0.6, 0.55, metal, 0.3, 0),
	ball(-1.5, 0.22, 3.6, 0.22, 0.2, 0.55, 0.75, varnish, 0, 1.5),
	ball(2.1, 0.2, 3.5, 0.2, 0.94, 0.97, 0.98, glass, 0, 1.5),
	ball(3.9, 0.5, -2.6, 0.5, 0.45, 0.32, 0.6, varnish, 0, 1.5),
	ball(0.6, 0.5, -1.6, 0.5, 0.9, 0.9, 0.88, matt, 0, 0),
	ball(6.0, 0.8, -3.4, 0.8, 0.85, 0.4, 0.15, varnish, 0, 1.5),
	ball(-6.2, 0.9, -1.4, 0.9, 0.5, 0.62, 0.3, varnish, 0, 1.5),
}
