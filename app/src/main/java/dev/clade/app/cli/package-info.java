/// The command line.
@NullMarked
package dev.clade.app.cli;

import org.jspecify.annotations.NullMarked;
