package main

import (
	"bytes"
	"log/slog"
)

// recordLog runs work and returns what Helm logs meanwhile, in the format of its command
// (internal/logging of Helm); the standard library's log goes there too.
func recordLog(work func()) string {
	var text bytes.Buffer
	before := slog.Default()
	defer slog.SetDefault(before)
	slog.SetDefault(slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, attribute slog.Attr) slog.Attr {
			if attribute.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return attribute
		},
	})))
	work()
	return text.String()
}
