package poc

import "testing"

// BenchmarkTask measures one honest replica's whole part in a task of three replicas: nine steps, records included.
func BenchmarkTask(b *testing.B) {
	received := func(rank int, m Message) Received { return Received{testWorker(rank).Peer, valid(b, m)} }
	events := []Event{
		Start{}, finished(1, "a"), received(0, commitOf(0, "a")), received(2, commitOf(2, "a")),
		received(0, sealOf(0, 0, "a", 0, 1, 2)), received(0, revealOf(0, "a")), received(2, revealOf(2, "a")),
		received(0, attestOf(0, "a")), received(2, attestOf(2, "a")),
	}
	size := 0
	for b.Loop() {
		task := newTask(b, testSetup(1, 6, testPolicy))
		for _, ev := range events {
			fx, err := task.Step(1, ev)
			if err != nil {
				b.Fatal(err)
			}
			if fx.Changed {
				size = len(task.Record())
			}
		}
		if task.Phase() != Done {
			b.Fatal(task.Explain())
		}
	}
	b.ReportMetric(float64(size), "record-bytes")
}
