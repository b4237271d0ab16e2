/// The safetensors file format, version 0.x as its specification stands in 2025
/// (<https://github.com/huggingface/safetensors#format>): named arrays of numbers and nothing that could run.
///
/// Read [dev.clade.zoo.safetensors.Safetensors] first: it writes and opens files of
/// [dev.clade.zoo.safetensors.Array]s.
@NullMarked
package dev.clade.zoo.safetensors;

import org.jspecify.annotations.NullMarked;
