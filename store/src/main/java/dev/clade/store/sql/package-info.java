/// Stores in an SQLite file: log, leases, measurements and what is known of checkpoints, in one place on one host.
@NullMarked
package dev.clade.store.sql;

import org.jspecify.annotations.NullMarked;
