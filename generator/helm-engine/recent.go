package main

import "slices"

// maxCharts bounds what is kept: a run works on few charts at once.
const maxCharts = 8

// recent keeps what was made of the charts that were used last, the latest first.
type recent[T any] struct {
	entries []entry[T]
	// Told of what is no longer kept; may be absent.
	forget func(T)
}

type entry[T any] struct {
	path, digest string
	value        T
}

// get returns what is kept of a chart, else makes it; what fails is not kept.
func (r *recent[T]) get(p params, make func(params) (T, error)) (T, error) {
	isAsked := func(e entry[T]) bool { return e.path == p.Path && e.digest == p.Digest }
	at := slices.IndexFunc(r.entries, isAsked)
	var found entry[T]
	if at >= 0 {
		found = r.entries[at]
		r.entries = slices.Delete(r.entries, at, at+1)
	} else {
		value, err := make(p)
		if err != nil {
			return value, err
		}
		found = entry[T]{p.Path, p.Digest, value}
	}
	r.entries = slices.Insert(r.entries, 0, found)
	if len(r.entries) > maxCharts {
		last := r.entries[maxCharts].value
		r.entries = r.entries[:maxCharts]
		if r.forget != nil {
			r.forget(last)
		}
	}
	return found.value, nil
}
