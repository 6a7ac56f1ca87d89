package main

import (
	"fmt"
	"runtime/metrics"
	"time"
)

const watchInterval = 20 * time.Millisecond

// watchMemory ends the process when it holds more memory than the bound: a template that never
// stops growing must not take the machine with it.
func watchMemory(bound uint64) {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	for range time.Tick(watchInterval) {
		metrics.Read(samples)
		if held := samples[0].Value.Uint64() - samples[1].Value.Uint64(); held > bound {
			fail(fmt.Errorf("it needs more than %d MiB of memory", bound/mebibyte))
		}
	}
}
