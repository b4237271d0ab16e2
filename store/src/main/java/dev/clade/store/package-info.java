/// What a store of experiments promises: one append-only log each, leases with terms, checkpoints by digest.
@NullMarked
package dev.clade.store;

import org.jspecify.annotations.NullMarked;
