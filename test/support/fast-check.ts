import fc from 'fast-check';

// The same examples on every run, so that a change is what breaks a property; other ones on request.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_121) });
