//! Test support: a small production with simulated devices.
