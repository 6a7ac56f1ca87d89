// Command helm-engine keeps Helm's own code ready for many renderings. It answers requests, one
// JSON object a line, from standard input on standard output, one at a time, until the input ends.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
)

const (
	mebibyte = 1 << 20
	// Values given with a request stand in its line.
	maxRequestSize = 64 * mebibyte
	// Deep enough for text/template's own bound of 100000 nested templates.
	maxStackSize = 256 * mebibyte
	// One to work, one to collect garbage: other engines run on the other cores.
	threads = 2
	// Most of a rendering is garbage soon; collecting it less often costs little memory.
	garbagePercent = 400
)

func main() {
	memory := flag.Int("memory", 1024, "MiB of memory above which the process ends itself")
	flag.Parse()
	runtime.GOMAXPROCS(threads)
	debug.SetMaxStack(maxStackSize)
	debug.SetGCPercent(garbagePercent)
	go watchMemory(uint64(*memory) * mebibyte)
	if err := serve(); err != nil {
		fail(err)
	}
}

// serve answers requests until it cannot.
func serve() error {
	if err := shareKubernetesTypes(); err != nil {
		return err
	}
	server := newServer()
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	requests := make(chan []byte)
	go read(requests)
	for request := range requests {
		if err := answers.Encode(server.answer(request)); err != nil {
			return err
		}
	}
	return nil
}

// read ends the process when the input ends, even in the midst of a request: whoever asked is
// gone, and a template may never end.
func read(requests chan<- []byte) {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, maxRequestSize)
	for lines.Scan() {
		requests <- bytes.Clone(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
	os.Exit(0)
}

// fail says in one line why the process ends.
func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
