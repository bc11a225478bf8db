package guard

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// fixture is a machine's files in a directory. The text format is that of txtar; names of kernel files hold colons, which
// files of a Go module may not.
type fixture struct {
	t   *testing.T
	dir string
}

func newFixture(t *testing.T, name string) fixture {
	t.Helper()
	f := fixture{t, t.TempDir()}
	text, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
	require.NoError(t, err)
	var path string
	files := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "-- "); ok {
			path = strings.TrimSuffix(strings.TrimSpace(rest), " --")
			files[path] = ""
		} else if path != "" {
			files[path] += line
		}
	}
	require.NotEmpty(t, files)
	for path, content := range files {
		f.write(path, content)
	}
	return f
}

func (f fixture) write(path, content string) {
	f.t.Helper()
	full := filepath.Join(f.dir, path)
	require.NoError(f.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(f.t, os.WriteFile(full, []byte(content), 0o644))
}

func (f fixture) remove(path string) { require.NoError(f.t, os.RemoveAll(filepath.Join(f.dir, path))) }

// open opens the sensors of the fixture for a node whose process is 4242.
func (f fixture) open(adapter gpu.Info) *Sensors {
	s := Open(Options{Adapter: adapter, Root: f.dir})
	for _, d := range s.device {
		switch d := d.(type) {
		case *card:
			d.procs.self = 4242
		case *processor:
			d.procs.self = 4242
		}
	}
	f.t.Cleanup(func() { require.NoError(f.t, s.Close()) })
	return s
}

// text shows a reading as people see it.
func text(r Reading) map[string]string {
	out := map[string]string{}
	for q := range quantities {
		if r[q].Known {
			out[q.String()] = q.Format(r[q].Value)
		} else {
			out[q.String()] = "? " + r[q].Why
		}
	}
	return out
}

var start = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func TestRadeon(t *testing.T) {
	f := newFixture(t, "radeon")
	require.NoError(t, os.Chtimes(filepath.Join(f.dir, "dev/pts/0"), start.Add(-90*time.Second), start))
	s := f.open(gpu.Info{Type: gpu.Discrete, Name: "AMD Radeon RX 6800 (RADV NAVI21)"})
	r := s.Read(start)
	require.Equal(t, map[string]string{
		"temperature": "71 °C", "power": "187 W", "powerLimit": "203 W", "busy": "97 %", "fan": "40 %",
		"memoryUsed": "2.0 GiB", "memoryTotal": "16.0 GiB", "memoryOwn": "? what this node's programs use of the device's memory is not told: its driver does not count it",
		"ecc":    "? the kernel does not tell it for devices of AMD",
		"others": "? it is measured over time, and this is the first moment", "idle": "0s", "battery": "on mains",
	}, text(r))
	require.Equal(t, 17163091968.0-2147483648, r.Free().Value)

	// Two seconds later the worker has used the device for 1.2 of them, and its two descriptors are of one client.
	for _, fd := range []string{"9", "10"} {
		f.write("proc/4250/fdinfo/"+fd, "drm-driver:\tamdgpu\ndrm-client-id:\t31\ndrm-pdev:\t0000:03:00.0\ndrm-engine-compute:\t2200000000 ns\n"+
			"drm-memory-vram:\t1048576 KiB\ndrm-memory-gtt:\t4096 KiB\ndrm-resident-vram:\t1048576 KiB\ndrm-total-vram:\t9999999 KiB\n")
	}
	r = s.Read(start.Add(2 * time.Second))
	require.InDelta(t, 0.97-0.6, r[Others].Value, 1e-9)
	require.Equal(t, "1.0 GiB", text(r)["memoryOwn"])
	require.Equal(t, 2.0, r[Idle].Value, "counts tell only what has happened since the first look")

	r = s.Read(start.Add(10 * time.Minute))
	require.Equal(t, 600.0, r[Idle].Value)
	f.write("sys/bus/usb/devices/2-1/urbnum", "9000") // a disk
	require.Equal(t, 610.0, s.Read(start.Add(610 * time.Second))[Idle].Value)
	f.write("sys/bus/usb/devices/1-4/urbnum", "8813") // a keyboard
	require.Zero(t, s.Read(start.Add(620 * time.Second))[Idle].Value)
	require.NoError(t, os.Chtimes(filepath.Join(f.dir, "dev/pts/0"), start.Add(700*time.Second), start))
	require.Equal(t, 50.0, s.Read(start.Add(750 * time.Second))[Idle].Value, "somebody typed in a terminal")
}

func TestArc(t *testing.T) {
	f := newFixture(t, "arc")
	s := f.open(gpu.Info{Type: gpu.Discrete, Name: "Intel(R) Arc(tm) A370M Graphics (DG2)"})
	r := s.Read(start)
	require.False(t, r[Busy].Known)
	f.write("sys/class/drm/card1/gt/gt0/rc6_residency_ms", "101000")
	f.write("sys/class/drm/card1/device/hwmon/hwmon5/energy1_input", "115000000")
	require.Equal(t, map[string]string{
		"temperature": "? /sys/class/drm/card1/device/hwmon/hwmon5 has no temperature", "power": "28 W", "powerLimit": "35 W", "busy": "75 %",
		"fan": "? there is no /sys/class/drm/card1/device/hwmon/hwmon5/pwm1", "memoryUsed": "1.0 GiB", "memoryTotal": "4.0 GiB",
		"memoryOwn": "? what this node's programs use of the device's memory is not told: /proc does not show this process",
		"ecc":       "? the kernel does not tell it for devices of Intel",
		"others":    "? this node's own use of the device is not told: /proc does not show this process", "idle": "4s", "battery": "on battery",
	}, text(s.Read(start.Add(4*time.Second))))
	f.write("proc/interrupts", "   1:          0       9832  IR-IO-APIC    1-edge      i8042\n")
	require.Zero(t, s.Read(start.Add(5 * time.Second))[Idle].Value)
	require.Equal(t, 5.0, s.Read(start.Add(10 * time.Second))[Idle].Value)
	f.write("proc/interrupts", "   1:          0       9832  IR-IO-APIC    1-edge      i8042\n 150:       9121          0  intel-gpio   36  ELAN1200:00\n")
	require.Zero(t, s.Read(start.Add(11 * time.Second))[Idle].Value, "the touch pad")

	// A mouse by Bluetooth is heard through the radio, if that is on USB.
	f.write("sys/class/input/input9/id/bustype", "0005\n")
	got := s.Read(start.Add(12 * time.Second))[Idle]
	require.False(t, got.Known)
	require.Contains(t, got.Why, "Bluetooth")
	f.write("sys/bus/usb/devices/1-14:1.0/bInterfaceClass", "e0\n")
	f.write("sys/bus/usb/devices/1-14/urbnum", "100\n")
	s.Read(start.Add(13 * time.Second))
	require.Equal(t, 1.0, s.Read(start.Add(14 * time.Second))[Idle].Value)
	f.write("sys/bus/usb/devices/1-14/urbnum", "108\n")
	require.Zero(t, s.Read(start.Add(15 * time.Second))[Idle].Value)

	f.write("sys/class/power_supply/AC/online", "1")
	require.Zero(t, s.Read(start.Add(16 * time.Second))[Battery].Value)
}

func TestBattlemage(t *testing.T) {
	f := newFixture(t, "battlemage")
	s := f.open(gpu.Info{Type: gpu.Discrete, Name: "Intel(R) Arc(tm) B580 Graphics"})
	s.Read(start)
	f.write("sys/class/drm/card0/device/tile0/gt0/gtidle/idle_residency_ms", "50250")
	f.write("sys/class/drm/card0/device/tile0/gt1/gtidle/idle_residency_ms", "91000")
	got := text(s.Read(start.Add(time.Second)))
	require.Equal(t, "48 °C", got["temperature"])
	require.Equal(t, "75 %", got["busy"], "the busiest of its engines counts")
	require.Equal(t, "30.5 GiB", got["memoryTotal"])
	require.Equal(t, "? the kernel shows no keyboard, no pointer and no terminal", got["idle"])
	require.Equal(t, "? there is no /sys/class/power_supply", got["battery"])
}

func TestProcessor(t *testing.T) {
	f := newFixture(t, "ryzen")
	s := f.open(gpu.Info{Type: gpu.CPU, Name: "llvmpipe (LLVM 15.0.6, 256 bits)"})
	s.Read(start)
	// 1000 ticks more, of which 700 worked, 300 of those for this node.
	f.write("proc/stat", "cpu  1600 0 300 8300 100 0 50 50 0 0\n")
	f.write("proc/4250/stat", "4250 (worker) R 4242 4250 4242 0 -1 4194560 1 0 0 0 500 200 0 0 20 0 9 0 100 1000 100")
	f.write("sys/class/powercap/intel-rapl:0/energy_uj", "651000000")
	f.write("proc/4250/status", "Name:\tworker\nVmRSS:\t 4000000 kB\nRssAnon:\t 1048576 kB\nRssFile:\t 9000000 kB\nRssShmem:\t  524288 kB\n")
	f.write("proc/4242/status", "RssAnon:\t 8000000 kB\n") // the node itself is there, whoever pauses
	r := s.Read(start.Add(10 * time.Second))
	got := text(r)
	require.Equal(t, "66 °C", got["temperature"], "of the processor, not of the disk")
	require.Equal(t, "65 W", got["power"])
	require.InDelta(t, 0.7, r[Busy].Value, 1e-9)
	require.InDelta(t, 0.4, r[Others].Value, 1e-9)
	require.Equal(t, "11.7 GiB", got["memoryUsed"])
	require.Equal(t, "1.5 GiB", got["memoryOwn"], "what the kernel could drop does not count")
	require.Equal(t, "on mains", got["battery"])

	// Without a monitor the thermal zone of the package is taken.
	f.remove("sys/class/hwmon")
	f.write("sys/class/thermal/thermal_zone0/type", "acpitz\n")
	f.write("sys/class/thermal/thermal_zone0/temp", "20000\n")
	f.write("sys/class/thermal/thermal_zone1/type", "x86_pkg_temp\n")
	f.write("sys/class/thermal/thermal_zone1/temp", "58000\n")
	require.Equal(t, "58 °C", text(s.Read(start.Add(20 * time.Second)))["temperature"])
}

// Whatever the files hold, a reading says why it lacks something, and nothing is read without a bound.
func TestOddFiles(t *testing.T) {
	f := newFixture(t, "radeon")
	f.write("sys/class/drm/card0/device/gpu_busy_percent", "")
	f.write("sys/class/drm/card0/device/mem_info_vram_used", "lots")
	f.write("sys/class/drm/card0/device/hwmon/hwmon2/temp1_input", "NaN")
	f.write("sys/class/drm/card0/device/hwmon/hwmon2/power1_average", string(bytes.Repeat([]byte("9"), 1<<20)))
	f.write("proc/4250/stat", "4250 (")
	f.write("sys/class/drm/card1/device/vendor", "0x10de")
	f.write("sys/class/drm/card2/device/vendor", "zzz")
	require.NoError(t, os.MkdirAll(filepath.Join(f.dir, "sys/class/drm/card3/device/vendor"), 0o755))
	s := f.open(gpu.Info{Type: gpu.Discrete, Name: "AMD Radeon RX 6800"})
	require.Len(t, s.device, 1)
	s.Read(start)
	got := text(s.Read(start.Add(time.Second)))
	require.Equal(t, "? /sys/class/drm/card0/device/gpu_busy_percent holds no number", got["others"], "without the whole there is no rest")
	require.Equal(t, "? /sys/class/drm/card0/device/mem_info_vram_used holds no number", got["memoryUsed"])
	require.Equal(t, "? the sensor tells no number", got["temperature"])
	require.True(t, strings.HasPrefix(got["power"], "? "))

	for q, m := range Open(Options{Adapter: gpu.Info{Type: gpu.Discrete, Name: "NVIDIA GeForce RTX 3060"}, Root: t.TempDir()}).Read(start) {
		require.False(t, m.Known, Quantity(q))
		require.NotEmpty(t, m.Why, Quantity(q))
	}
	// This machine's own, whatever it has.
	for _, name := range []string{"NVIDIA GeForce RTX 3060", "AMD Radeon", "Intel Arc", "something"} {
		s := Open(Options{Adapter: gpu.Info{Type: gpu.Discrete, Name: name}})
		for q, m := range s.Read(start) {
			require.NotEqual(t, m.Known, m.Why != "", Quantity(q))
		}
		require.NoError(t, s.Close())
	}
}

// With two devices that could be meant, the worse counts.
func TestWorstDevice(t *testing.T) {
	f := newFixture(t, "radeon")
	for file, v := range map[string]string{
		"vendor": "0x1002", "gpu_busy_percent": "3", "mem_info_vram_total": "4294967296", "mem_info_vram_used": "1073741824", "hwmon/hwmon9/temp1_input": "88000",
	} {
		f.write("sys/class/drm/card1/device/"+file, v+"\n")
	}
	got := text(f.open(gpu.Info{Type: gpu.Discrete, Name: "AMD Radeon"}).Read(start))
	require.Equal(t, "88 °C", got["temperature"])
	require.Equal(t, "97 %", got["busy"])
	require.Equal(t, "4.0 GiB", got["memoryTotal"], "it has the least free")
	require.Equal(t, "1.0 GiB", got["memoryUsed"])
	require.Equal(t, "187 W", got["power"], "only one tells it")
}
